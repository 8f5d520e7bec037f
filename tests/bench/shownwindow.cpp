// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/shownwindow.h"

#include "clients/connect/restconnectclient.h"
#include "models/connectors/connectorsproxy.h"
#include "views/shell/windowpages.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

namespace headgate::bench {

namespace {

ContextConfig configOf(const std::vector<QStringList> &clusters)
{
    ContextConfig config;
    config.id = {QStringLiteral("bench")};
    config.name = QStringLiteral("bench");
    config.mode = Mode::Guarded;
    for (const auto &workers : clusters) {
        ConnectClusterConfig cluster;
        cluster.name = {QStringLiteral("cluster-%1").arg(config.connectClusters.size())};
        cluster.workers = workers;
        config.connectClusters.push_back(cluster);
    }
    return config;
}

Edges edgesWith(std::shared_ptr<Clock> clock)
{
    Edges edges;
    edges.clock = clock;
    edges.secrets = std::make_shared<FakeSecretStore>();
    edges.connect = [clock](const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestConnectClient(config, std::move(secrets), clock);
    };
    return edges;
}

} // namespace

ShownWindow::ShownWindow(const std::vector<QStringList> &clusters, Polls polls)
    : m_context(configOf(clusters))
    , m_steps(polls == Polls::WhenTold ? std::make_shared<StepClock>() : nullptr)
{
    const std::shared_ptr<Clock> clock = m_steps ? std::shared_ptr<Clock>(m_steps) : std::make_shared<SystemClock>();
    m_contexts = std::make_unique<ContextsService>(edgesWith(clock),
        ContextsService::Paths {.contexts = m_folder.filePath(QStringLiteral("contexts")),
            .cache = m_folder.filePath(QStringLiteral("cache")),
            .workspace = m_folder.path()});
    m_operations = std::make_unique<OperationsService>(*m_contexts,
        OperationsService::Settings {.directory = m_folder.filePath(QStringLiteral("log")), .settle = Milliseconds(0)});
    m_replay = std::make_unique<ReplayService>(*m_contexts, *m_operations, ReplayService::Settings {});
    m_ledger = std::make_unique<LedgerService>(*m_contexts, *m_operations);
    m_proofs = std::make_unique<FixProofService>(*m_contexts, *m_operations);
    m_letters = std::make_unique<DeadLetterService>(*m_contexts, *m_operations, DeadLetterService::Settings {});
    m_window = std::make_unique<MainWindow>(*m_contexts, *m_operations, m_prompts);
    addPages(*m_window, {*m_contexts, *m_operations, *m_replay, *m_ledger, *m_proofs, *m_letters});
    m_window->goTo({.page = PageId::Connectors});
    m_table = m_window->findChild<QTableView *>(QStringLiteral("connectors"));
    m_table->viewport()->installEventFilter(this);
    m_window->resize(1600, 900);
    m_window->show();
}

ShownWindow::~ShownWindow()
{
    m_window.reset();
    QCoro::waitFor(m_ledger->close());
    QCoro::waitFor(m_operations->close());
    QCoro::waitFor(m_replay->close());
    QCoro::waitFor(m_proofs->close());
    QCoro::waitFor(m_letters->close());
    QCoro::waitFor(m_contexts->close());
}

void ShownWindow::open()
{
    m_contexts->addTransient(m_context);
    m_contexts->setCurrent(m_context.id);
}

void ShownWindow::tick()
{
    // One waits for each cluster, and the session for itself: then the poll before has ended.
    const auto allWait = [this] {
        return m_steps->waiting() > m_context.connectClusters.size();
    };
    (void)QTest::qWaitFor(allWait, 30'000);
    m_steps->step();
}

ConnectorRef ShownWindow::ref(const QString &connector) const
{
    return {m_context.id, m_context.connectClusters.front().name, connector};
}

int ShownWindow::rowCount() const
{
    return m_table->model()->rowCount();
}

const ConnectorFacts *ShownWindow::find(const QString &connector) const
{
    const auto *proxy = qobject_cast<const ConnectorsProxy *>(m_table->model());
    return proxy->factsAt(proxy->indexOf(ref(connector)));
}

bool ShownWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        // Posted: it comes when this paint has ended.
        QMetaObject::invokeMethod(this, &ShownWindow::painted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

double ShownWindow::untilPainted(const std::function<bool()> &reached, Milliseconds limit)
{
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    double took = -1;
    connect(this, &ShownWindow::painted, &loop, [&] {
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
