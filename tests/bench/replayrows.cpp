// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/realedges.h"
#include "bench/rows.h"
#include "domain/connectors/connectrequests.h"
#include "services/replay/replayservice.h"
#include "support/realkafka/realkafka.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

namespace headgate::bench {

namespace {

using namespace std::chrono_literals;
using test::RealKafka;

const auto topic = QStringLiteral("ledger");
const auto sink = QStringLiteral("ledger-sink");
constexpr std::array<int, 3> records {3400, 3300, 3300};
constexpr int back = 1667; // of each partition: half of the 10,000
constexpr int runs = 15;
constexpr int patience = 120'000; // ms
const CallOptions call {.deadline = 60s};

//! Real Connect with a file sink that has read 10,000 records in three partitions.
class Platform
{
public:
    bool start();
    qint64 size() const { return QFileInfo(out()).size(); }
    bool atRest() const; //!< all is delivered and committed, three tasks run
    bool untilAtRest() const
    {
        return QTest::qWaitFor([this] { return atRest(); }, patience);
    }
    //! Milliseconds from `begin` to the first record that is delivered again; negative: none came.
    double untilMoving(const std::function<void()> &begin) const;
    QString out() const { return m_kafka.directory() + QStringLiteral("/ledger.txt"); }
    RealKafka &kafka() { return m_kafka; }
    ConnectClient &client() const { return *m_client; }
    ConnectClusterConfig cluster() const { return {.name = {QStringLiteral("main")}, .workers = m_kafka.workerUrls()}; }

private:
    RealKafka m_kafka {{.workers = 1}};
    RealEdges m_real = makeRealEdges();
    std::unique_ptr<ConnectClient> m_client;
};

bool Platform::start()
{
    if (!m_kafka.start() || !m_kafka.createTopic(topic, int(records.size()))) {
        return false;
    }
    for (int partition = 0; partition < int(records.size()); ++partition) {
        const auto count = size_t(records[size_t(partition)]);
        m_kafka.produce(topic, partition, std::vector<RealKafka::Produced>(count, {.key = {}, .value = "a record"}));
    }
    m_client = m_real.edges.connect(cluster(), m_real.edges.secrets);
    const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
    const auto created = QCoro::waitFor(
        m_client->send(createRequest(sink,
                           {{QStringLiteral("connector.class"),
                                QStringLiteral("org.apache.kafka.connect.file.FileStreamSinkConnector")},
                               {QStringLiteral("topics"), topic}, {QStringLiteral("file"), out()},
                               {QStringLiteral("tasks.max"), QStringLiteral("3")},
                               {QStringLiteral("key.converter"), text}, {QStringLiteral("value.converter"), text}}),
            call));
    return created && untilAtRest();
}

bool Platform::atRest() const
{
    const auto status = QCoro::waitFor(m_client->fetchStatus(sink, call));
    const auto offsets = QCoro::waitFor(m_client->fetchOffsets(sink, call));
    std::int64_t read = 0;
    for (const auto &each : offsets ? *offsets : std::vector<ConnectorOffset>()) {
        read += sinkPosition(each).value_or(SinkPosition {}).offset.value_or(0);
    }
    return status && status->tasks.size() == 3 && read == records[0] + records[1] + records[2];
}

double Platform::untilMoving(const std::function<void()> &begin) const
{
    const auto before = size();
    QEventLoop loop; // QTest's waiting sleeps 10 ms between two turns
    QTimer looks;
    QObject::connect(&looks, &QTimer::timeout, &loop, [&] {
        if (size() > before) {
            loop.quit();
        }
    });
    QTimer::singleShot(patience, &loop, [&loop] { loop.exit(1); });
    looks.start(2);
    QElapsedTimer clock;
    clock.start();
    begin();
    const bool moved = loop.exec() == 0;
    return moved ? double(clock.nsecsElapsed()) / 1e6 : -1;
}

//! The same by bare calls, as somebody with curl and a good memory would.
QCoro::Task<> bareReplay(ConnectClient *client, SystemClock *clock)
{
    co_await client->send(stopRequest(sink), call);
    for (;;) {
        const auto status = co_await client->fetchStatus(sink, call);
        if (status && status->connector.run == RunState::Stopped && status->tasks.empty()) {
            break;
        }
        co_await clock->sleepFor(20ms, {});
    }
    co_await client->fetchOffsets(sink, call);
    std::vector<ConnectorOffset> entries;
    for (int partition = 0; partition < int(records.size()); ++partition) {
        entries.push_back(sinkOffset({{topic, partition}, records[size_t(partition)] - back}));
    }
    while (!co_await client->send(alterOffsetsRequest(sink, entries), call)) {
        co_await clock->sleepFor(20ms, {}); // the last member is just leaving
    }
    co_await client->fetchOffsets(sink, call);
    co_await client->send(resumeRequest(sink), call);
}

} // namespace

std::vector<Row> replayRows()
{
    const auto what = QStringLiteral("replay 5,001 of 10,000 records on real Connect: click to moving");
    if (const auto why = RealKafka::whyNot(); !why.isEmpty()) {
        return {{.id = QStringLiteral("replay"), .what = what, .measured = why}};
    }
    Platform platform;
    if (!platform.start()) {
        return {{.id = QStringLiteral("replay"), .what = what, .measured = QStringLiteral("it did not start")}};
    }
    const QTemporaryDir logs;
    auto real = makeRealEdges();
    ContextsService contexts(real.edges, {});
    contexts.addTransient({.id = {QStringLiteral("bench")},
        .name = QStringLiteral("bench"),
        .mode = Mode::Guarded,
        .connectClusters = {platform.cluster()},
        .kafka = {.bootstrap = platform.kafka().bootstrap()}});
    OperationsService operations(contexts, {.directory = logs.path()});
    ReplayService replay(contexts, operations, {});
    const ReplayRequest request {.connector = {{QStringLiteral("bench")}, {QStringLiteral("main")}, sink},
        .everywhere = {.kind = PositionKind::BackBy, .number = back}};
    SystemClock clock;
    Samples ours, bare;
    for (int run = 0; run < 2 * (runs + 1); ++run) { // by turns, from the same state
        platform.untilAtRest();
        const auto plan = QCoro::waitFor(replay.plan(request, call)).value_or(ReplayPlan {});
        QTest::qWait(QRandomGenerator::global()->bounded(600)); // how long a stop takes depends on when a fetch began
        const bool byHand = run % 2 == 0;
        std::optional<QCoro::Task<>> calls;
        std::optional<Task<OperationId>> guarded;
        const auto took = platform.untilMoving([&] {
            if (byHand) {
                calls.emplace(bareReplay(&platform.client(), &clock));
            } else {
                guarded.emplace(replay.run(plan, {QStringLiteral("bench"), {}, sink}));
            }
        });
        if (byHand) {
            QCoro::waitFor(*std::move(calls));
        } else if (const auto id = QCoro::waitFor(*std::move(guarded))) {
            QCoro::waitFor(operations.finished(*id, {.deadline = 2min}));
        }
        if (run > 1) { // the first ones warm classes and connections up
            (byHand ? bare : ours).add(took < 0 ? 1e9 : took);
        }
    }
    QCoro::waitFor(operations.close());
    QCoro::waitFor(replay.close());
    QCoro::waitFor(contexts.close());
    const auto milliseconds = QStringLiteral("ms");
    return {{.id = QStringLiteral("replay"),
                .what = what + QStringLiteral(", times the bare calls"),
                .measured = inWords(ours, milliseconds),
                .judged = ours.median() / bare.median(),
                .target = 1.5,
                .unit = QStringLiteral("times")},
        {.id = QStringLiteral("replay"),
            .what = QStringLiteral("  the same by bare REST calls"),
            .measured = inWords(bare, milliseconds)}};
}

} // namespace headgate::bench
