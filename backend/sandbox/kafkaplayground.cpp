// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/kafkaplayground.h"

#include "clients/connect/restconnectclient.h"
#include "domain/connectors/connectrequests.h"
#include "sandbox/freeport.h"
#include "sandbox/kafkacast.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#include <array>
#include <functional>

namespace headgate {

namespace {

const auto userName = QStringLiteral("headgate");
const auto groupId = QStringLiteral("connect-sandbox");

//! 16 random bytes: a Kafka cluster id in this form, and good as a password.
QByteArray randomWord()
{
    std::array<quint32, 4> bits {};
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<void> appendTo(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::Append) || file.write(bytes) != bytes.size()) {
        return failure({.kind = ErrorKind::StorageFailed,
            .message = QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString())});
    }
    return {};
}

//! The login of this run, for the client that plays the cast.
class OneSecret final : public SecretStore
{
public:
    explicit OneSecret(QByteArray secret)
        : m_secret(std::move(secret))
    {
    }
    Task<QByteArray> lookup(SecretRef, CallOptions) override { co_return Result<QByteArray>(m_secret); }
    Task<void> store(SecretRef, QString, QByteArray, CallOptions) override { co_return failure(readOnly()); }
    Task<void> remove(SecretRef, CallOptions) override { co_return failure(readOnly()); }
    bool isPersistent() const override { return false; }

private:
    static Error readOnly() { return {.kind = ErrorKind::NotSupported, .message = QStringLiteral("Read only")}; }

    const QByteArray m_secret;
};

//! Started side by side; all are awaited, so that none runs on with what it was given; the first error counts.
Task<void> all(std::vector<Task<void>> tasks)
{
    Result<void> outcome;
    for (auto &task : tasks) {
        if (auto done = co_await task; !done && outcome) {
            outcome = done;
        }
    }
    co_return outcome;
}

Task<void> sendOnce(ConnectClient *client, RestRequest request, CallOptions options)
{
    auto answer = co_await client->send(std::move(request), options);
    if (!answer) {
        co_return tl::unexpected(answer.error());
    }
    co_return {};
}

//! Asks every 200 ms until `isSo`; the deadline is of the whole.
Task<void> awaitThat(std::function<Task<bool>()> isSo, QString otherwise, CallOptions options)
{
    SystemClock clock;
    for (const auto until = clock.monotonic() + options.deadline; clock.monotonic() < until;) {
        if ((co_await isSo()).value_or(false)) {
            co_return {};
        }
        if (auto slept = co_await clock.sleepFor(std::chrono::milliseconds(200), options.stop); !slept) {
            co_return slept;
        }
    }
    co_return failure({.kind = ErrorKind::DeadlineExceeded, .message = otherwise});
}

Task<bool> hasTasks(ConnectClient *client, QString name, CallOptions options)
{
    const auto status = co_await client->fetchStatus(name, options);
    co_return status && !status->tasks.empty();
}

Task<bool> hasCommitted(ConnectClient *client, QString sink, CallOptions options)
{
    const auto offsets = co_await client->fetchOffsets(sink, options);
    co_return offsets && !offsets->empty();
}

//! Paused or stopped only with its tasks: one that never had any would read PAUSED with none.
Task<void> settle(ConnectClient *client, CastConnector member, CallOptions options)
{
    if (member.target == CastTarget::Running) {
        co_return {};
    }
    auto up = co_await awaitThat(std::bind_front(hasTasks, client, member.name, options),
        QStringLiteral("%1 has no tasks").arg(member.name), options);
    if (!up) {
        co_return up;
    }
    const bool pause = member.target == CastTarget::Paused;
    co_return co_await sendOnce(client, pause ? pauseRequest(member.name) : stopRequest(member.name), options);
}

} // namespace

KafkaPlayground::KafkaPlayground(Settings settings)
    : m_settings(std::move(settings))
    , m_password(randomWord())
{
}

KafkaPlayground::~KafkaPlayground() = default;

Task<Playground> KafkaPlayground::start(CallOptions options)
{
    auto done = co_await startBrokers(options);
    if (done) {
        done = co_await startWorkers(options);
    }
    if (done) {
        done = co_await playCast(options);
    }
    if (!done) {
        end();
        co_return tl::unexpected(done.error());
    }
    const QString ownership = m_settings.directory + QStringLiteral("/ownership.yaml");
    if (auto written = appendTo(ownership, castOwnership()); !written) {
        co_return tl::unexpected(written.error());
    }
    co_return Playground {.context = context(),
        .connectPassword = m_password,
        .logDirectory = m_settings.directory,
        .ownershipFile = ownership,
        .pid = QCoreApplication::applicationPid()};
}

Task<void> KafkaPlayground::startBrokers(CallOptions options)
{
    const auto clusterId = QString::fromLatin1(randomWord());
    std::vector<BrokerPorts> ports;
    std::vector<std::pair<int, quint16>> controllers;
    for (int id = 1; id <= m_settings.brokers; ++id) {
        auto found = freeBrokerPorts(false);
        if (!found) {
            co_return tl::unexpected(found.error());
        }
        ports.push_back(*found);
        controllers.emplace_back(id, found->controller);
    }
    std::vector<Task<void>> starts;
    for (int id = 1; id <= m_settings.brokers; ++id) {
        const auto index = static_cast<size_t>(id) - 1;
        m_brokers.push_back(std::make_unique<KafkaBroker>(m_settings.distribution,
            BrokerOptions {.id = id,
                .directory = QStringLiteral("%1/broker-%2").arg(m_settings.directory).arg(id),
                .clusterId = clusterId,
                .rack = QStringLiteral("eu-%1").arg(QLatin1Char(static_cast<char>('a' + index % 3))),
                .ports = ports[index],
                .controllers = controllers}));
        starts.push_back(m_brokers.back()->start(options));
    }
    co_return co_await all(std::move(starts));
}

Task<void> KafkaPlayground::startWorkers(CallOptions options)
{
    QStringList bootstrap;
    for (const auto &broker : m_brokers) {
        bootstrap += broker->internalBootstrap();
    }
    std::vector<Task<void>> starts;
    for (int number = 1; number <= m_settings.workers; ++number) {
        const auto port = freeLoopbackPort();
        if (!port) {
            co_return tl::unexpected(port.error());
        }
        m_workers.push_back(std::make_unique<ConnectWorker>(m_settings.distribution,
            ConnectWorkerOptions {.name = QStringLiteral("connect-%1").arg(number),
                .directory = m_settings.directory + QStringLiteral("/connect"),
                .bootstrap = bootstrap.join(QLatin1Char(',')),
                .groupId = groupId,
                .port = *port,
                .user = userName,
                .password = m_password}));
        starts.push_back(m_workers.back()->start(options));
    }
    co_return co_await all(std::move(starts));
}

Task<void> KafkaPlayground::playCast(CallOptions options)
{
    const QString data = m_settings.directory + QStringLiteral("/data");
    if (auto written = appendTo(invoicesFile(data), goodInvoices()); !written) {
        co_return written;
    }
    const auto client = makeRestConnectClient(
        context().connectClusters.front(), std::make_shared<OneSecret>(m_password), std::make_shared<SystemClock>());
    const auto cast = kafkaCast(data, qMin(3, m_settings.brokers));
    Result<void> outcome;
    for (size_t i = 0; outcome && i < cast.size(); ++i) {
        outcome = co_await sendOnce(client.get(), createRequest(cast[i].name, cast[i].config), options);
    }
    for (size_t i = 0; outcome && i < cast.size(); ++i) {
        outcome = co_await settle(client.get(), cast[i], options);
    }
    if (outcome) { // the bad record comes behind a position, not in the sink's very first batch
        const auto sink = QStringLiteral("invoices-jdbc-sink");
        outcome = co_await awaitThat(std::bind_front(hasCommitted, client.get(), sink, options),
            QStringLiteral("%1 commits nothing").arg(sink), options);
    }
    co_await client->close();
    co_return outcome ? appendTo(invoicesFile(data), badInvoice()) : outcome;
}

ContextConfig KafkaPlayground::context() const
{
    ConnectClusterConfig cluster;
    cluster.name = {groupId};
    for (const auto &worker : m_workers) {
        cluster.workers += worker->url();
    }
    cluster.auth = RestAuth::Basic;
    cluster.user = userName;
    cluster.secret = {QStringLiteral("headgate/sandbox/connect-password")};
    cluster.groupId = groupId;
    cluster.configTopic = groupId + QStringLiteral("-configs");
    cluster.offsetTopic = groupId + QStringLiteral("-offsets");
    cluster.statusTopic = groupId + QStringLiteral("-status");

    ContextConfig context;
    context.id = {QStringLiteral("sandbox")};
    context.name = QStringLiteral("sandbox");
    context.mode = Mode::Guarded;
    context.sandbox = true;
    context.connectClusters = {cluster};
    QStringList bootstrap;
    for (const auto &broker : m_brokers) {
        bootstrap += broker->bootstrap();
    }
    context.kafka.bootstrap = bootstrap.join(QLatin1Char(','));
    return context;
}

void KafkaPlayground::end()
{
    m_workers.clear();
    m_brokers.clear();
}

} // namespace headgate
