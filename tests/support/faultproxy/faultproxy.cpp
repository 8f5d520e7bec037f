// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultproxy/faultproxy.h"

#include "support/faultproxy/proxyserver.h"

#include <QThread>

namespace headgate::fake {

class FaultProxy::Impl
{
public:
    Impl(QString host, quint16 port)
        : server(new ProxyServer(shared, std::move(host), port))
    {
        server->moveToThread(&thread);
        thread.setObjectName(QStringLiteral("faultproxy"));
        thread.start();
        inThread([this] { server->listen(); });
    }
    ~Impl()
    {
        inThread([this] { delete server; });
        thread.quit();
        thread.wait();
    }
    template <class Fn> void inThread(Fn fn) { QMetaObject::invokeMethod(server, fn, Qt::BlockingQueuedConnection); }
    template <class Fn> void edit(Fn fn)
    {
        QMutexLocker lock(&shared.mutex);
        fn(shared.faults);
    }

    ProxyShared shared;
    ProxyServer *server;
    QThread thread;
};

FaultProxy::FaultProxy(QString upstreamHost, quint16 upstreamPort)
    : m_impl(std::make_unique<Impl>(std::move(upstreamHost), upstreamPort))
{
}

FaultProxy::~FaultProxy() = default;

quint16 FaultProxy::port() const
{
    return m_impl->server->port();
}

QString FaultProxy::endpoint() const
{
    return QStringLiteral("127.0.0.1:%1").arg(port());
}

void FaultProxy::heal()
{
    m_impl->edit([](ProxyFaults &faults) { faults = {}; });
    setRefuse(false);
}

void FaultProxy::setLatency(milliseconds latency)
{
    m_impl->edit([latency](ProxyFaults &faults) { faults.latency = latency; });
}

void FaultProxy::setSlices(Direction direction, int bytes, milliseconds interval)
{
    m_impl->edit([=](ProxyFaults &faults) { faults.slices.at(size_t(direction)) = {bytes, interval}; });
}

void FaultProxy::setBlackHole(bool on)
{
    m_impl->edit([on](ProxyFaults &faults) { faults.blackHole = on; });
}

void FaultProxy::setGarbage(bool on)
{
    m_impl->edit([on](ProxyFaults &faults) { faults.garbage = on; });
}

void FaultProxy::setLimit(Direction direction, qint64 bytes)
{
    m_impl->edit([=](ProxyFaults &faults) { faults.limit.at(size_t(direction)) = bytes; });
}

void FaultProxy::setRewrite(std::function<QByteArray(Direction, QByteArray)> rewrite)
{
    m_impl->edit([&rewrite](ProxyFaults &faults) { faults.rewrite = std::move(rewrite); });
}

void FaultProxy::setRefuse(bool on)
{
    m_impl->inThread([this, on] { on ? m_impl->server->refuse() : m_impl->server->listen(); });
}

void FaultProxy::resetAll()
{
    m_impl->inThread([this] { m_impl->server->resetAll(); });
}

int FaultProxy::connections() const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.connections;
}

int FaultProxy::openConnections() const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.open;
}

qint64 FaultProxy::bytes(Direction direction) const
{
    QMutexLocker lock(&m_impl->shared.mutex);
    return m_impl->shared.bytes.at(size_t(direction));
}

} // namespace headgate::fake
