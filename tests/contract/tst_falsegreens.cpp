// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/restconnectclient.h"
#include "contract/subject.h"
#include "domain/operations/operation.h"
#include "services/session/contextsession.h"
#include "support/fakes/fakesecretstore.h"
#include "support/realkafka/realkafka.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QtTest>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

#define QVERIFY_OK(result)                                                                                             \
    do {                                                                                                               \
        const auto &checked = (result);                                                                                \
        QVERIFY2(checked.has_value(), why(checked).constData());                                                       \
    } while (false)

namespace {

const auto fileSource = QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector");
const auto rateSource = QStringLiteral("headgate.sandbox.RateSourceConnector");
const auto scriptedSink = QStringLiteral("headgate.sandbox.ScriptedSinkConnector");
const auto asText = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
const auto asJson = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");

ConfigMap rateConfig(const QString &topic, int tasks)
{
    return {{QStringLiteral("connector.class"), rateSource}, {QStringLiteral("tasks.max"), QString::number(tasks)},
        {QStringLiteral("topic"), topic}, {QStringLiteral("rate"), QStringLiteral("5")},
        {QStringLiteral("key.converter"), asText}, {QStringLiteral("value.converter"), asText}};
}

bool allRun(const ConnectorStatus &status)
{
    return status.connector.run == RunState::Running && !status.tasks.empty()
        && std::ranges::all_of(
            status.tasks, [](const TaskStatus &task) { return task.state.run == RunState::Running; });
}

} // namespace

/*! What Connect says that is not so, on two real workers and a real broker: each false green is made, seen on the wire,
 * and judged by the code that stands behind the window. Disturbing cases come last; what needs a broker that is down
 * shares one outage. */
class TestFalseGreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void aFailingTaskFlashesRunning();
    void stoppedStillHasTasks();
    void aKilledWorkersTasksReadRunning();
    void aStartingWorkerKnowsNothing();
    void aWriteThatTimedOutStillHappens();
    void deadBrokersReadRunning();

private:
    bool eventually(const std::function<bool()> &condition, std::chrono::seconds limit);
    Result<RestAnswer> send(const RestRequest &request, CallOptions options = patient)
    {
        return wait(m_client->send(request, options));
    }
    ConnectorStatus status(const QString &name)
    {
        return wait(m_client->fetchStatus(name, patient)).value_or(ConnectorStatus());
    }
    OperationPreview previewOf(OperationKind kind, const QString &name);
    std::vector<ObservedAt> watch(const QString &name, Milliseconds length);
    ConnectClusterConfig cluster() const;
    const ConnectorFacts *facts(const QString &name) const;
    const WorkerFacts *workerFacts(int worker) const;

    std::unique_ptr<RealKafka> m_kafka;
    std::unique_ptr<ConnectClient> m_client;
    std::unique_ptr<ContextSession> m_session; //!< what the window is fed from
    SystemClock m_clock;
};

void TestFalseGreens::initTestCase()
{
    if (const auto reason = RealKafka::whyNot(); !reason.isEmpty()) {
        QSKIP(qPrintable(reason));
    }
    m_kafka = std::make_unique<RealKafka>(RealKafka::Options {.workers = 2,
        .workerExtra = {QStringLiteral("session.timeout.ms=30000")}}); // room to look before the group notices
    QVERIFY2(m_kafka->start(), qPrintable(m_kafka->error()));
    m_client = makeClient(cluster(), {});
    // Tasks enough that both workers have some.
    QVERIFY_OK(send(createRequest(QStringLiteral("many-source"), rateConfig(QStringLiteral("many"), 4))));
    QVERIFY(eventually([this] { return allRun(status(QStringLiteral("many-source"))); }, 60s));

    ContextConfig context;
    context.id = {QStringLiteral("lab")};
    context.name = QStringLiteral("lab");
    context.connectClusters = {cluster()};
    Edges edges;
    edges.clock = std::make_shared<SystemClock>();
    edges.secrets = std::make_shared<FakeSecretStore>();
    edges.connect = [clock = edges.clock](const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestConnectClient(config, std::move(secrets), clock);
    };
    ContextSession::Settings settings;
    settings.tick = 500ms;
    settings.healthEvery = 2s;
    m_session = std::make_unique<ContextSession>(context, edges, settings);
    m_session->start();
    QVERIFY(eventually(
        [this] {
            return facts(QStringLiteral("many-source"))
                && facts(QStringLiteral("many-source"))->standing == Standing::Running;
        },
        30s));
}

void TestFalseGreens::cleanupTestCase()
{
    if (m_session) {
        QCoro::waitFor(m_session->close());
        m_session.reset();
    }
    if (m_client) {
        QCoro::waitFor(m_client->close());
        m_client.reset();
    }
    m_kafka.reset();
}

bool TestFalseGreens::eventually(const std::function<bool()> &condition, std::chrono::seconds limit)
{
    QDeadlineTimer deadline(limit);
    while (!condition()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QTest::qWait(20);
    }
    return true;
}

ConnectClusterConfig TestFalseGreens::cluster() const
{
    ConnectClusterConfig config;
    config.name = {QStringLiteral("connect-test")};
    config.workers = m_kafka->workerUrls();
    return config;
}

const ConnectorFacts *TestFalseGreens::facts(const QString &name) const
{
    const auto snapshot = m_session->snapshot();
    const auto found
        = std::ranges::find(snapshot->connectors, name, [](const ConnectorFacts &one) { return one.ref.name; });
    return found == snapshot->connectors.end() ? nullptr
                                               : &*found; // lives until the next snapshot, that is the next wait
}

const WorkerFacts *TestFalseGreens::workerFacts(int worker) const
{
    const auto snapshot = m_session->snapshot();
    return snapshot->clusters.empty() ? nullptr
                                      : findWorker(snapshot->clusters.front(), m_kafka->worker(worker).workerId());
}

OperationPreview TestFalseGreens::previewOf(OperationKind kind, const QString &name)
{
    ContextConfig context;
    context.id = {QStringLiteral("lab")};
    const OperationFacts known {
        .context = &context, .mode = Mode::Guarded, .status = status(name), .serverVersion = QStringLiteral("4.1.0")};
    const OperationRequest request {.kind = kind, .connector = {context.id, {QStringLiteral("connect-test")}, name}};
    return previewOperation(request, known).value_or(OperationPreview());
}

std::vector<ObservedAt> TestFalseGreens::watch(const QString &name, Milliseconds length)
{
    std::vector<ObservedAt> history;
    for (const auto end = m_clock.monotonic() + length; m_clock.monotonic() < end;) {
        if (auto seen = wait(m_client->fetchStatus(name, patient))) {
            history.push_back({m_clock.monotonic(), *seen});
        }
    }
    return history;
}

// Rows: N02
void TestFalseGreens::aFailingTaskFlashesRunning()
{
    const auto name = QStringLiteral("flash-sink");
    QVERIFY2(
        m_kafka->produce(QStringLiteral("flash"), 0, {{.key = {}, .value = "{}"}, {.key = {}, .value = "bad json"}}),
        qPrintable(m_kafka->error()));
    QVERIFY_OK(send(createRequest(name,
        {{QStringLiteral("connector.class"), scriptedSink}, {QStringLiteral("topics"), QStringLiteral("flash")},
            {QStringLiteral("key.converter"), asText}, {QStringLiteral("value.converter"), asJson},
            {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}})));
    const auto failed = [this, &name] {
        return shape(status(name)) == QStringLiteral("RUNNING[0:FAILED]");
    };
    QVERIFY(eventually(failed, 60s));

    const auto preview = previewOf(OperationKind::RestartFailed, name);
    QCOMPARE(preview.requests.size(), 1U);
    QVERIFY_OK(send(preview.requests.front()));
    const auto history = watch(name, 4s);

    const bool flashed = std::ranges::any_of(history, [](const ObservedAt &seen) { return allRun(seen.status); });
    QVERIFY2(flashed, "the false green did not show: this run proves nothing");
    for (size_t length = 1; length <= history.size(); ++length) {
        const std::vector<ObservedAt> prefix(history.begin(), history.begin() + static_cast<qsizetype>(length));
        QVERIFY(judgeObservation(preview, prefix, 1500ms).outcome != Outcome::Confirmed);
    }
    const auto verdict = judgeObservation(preview, history, 1500ms);
    QVERIFY2(verdict.outcome == Outcome::Failed, qPrintable(verdict.seen));
}

// Rows: N02
void TestFalseGreens::stoppedStillHasTasks()
{
    const auto name = QStringLiteral("slow-to-stop");
    QFile file(m_kafka->directory() + QStringLiteral("/in.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("one\n") > 0);
    file.close();
    // The file source sleeps a second in poll(): its task outlives the connector's STOPPED by up to that.
    QVERIFY_OK(send(createRequest(name,
        {{QStringLiteral("connector.class"), fileSource}, {QStringLiteral("topic"), QStringLiteral("slow")},
            {QStringLiteral("file"), file.fileName()}})));
    QVERIFY(eventually([this, &name] { return allRun(status(name)); }, 60s));

    const auto preview = previewOf(OperationKind::Stop, name);
    QCOMPARE(preview.requests.size(), 1U);
    auto sent = m_client->send(preview.requests.front(), patient); // watched while it is under way
    const auto history = watch(name, 4s);
    QVERIFY_OK(wait(std::move(sent)));

    const auto tasksLeft = [](const ObservedAt &seen) {
        return seen.status.connector.run == RunState::Stopped && !seen.status.tasks.empty();
    };
    QVERIFY2(std::ranges::any_of(history, tasksLeft), "STOPPED with tasks did not show: this run proves nothing");
    for (size_t length = 1; length <= history.size(); ++length) {
        const std::vector<ObservedAt> prefix(history.begin(), history.begin() + static_cast<qsizetype>(length));
        if (judgeObservation(preview, prefix, 0ms).outcome == Outcome::Confirmed) {
            QCOMPARE(shape(prefix.back().status), QStringLiteral("STOPPED[]"));
        }
    }
    const auto verdict = judgeObservation(preview, history, 500ms);
    QVERIFY2(verdict.outcome == Outcome::Confirmed, qPrintable(verdict.seen));
}

// Rows: CR-20, L19
void TestFalseGreens::aKilledWorkersTasksReadRunning()
{
    const auto name = QStringLiteral("many-source");
    const auto dead = m_kafka->worker(1).workerId();
    const auto onDead = [&dead](const ConnectorStatus &seen) {
        return std::ranges::any_of(seen.tasks, [&dead](const TaskStatus &task) { return task.workerId == dead; });
    };
    QVERIFY2(
        eventually([&] { return onDead(status(name)) && allRun(status(name)); }, 30s), qPrintable(shape(status(name))));

    m_kafka->worker(1).process().kill();
    // The wire's false green: RUNNING, on a worker that is gone.
    const auto told = status(name);
    QVERIFY2(allRun(told) && onDead(told), qPrintable(shape(told)));
    const auto health = wait(m_client->fetchHealth(m_kafka->worker(1).url(), patient));
    QVERIFY(!health || health->health == WorkerHealth::Unreachable);

    // Known before the group notices (30 s and more): the worker is silent, so its tasks are doubted.
    const auto doubted = [&] {
        const auto *known = facts(name);
        return known && !known->witnesses.agree && known->witnesses.kind == WitnessKind::WorkerSilent;
    };
    QVERIFY(eventually(doubted, 28s));
    QVERIFY(allRun(status(name)) && onDead(status(name))); // REST still says so
    QCOMPARE(facts(name)->witnesses.worker, dead);

    QVERIFY2(eventually([&] { return allRun(status(name)) && !onDead(status(name)); }, 120s),
        qPrintable(shape(status(name))));
    QVERIFY(eventually([&] { return facts(name)->witnesses.agree; }, 10s));
}

// Rows: L19
void TestFalseGreens::aStartingWorkerKnowsNothing()
{
    // Only the second worker is asked; it was killed above. The broker is frozen as soon as it answers HTTP at all, so
    // that it cannot read its topics: what is otherwise a matter of 0.3 s.
    auto config = cluster();
    config.workers = {m_kafka->worker(1).url()};
    const auto client = makeClient(config, {});
    auto started = m_kafka->worker(1).start({.deadline = 180s});
    const CallOptions quick {.deadline = 500ms};
    QVERIFY(eventually(
        [&] {
            const auto names = wait(client->fetchNames(quick));
            return names || names.error().kind == ErrorKind::Starting;
        },
        90s));
    m_kafka->broker().process().freeze();

    // What it lists meanwhile is nothing, or a list from before; it never calls itself healthy with it.
    int lies = 0;
    for (QDeadlineTimer deadline(11'000); !deadline.hasExpired();) {
        const auto names = wait(client->fetchNames(quick));
        lies += names && !names->contains(QStringLiteral("many-source")) ? 1 : 0;
        const auto health = wait(client->fetchHealth(config.workers.front(), quick));
        QVERIFY(!health || health->health != WorkerHealth::Healthy);
    }
    m_kafka->broker().process().thaw();
    QVERIFY_OK(wait(std::move(started)));
    QVERIFY(eventually(
        [&] {
            return wait(client->fetchHealth(config.workers.front(), patient)).value_or(WorkerHealthReport()).health
                == WorkerHealth::Healthy;
        },
        60s));
    QVERIFY(wait(client->fetchNames(patient)).value_or(QStringList()).contains(QStringLiteral("many-source")));
    QVERIFY2(lies > 0, "the empty list did not show: this run proves nothing");
    QCoro::waitFor(client->close());
    // All along the window's session kept what it knew: nothing was taken for gone.
    QVERIFY(facts(QStringLiteral("many-source")) && !facts(QStringLiteral("many-source"))->gone);
    QVERIFY(eventually([this] { return allRun(status(QStringLiteral("many-source"))); }, 60s));
}

// Rows: CR-01, CR-04
void TestFalseGreens::aWriteThatTimedOutStillHappens()
{
    const auto name = QStringLiteral("many-source");
    m_kafka->broker().process().freeze();
    const auto answer = send(pauseRequest(name), {.deadline = 3s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(!answer.error().retryable);
    QVERIFY2(allRun(status(name)), qPrintable(shape(status(name)))); // nothing happened, it seems
    m_kafka->broker().process().thaw();
    // Nobody sent it again, and yet:
    const auto paused = [this, &name] {
        return shape(status(name)).startsWith(QStringLiteral("PAUSED[0:PAUSED"));
    };
    QVERIFY2(eventually(paused, 60s), qPrintable(shape(status(name))));
    QVERIFY(eventually([&] { return send(resumeRequest(name)).has_value(); }, 60s));
    QVERIFY2(eventually([&] { return allRun(status(name)); }, 60s), qPrintable(shape(status(name))));
}

// Rows: L19
void TestFalseGreens::deadBrokersReadRunning()
{
    const auto name = QStringLiteral("many-source");
    QVERIFY(
        eventually([this] { return workerFacts(0) && workerFacts(0)->health.health == WorkerHealth::Healthy; }, 30s));
    const auto allListedRun = [this, &name] { // a worker may lag behind the one that was asked before
        const auto before = wait(m_client->fetchStatuses(patient));
        const auto found = before ? std::ranges::find(before->connectors, name, &ConnectorStatus::name)
                                  : std::vector<ConnectorStatus>::const_iterator();
        return before && found != before->connectors.end() && allRun(*found);
    };
    QVERIFY(eventually(allListedRun, 30s));
    m_kafka->broker().process().kill();

    // Side by side in one outage: both workers' health, the list, and a write.
    const CallOptions health {.deadline = 20s};
    auto first = m_client->fetchHealth(m_kafka->worker(0).url(), health);
    auto second = m_client->fetchHealth(m_kafka->worker(1).url(), health);
    auto written = m_client->send(stopRequest(name), {.deadline = 8s});
    const auto listing = wait(m_client->fetchStatuses(patient));
    QVERIFY_OK(listing);
    const auto listed = std::ranges::find(listing->connectors, name, &ConnectorStatus::name);
    QVERIFY(listed != listing->connectors.end());
    QVERIFY2(allRun(*listed), qPrintable(shape(*listed)));

    const auto outcome = wait(std::move(written));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::OutcomeUnknown);
    for (const auto &report : {wait(std::move(first)), wait(std::move(second))}) {
        QVERIFY_OK(report);
        QCOMPARE(report->health, WorkerHealth::Unhealthy);
        QVERIFY(!report->message.isEmpty()); // its stage, in its own words
    }
    QVERIFY2(allRun(status(name)), qPrintable(shape(status(name)))); // still the false green
    const auto doubted = [this, &name] {
        return facts(name) && !facts(name)->witnesses.agree;
    };
    QVERIFY(eventually(doubted, 30s));
    QCOMPARE(facts(name)->witnesses.kind, WitnessKind::WorkerUnhealthy);
}

QTEST_GUILESS_MAIN(TestFalseGreens)
#include "tst_falsegreens.moc"
