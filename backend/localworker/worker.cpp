// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/worker.h"

#include "common/log.h"
#include "common/processid.h"
#include "localworker/http/httpserver.h"
#include "localworker/kafka/mockbrokers.h"
#include "localworker/playground/cast.h"
#include "localworker/playground/slowtarget.h"
#include "localworker/rest/accessguard.h"
#include "localworker/rest/connectapi.h"
#include "localworker/runtime/groupsinkoffsets.h"
#include "localworker/storage/filestatelog.h"
#include "localworker/storage/kafkastatelog.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTimer>

namespace headgate {

using namespace localworker;

//! Everything that lives as long as the worker; destroyed from the bottom up.
struct LocalWorker::Parts
{
    SystemClock clock;
    std::unique_ptr<QTemporaryDir> temporary;
    QString directory;
    QByteArray password;
    Brokers brokers;
    std::string clusterId = "headgate-mock";
    std::map<StateTopic, StateMap> state; //!< as it was found, until the connectors are taken up
    std::unique_ptr<RecordProducer> producer;
    std::unique_ptr<StateLog> log;
    std::unique_ptr<SinkOffsets> sinkOffsets;
    std::unique_ptr<Herder> herder;
    std::unique_ptr<ConnectApi> api;
    std::unique_ptr<AccessGuard> guard;
    std::unique_ptr<HttpServer> server;
    std::unique_ptr<SlowTarget> clickTarget; //!< of the playground
    QElapsedTimer sinceRequest;
    QTimer idle;
};

namespace {

//! 22 characters of 62: 130 bits.
QByteArray randomPassword()
{
    constexpr QByteArrayView letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    QByteArray text;
    for (int i = 0; i < 22; ++i) {
        text += letters[static_cast<qsizetype>(QRandomGenerator::system()->bounded(quint32(letters.size())))];
    }
    return text;
}

constexpr auto temporaryName = "headgate-worker-";

/*! Removes what killed workers left behind. Each notes in its folder which process it is; a folder without the note is
 * young or not ours. */
void sweepTemporary()
{
    for (const auto &folder :
        QDir(QDir::tempPath()).entryInfoList({QLatin1String(temporaryName) + QLatin1Char('*')}, QDir::Dirs)) {
        QFile note(folder.filePath() + QStringLiteral("/process"));
        if (note.open(QIODevice::ReadOnly)) {
            const auto parts = note.readAll().split(' ');
            if (parts.size() == 2 && processStart(parts[0].toLongLong()) != parts[1].toLongLong()) {
                QDir(folder.filePath()).removeRecursively();
            }
        }
    }
}

void noteProcess(const QString &directory)
{
    const auto pid = QCoreApplication::applicationPid();
    QFile note(directory + QStringLiteral("/process"));
    if (note.open(QIODevice::WriteOnly)) {
        note.write(QByteArray::number(pid) + ' ' + QByteArray::number(processStart(pid)));
    }
}

Error failed(ErrorKind kind, QString message)
{
    return {.kind = kind, .message = std::move(message)};
}

} // namespace

LocalWorker::LocalWorker(WorkerOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_parts(std::make_unique<Parts>())
{
}

LocalWorker::~LocalWorker() = default;

Task<WorkerAddress> LocalWorker::start()
{
    if (auto good = judgeOptions(); !good) {
        co_return tl::unexpected(good.error());
    }
    for (const auto step : {&LocalWorker::prepareDirectory, &LocalWorker::openBrokers}) {
        if (auto good = (this->*step)(); !good) {
            co_return tl::unexpected(good.error());
        }
    }
    if (auto good = co_await openState(); !good) {
        co_return tl::unexpected(good.error());
    }
    if (auto good = listen(); !good) {
        co_return tl::unexpected(good.error());
    }
    WorkerAddress address {.connectUrls = {},
        .user = m_options.user,
        .password = m_parts->password,
        .bootstrap = QString::fromStdString(m_parts->brokers.bootstrap),
        .dataDirectory = m_parts->directory,
        .logDirectory = QDir(m_parts->directory).filePath(QStringLiteral("logs")),
        .ownershipFile = {}};
    for (const auto port : m_parts->server->ports()) {
        address.connectUrls += QStringLiteral("http://%1:%2").arg(m_options.address).arg(port);
    }
    if (m_options.playground) {
        const auto played = co_await play();
        if (!played) {
            co_return tl::unexpected(played.error());
        }
        address.ownershipFile = *played;
    }
    watchIdle();
    co_return address;
}

Task<QString> LocalWorker::play()
{
    constexpr Milliseconds clickDelay {500};
    auto &parts = *m_parts;
    parts.clickTarget = std::make_unique<SlowTarget>(parts.clock, clickDelay);
    const auto target = parts.clickTarget->listen();
    if (!target) {
        co_return tl::unexpected(target.error());
    }
    co_return co_await playCast({.herder = parts.herder.get(),
        .producer = parts.producer.get(),
        .directory = parts.directory,
        .clock = &parts.clock,
        .clickTarget = *target});
}

Result<void> LocalWorker::judgeOptions() const
{
    const QHostAddress address(m_options.address);
    if (address.isNull() || (!address.isLoopback() && !m_options.unsafeBind)) {
        return failure(failed(ErrorKind::InvalidInput,
            QStringLiteral(
                "The local worker listens on loopback only; %1 is not. Others could run connectors on this machine: "
                "--unsafe-bind says that you want that.")
                .arg(m_options.address)));
    }
    return {};
}

Result<void> LocalWorker::prepareDirectory()
{
    m_parts->directory = m_options.dataDirectory;
    if (m_parts->directory.isEmpty()) {
        sweepTemporary();
        m_parts->temporary = std::make_unique<QTemporaryDir>(
            QDir::tempPath() + QLatin1Char('/') + QLatin1String(temporaryName) + QStringLiteral("XXXXXX"));
        m_parts->directory = m_parts->temporary->path();
        noteProcess(m_parts->directory);
    }
    if (!QDir().mkpath(QDir(m_parts->directory).filePath(QStringLiteral("logs")))) {
        return failure(
            failed(ErrorKind::StorageFailed, QStringLiteral("Cannot make the directory %1").arg(m_parts->directory)));
    }
    return {};
}

Result<void> LocalWorker::openBrokers()
{
    auto &brokers = m_parts->brokers;
    if (!m_options.bootstrap.isEmpty()) {
        brokers.bootstrap = m_options.bootstrap.toStdString();
        if (auto read = readBrokerProperties(); !read) {
            return read;
        }
    }
    brokers.mock = brokers.bootstrap.empty();
    auto properties = brokers.client("headgate-worker");
    properties.insert(properties.end(),
        {{"acks", "all"}, {"linger.ms", "5"}, {"partitioner", "murmur2_random"}, {"message.timeout.ms", "30000"}});
    auto client = brokers.mock ? MockBrokers::start(3) : makeClient(ClientRole::Producer, properties);
    if (!client) {
        return failure(failed(ErrorKind::InvalidInput, QString::fromStdString(client.error().message)));
    }
    if (brokers.mock) {
        brokers.bootstrap = MockBrokers::bootstrap(client->get());
    }
    m_parts->producer = std::make_unique<RecordProducer>(std::move(*client));
    return {};
}

Result<void> LocalWorker::readBrokerProperties()
{
    if (m_options.brokerProperties.isEmpty()) {
        return {};
    }
    QFile file(m_options.brokerProperties);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(failed(
            ErrorKind::StorageFailed, QStringLiteral("Cannot read %1: %2").arg(file.fileName(), file.errorString())));
    }
    for (const auto &line : file.readAll().split('\n')) {
        const auto equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith('#')) {
            m_parts->brokers.security.emplace_back(
                line.left(equals).trimmed().toStdString(), line.mid(equals + 1).trimmed().toStdString());
        }
    }
    return {};
}

QCoro::Task<Result<void>> LocalWorker::openState()
{
    auto &parts = *m_parts;
    if (parts.brokers.mock) {
        parts.log = std::make_unique<FileStateLog>(QDir(parts.directory).filePath(QStringLiteral("state.jsonl")));
    } else {
        parts.log = std::make_unique<KafkaStateLog>(parts.brokers, m_options.groupId.toStdString(), *parts.producer);
    }
    const auto state = co_await parts.log->load();
    if (!state) {
        co_return tl::unexpected(state.error());
    }
    if (parts.brokers.mock) {
        auto local = std::make_unique<LocalSinkOffsets>(*parts.log, parts.producer->client());
        if (const auto kept = state->find(StateTopic::SinkPositions); kept != state->end()) {
            local->restore(kept->second);
        }
        parts.sinkOffsets = std::move(local);
    } else {
        parts.sinkOffsets = std::make_unique<GroupSinkOffsets>(parts.producer->client());
        parts.clusterId = co_await clusterId(parts.producer->client());
    }
    parts.herder = std::make_unique<Herder>(Herder::Parts {.environment
        = {.clock = &parts.clock, .dataDirectory = parts.directory, .allowedHosts = m_options.allowedHosts},
        .brokers = parts.brokers,
        .producer = parts.producer.get(),
        .log = parts.log.get(),
        .sinkOffsets = parts.sinkOffsets.get()});
    parts.state = *state;
    co_return Result<void>();
}

Result<void> LocalWorker::listen()
{
    auto &parts = *m_parts;
    parts.password = m_options.password.isEmpty() ? randomPassword() : m_options.password;
    parts.guard = std::make_unique<AccessGuard>(m_options.user.toUtf8(), parts.password);
    if (m_options.unsafeBind) {
        parts.guard->allowHost(m_options.address.toLatin1());
    }
    parts.api = std::make_unique<ConnectApi>(*parts.herder, parts.clusterId);
    parts.server = std::make_unique<HttpServer>(
        [guard = parts.guard.get()](const HttpRequest &head) { return guard->judge(head); },
        [this](HttpRequest request) {
            m_parts->sinceRequest.start();
            return m_parts->api->handle(std::move(request));
        });
    std::vector<std::string> ids;
    for (const auto port : m_options.ports) {
        const auto taken = parts.server->listen(QHostAddress(m_options.address), port);
        if (!taken) {
            return tl::unexpected(taken.error());
        }
        ids.push_back(m_options.address.toStdString() + ':' + std::to_string(*taken));
    }
    parts.herder->setWorkerIds(std::move(ids));
    parts.herder->restore(std::exchange(parts.state, {}));
    return {};
}

void LocalWorker::watchIdle()
{
    if (m_options.idleMinutes <= 0) {
        return;
    }
    m_parts->sinceRequest.start();
    connect(&m_parts->idle, &QTimer::timeout, this, [this] {
        if (m_parts->sinceRequest.hasExpired(qint64(m_options.idleMinutes) * 60'000)) {
            Q_EMIT idleTooLong();
        }
    });
    m_parts->idle.start(10'000);
}

QCoro::Task<> LocalWorker::close()
{
    auto &parts = *m_parts;
    parts.idle.stop();
    if (parts.server) {
        parts.server->close(); // no new work
    }
    if (parts.herder) {
        co_await parts.herder->close();
    }
    if (parts.clickTarget) {
        parts.clickTarget->close();
    }
    if (parts.log) {
        co_await parts.log->close();
    }
    if (parts.producer) {
        co_await parts.producer->close();
    }
    parts.temporary.reset();
}

} // namespace headgate
