// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/realedges.h"
#include "sandbox/processplaygroundlauncher.h"
#include "services/session/contextsession.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

const CallOptions patient {.deadline = std::chrono::seconds(30), .stop = {}};

const ConnectorFacts *rowOf(const PlatformSnapshot &snapshot, const char *name)
{
    const auto found = std::ranges::find_if(
        snapshot.connectors, [&](const ConnectorFacts &facts) { return facts.ref.name == QLatin1String(name); });
    return found == snapshot.connectors.end() ? nullptr : &*found;
}

bool isSinkWithTasks(const ConnectorFacts &facts)
{
    return facts.status.type == ConnectorType::Sink && facts.standing != Standing::Stopped;
}

} // namespace

//! What a session over the real embedded sandbox tells, as soon as it can know it.
class SandboxStoryTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ProcessPlaygroundLauncher> m_launcher;
    Playground m_playground;
    RealEdges m_real;
    std::unique_ptr<ContextSession> m_session;

private Q_SLOTS:
    void init()
    {
        m_launcher = std::make_unique<ProcessPlaygroundLauncher>(
            QStringLiteral(WORKER_PROGRAM), m_folder.filePath(QStringLiteral("run/sandbox.json")));
        const auto made = QCoro::waitFor(m_launcher->launch({}, patient));
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().message + made.error().detail));
        m_playground = *made;
        m_real = makeRealEdges();
        for (const auto &cluster : m_playground.context.connectClusters) {
            m_real.secrets->keep(cluster.secret, m_playground.connectPassword);
        }
        m_session = std::make_unique<ContextSession>(m_playground.context, m_real.edges, ContextSession::Settings {});
        m_session->start();
    }
    void cleanup()
    {
        if (m_session) {
            QCoro::waitFor(m_session->close());
            m_session.reset();
        }
        QVERIFY(QCoro::waitFor(m_launcher->end(m_playground)));
    }

    // Rows: L22
    void theSlowSinkIsSeenToLagWithItsSecondSample()
    {
        const auto lags = [this] {
            return std::ranges::any_of(
                m_session->problems(), [](const Problem &problem) { return problem.kind == ProblemKind::LagGrows; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(lags(), 60'000);
        const auto snapshot = m_session->snapshot();
        const auto *slow = rowOf(*snapshot, "clickstream-http-sink");
        QVERIFY(slow);
        QCOMPARE(slow->lagHistory.size(), size_t(2)); // no later than it can be known
        QCOMPARE(slow->standing, Standing::Lagging);
        QCOMPARE(slow->groupLag.partitions.size(), size_t(3));
        QVERIFY(!slow->groupLag.partial);
        QVERIFY(slow->lagSeconds.value.value_or(0) > 600); // the backlog was written before we came
        QVERIFY(slow->info && findConfig(slow->info->config, QStringLiteral("connector.class")));
        QCOMPARE(*findConfig(slow->info->config, QStringLiteral("connector.class")),
            QStringLiteral("dev.headgate.connect.HttpSink"));
        for (const auto &facts : snapshot->connectors) {
            const bool known = !isSinkWithTasks(facts) || facts.lagRecords.value.has_value();
            QVERIFY2(known, qPrintable(facts.ref.name + QLatin1String(": ") + facts.lagRecords.reason));
        }
        const auto *paused = rowOf(*snapshot, "loyalty-redis-sink");
        QVERIFY(paused);
        QCOMPARE(paused->standing, Standing::Paused);
        QCOMPARE(paused->lagRecords.value, std::optional<std::int64_t>(160)); // what came since it was paused
    }

    // Rows: N16
    void theBadRecordIsFoundForTheCardOnScreen()
    {
        const auto failure = [this]() -> const Problem * {
            const auto &problems = m_session->problems();
            const auto found = std::ranges::find(problems, ProblemKind::TasksFailed, &Problem::kind);
            return found == problems.end() ? nullptr : &*found;
        };
        QTRY_VERIFY_WITH_TIMEOUT(failure(), 60'000);
        m_session->setInterest({.visible = true, .onScreen = {failure()->connector}});
        QTRY_VERIFY_WITH_TIMEOUT(failure() && failure()->record, 60'000);
        const auto record = *failure()->record;
        QCOMPARE(record.tp, (TopicPartition {QStringLiteral("invoices"), 1}));
        QCOMPARE(record.offset, 41);
        QCOMPARE(record.evidence, RecordEvidence::FoundByReading);
        QCOMPARE(record.valueText, QStringLiteral("{invoice: 4224, amount: 129,90}"));
    }

    void everyRunningConnectorHasItsRateThen()
    {
        const auto haveRates = [this] {
            const auto snapshot = m_session->snapshot();
            return snapshot->connectors.size() == 10
                && std::ranges::all_of(snapshot->connectors, [](const ConnectorFacts &facts) {
                       const bool runs = facts.standing == Standing::Running || facts.standing == Standing::Lagging;
                       return !runs || facts.recordsPerSecond.value;
                   });
        };
        QTRY_VERIFY_WITH_TIMEOUT(haveRates(), 60'000);
        const auto snapshot = m_session->snapshot();
        QVERIFY(rowOf(*snapshot, "clickstream-web-source")->recordsPerSecond.value.value_or(0) > 0);
        QVERIFY(rowOf(*snapshot, "orders-cdc-source")->rateHistory.size() <= 2);
    }
};

QTEST_GUILESS_MAIN(SandboxStoryTest)
#include "tst_sandboxstory.moc"
