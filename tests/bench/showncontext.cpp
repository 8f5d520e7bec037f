// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/showncontext.h"

#include "clients/connect/restconnectclient.h"
#include "views/common/rowdelegate.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QTimer>

namespace headgate::bench {

namespace {

ContextConfig configOf(const std::vector<QStringList> &clusters)
{
    ContextConfig config;
    config.id = {QStringLiteral("bench")};
    config.name = QStringLiteral("bench");
    for (const auto &workers : clusters) {
        ConnectClusterConfig cluster;
        cluster.name = {QStringLiteral("cluster-%1").arg(config.connectClusters.size())};
        cluster.workers = workers;
        config.connectClusters.push_back(cluster);
    }
    return config;
}

} // namespace

ShownContext::ShownContext(const std::vector<QStringList> &clusters)
    : m_proxy(&m_model)
{
    Edges edges;
    edges.clock = m_clock;
    edges.secrets = m_secrets;
    edges.connect = [clock = m_clock](const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestConnectClient(config, std::move(secrets), clock);
    };
    ContextSession::Settings settings;
    settings.tick = std::chrono::hours(1); // only when told
    settings.infoEvery = settings.healthEvery = std::chrono::hours(1);
    m_session = std::make_unique<ContextSession>(configOf(clusters), edges, settings);
    connect(m_session.get(), &ContextSession::snapshotChanged, this, &ShownContext::show);
    m_table.setModel(&m_proxy);
    setUpTable(&m_table, QStringLiteral("Connectors"));
    m_table.setSortingEnabled(true);
    m_table.sortByColumn(int(ConnectorColumn::State), Qt::AscendingOrder);
    m_table.resize(1600, 900);
    m_table.viewport()->installEventFilter(this);
    m_table.show();
}

ShownContext::~ShownContext()
{
    QCoro::waitFor(m_session->close());
}

void ShownContext::show()
{
    ContextPicture picture;
    picture.context = m_session->context();
    picture.snapshot = m_session->snapshot();
    picture.now = m_clock->now();
    picture.monotonicNow = m_clock->monotonic();
    m_model.show(picture);
}

const ConnectorFacts *ShownContext::find(const QString &connector) const
{
    for (const auto &row : m_model.rows()) {
        if (row.facts->ref.name == connector) {
            return row.facts.get();
        }
    }
    return nullptr;
}

bool ShownContext::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        // Posted: it comes when this paint has ended.
        QMetaObject::invokeMethod(this, &ShownContext::painted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

double ShownContext::untilPainted(const std::function<bool()> &reached, Milliseconds limit)
{
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    double took = -1;
    connect(this, &ShownContext::painted, &loop, [&] {
        if (reached()) {
            took = double(clock.nsecsElapsed()) / 1e6;
            loop.quit();
        }
    });
    QTimer::singleShot(limit, &loop, &QEventLoop::quit);
    loop.exec();
    return took;
}

} // namespace headgate::bench
