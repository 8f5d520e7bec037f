// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeconnect/fakeconnect.h"

#include "support/fakeconnect/fakeserver.h"

#include <QThread>

namespace headgate::fake {

class FakeConnect::Impl
{
public:
    explicit Impl(FakeOptions options)
    {
        shared.phases.assign(size_t(options.workers), FakePhase::Ready);
        shared.options = std::move(options);
        shared.clock.start();
        server = new FakeServer(shared);
        server->moveToThread(&thread);
        thread.setObjectName(QStringLiteral("fakeconnect"));
        thread.start();
        for (int worker = 0; worker < shared.options.workers; ++worker) {
            inThread([this, worker] { server->start(worker); });
        }
    }
    ~Impl()
    {
        inThread([this] { delete server; });
        thread.quit();
        thread.wait();
    }
    template <class Fn> void inThread(Fn fn) { QMetaObject::invokeMethod(server, fn, Qt::BlockingQueuedConnection); }

    FakeShared shared;
    FakeServer *server = nullptr;
    QThread thread;
};

FakeConnect::FakeConnect(FakeOptions options)
    : m_impl(std::make_unique<Impl>(std::move(options)))
{
}

FakeConnect::~FakeConnect() = default;

quint16 FakeConnect::port(int worker) const
{
    return m_impl->server->port(worker);
}

QString FakeConnect::url(int worker) const
{
    const auto scheme
        = m_impl->shared.options.certificateFile.isEmpty() ? QStringLiteral("http") : QStringLiteral("https");
    return QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(port(worker));
}

QStringList FakeConnect::urls() const
{
    QStringList all;
    for (int worker = 0; worker < m_impl->shared.options.workers; ++worker) {
        all << url(worker);
    }
    return all;
}

void FakeConnect::add(FakeConnector connector)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.cluster.put(std::move(connector));
}

void FakeConnect::addMany(int count, int tasks, const QString &prefix)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    for (int i = 0; i < count; ++i) {
        FakeConnector connector;
        connector.name = QStringLiteral("%1-%2").arg(prefix).arg(i, 5, 10, QLatin1Char('0'));
        connector.type = i % 2 == 0 ? QStringLiteral("source") : QStringLiteral("sink");
        connector.config = {{QStringLiteral("name"), connector.name},
            {QStringLiteral("connector.class"),
                QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector")},
            {QStringLiteral("tasks.max"), QString::number(tasks)},
            {QStringLiteral("topic"), QStringLiteral("topic-%1").arg(i)}};
        connector.tasks.assign(size_t(tasks), FakeTask {});
        connector.topics = {QStringLiteral("topic-%1").arg(i)};
        m_impl->shared.cluster.put(std::move(connector));
    }
}

void FakeConnect::change(const QString &name, std::function<void(FakeConnector &)> edit)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.cluster.change(name, edit);
}

void FakeConnect::failTask(const QString &name, int task, const QString &trace)
{
    change(name, [&](FakeConnector &connector) {
        connector.tasks.at(size_t(task)).state = QStringLiteral("FAILED");
        connector.tasks.at(size_t(task)).trace = trace;
    });
}

void FakeConnect::remove(const QString &name)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.cluster.remove(name);
}

FakeConnector FakeConnect::connector(const QString &name) const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.cluster.get(name, m_impl->shared.now());
}

void FakeConnect::setUp(std::function<void(FakeCluster &)> edit)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    edit(m_impl->shared.cluster);
}

void FakeConnect::script(FakeRule rule)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.rules.push_back(std::move(rule));
}

void FakeConnect::clearScripts()
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.rules.clear();
}

void FakeConnect::setLatency(milliseconds latency)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.options.latency = latency;
}

void FakeConnect::setPhase(int worker, FakePhase phase)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.phases.at(size_t(worker)) = phase;
}

void FakeConnect::setHealthDelay(milliseconds delay)
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.healthDelay = delay;
}

void FakeConnect::kill(int worker)
{
    m_impl->inThread([this, worker] { m_impl->server->kill(worker); });
}

void FakeConnect::start(int worker)
{
    m_impl->inThread([this, worker] { m_impl->server->start(worker); });
}

std::vector<FakeRequest> FakeConnect::requests() const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.log;
}

int FakeConnect::count(const QByteArray &method, const QByteArray &pathPrefix) const
{
    const auto all = requests();
    return int(std::count_if(all.begin(), all.end(), [&](const FakeRequest &request) {
        return (method.isEmpty() || request.method == method) && request.path.startsWith(pathPrefix);
    }));
}

qint64 FakeConnect::bytesSent() const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.bytesSent;
}

int FakeConnect::connections() const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.connections;
}

void FakeConnect::clearLog()
{
    QMutexLocker lock(&m_impl->shared.mutex);
    m_impl->shared.log.clear();
    m_impl->shared.bytesSent = 0;
}

} // namespace headgate::fake
