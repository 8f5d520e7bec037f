// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/platformservices.h"
#include "domain/replay/replayprogress.h"
#include "services/replay/replayservice.h"
#include "support/realkafka/kafkafeeder.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

const auto kTopic = QStringLiteral("ledger");
const auto kName = QStringLiteral("ledger-sink");
const std::array<int, 3> kRecords {5000, 3000, 2000};
constexpr std::int64_t kBack = 400;
constexpr std::int64_t kAgain = 3 * kBack;

using Where = std::map<TopicPartition, std::int64_t>;

} // namespace

/*! Replays on a platform of its own, local or real: 10,000 records in three partitions, read by a file sink, so that
 * each delivery is a line. The program that replays is killed in the middle and another one picks up what it left. */
class tst_ReplayPlatform : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void deliversAgainWhatThePreviewSays();
    void theWayBackRestoresThePositions();
    void aTimeIsTheFirstRecordFromThen();
    void aSourceReadsAgainFromTheByteThatWasSet();
    void membersOfAKilledWorkerAreWaitedFor();
    void killedAnywhereItHasARightEnd_data();
    void killedAnywhereItHasARightEnd();

private:
    template <class T> Result<T> on(Task<T> task) { return QCoro::waitFor(std::move(task)); }
    void openServices();
    void closeServices();
    qint64 lines() const;
    Where positions();
    bool atEnd() { return positions() == m_ends; }
    Result<ReplayPlan> plan(const ReplayRequest &request) { return on(m_replay->plan(request, patient)); }
    Operation end(const OperationId &id)
    {
        return on(m_platform.operations->finished(id, {.deadline = 5min})).value_or(Operation {});
    }
    void dieAt(const QString &where);
    KafkaConfig kafka() const { return {.bootstrap = m_subject->bootstrap()}; }
    std::vector<PartitionOffset> endsOf(KafkaAdmin &admin, const QString &topic);
    Confirmation typed() const { return {QStringLiteral("test"), {}, kName}; }
    ReplayRequest backBy(std::int64_t records) const
    {
        return {.connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, kName},
            .everywhere = {.kind = PositionKind::BackBy, .number = records}};
    }

    std::unique_ptr<Subject> m_subject;
    std::unique_ptr<ConnectClient> m_client;
    PlatformServices m_platform;
    std::unique_ptr<ReplayService> m_replay;
    const Instant m_first = SystemClock().now() - std::chrono::hours(3); // of each partition's first record
    QString m_out;
    Where m_ends;
};

void tst_ReplayPlatform::initTestCase()
{
    m_subject = makeSubject();
    if (const auto why = m_subject->whyNot(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    QVERIFY2(m_subject->start(), qPrintable(m_subject->error()));
    KafkaFeeder feeder(m_subject->bootstrap());
    if (m_subject->isReal()) {
        const auto fault = feeder.createTopic(kTopic, int(kRecords.size()), 1, {});
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    for (int partition = 0; partition < int(kRecords.size()); ++partition) {
        std::vector<RealKafka::Produced> records;
        for (int i = 0; i < kRecords[size_t(partition)]; ++i) { // one each second, the last of them an hour ago or more
            const auto at = m_first + std::chrono::seconds(i);
            records.push_back({.key = {}, .value = "a record", .timestamp = at.time_since_epoch().count()});
        }
        const auto fault = feeder.produce(kTopic, partition, records);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        m_ends[{kTopic, partition}] = kRecords[size_t(partition)];
    }
    m_client = makeClient(m_subject->cluster(), m_subject->password());
    m_out = m_subject->dataDirectory() + QStringLiteral("/ledger.txt");
    const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
    const auto created = on(
        m_client->send(createRequest(kName,
                           {{QStringLiteral("connector.class"),
                                QStringLiteral("org.apache.kafka.connect.file.FileStreamSinkConnector")},
                               {QStringLiteral("topics"), kTopic}, {QStringLiteral("file"), m_out},
                               {QStringLiteral("tasks.max"), QStringLiteral("3")},
                               {QStringLiteral("key.converter"), text}, {QStringLiteral("value.converter"), text}}),
            patient));
    QVERIFY2(created, why(created).constData());
    openServices();
    QTRY_VERIFY_WITH_TIMEOUT(atEnd(), 90'000);
    QCOMPARE(lines(), qint64(10'000));
}

void tst_ReplayPlatform::cleanupTestCase()
{
    closeServices();
    if (m_client) {
        QCoro::waitFor(m_client->close());
    }
    m_client.reset();
    m_subject.reset();
}

void tst_ReplayPlatform::openServices()
{
    m_platform.open(*m_subject, Mode::Guarded);
    m_replay
        = std::make_unique<ReplayService>(*m_platform.contexts, *m_platform.operations, ReplayService::Settings {});
}

void tst_ReplayPlatform::closeServices()
{
    if (m_replay) {
        QCoro::waitFor(m_platform.operations->close());
        QCoro::waitFor(m_replay->close());
        QCoro::waitFor(m_platform.contexts->close());
    }
    m_replay.reset();
    m_platform.reset();
}

qint64 tst_ReplayPlatform::lines() const
{
    QFile file(m_out);
    return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
}

Where tst_ReplayPlatform::positions()
{
    Where found;
    const auto offsets = on(m_client->fetchOffsets(kName, patient));
    for (const auto &each : offsets ? *offsets : std::vector<ConnectorOffset>()) {
        const auto position = sinkPosition(each);
        if (position && position->offset.value_or(0) > 0) { // an empty partition's is no position worth a word
            found[position->tp] = *position->offset;
        }
    }
    return found;
}

// Rows: K03, C17
void tst_ReplayPlatform::deliversAgainWhatThePreviewSays()
{
    const auto before = lines();
    const auto made = plan(backBy(kBack));
    QVERIFY2(made, why(made).constData());
    QCOMPARE(made->again, kAgain);
    QVERIFY(made->sizes && made->sizes->meanBytes == 8); // "a record"
    const auto id = on(m_replay->run(*made, typed()));
    QVERIFY2(id, why(id).constData());
    const auto done = end(*id);
    QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
    QTRY_VERIFY_WITH_TIMEOUT(atEnd(), 60'000);
    QCOMPARE(lines() - before, qint64(made->again));
}

// Rows: K03
void tst_ReplayPlatform::theWayBackRestoresThePositions()
{
    const auto before = lines();
    QVERIFY(on(m_client->send(stopRequest(kName), patient)));
    QTRY_COMPARE_WITH_TIMEOUT(shape(on(m_client->fetchStatus(kName, patient))), QStringLiteral("STOPPED[]"), 60'000);
    const auto made = plan(backBy(kBack));
    QVERIFY2(made, why(made).constData());
    const auto id = on(m_replay->run(*made, typed()));
    QVERIFY2(id, why(id).constData());
    const auto done = end(*id);
    QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
    QVERIFY(!atEnd());
    const auto back = on(m_replay->wayBack({QStringLiteral("lab")}, *id, patient));
    const auto undo = back ? plan(*back) : Result<ReplayPlan>(failure(back.error()));
    QVERIFY2(undo, why(undo).constData());
    QCOMPARE(undo->skipped, kAgain);
    const auto undone = end(on(m_replay->run(*undo, typed())).value_or(OperationId {}));
    QVERIFY2(undone.outcome == Outcome::Confirmed, qPrintable(undone.observed));
    QVERIFY(atEnd());
    QVERIFY(on(m_client->send(resumeRequest(kName), patient)));
    QCOMPARE(lines(), before); // nothing was delivered by all that
}

//! Asked of the brokers where they can tell, else found by reading.
void tst_ReplayPlatform::aTimeIsTheFirstRecordFromThen()
{
    const auto at = [this](Milliseconds after) {
        auto request = backBy(0);
        request.everywhere = {.kind = PositionKind::Time, .time = m_first + after};
        return plan(request);
    };
    const auto made = at(2500s);
    QVERIFY2(made, why(made).constData());
    const auto searched = std::ranges::any_of(
        made->warnings, [](const PlanWarning &each) { return each.kind == PlanWarningKind::NoTimeLookup; });
    QCOMPARE(searched, !m_subject->isReal());
    std::map<int, std::optional<std::int64_t>> found;
    for (const auto &move : made->moves) {
        found[move.tp.partition] = move.after;
    }
    QVERIFY2(!forbidden(*made), made->warnings.empty() ? "" : qPrintable(made->warnings.front().text));
    QCOMPARE(found[0].value_or(-1), std::int64_t(2500));
    QCOMPARE(found[1].value_or(-1), std::int64_t(2500));
    QCOMPARE(found[2].value_or(-1), std::int64_t(2000)); // it ended before: nothing from then on
    const auto between = at(999'500ms);
    QVERIFY2(between, why(between).constData());
    QCOMPARE(between->moves.front().after, std::optional<std::int64_t>(1000));
    QCOMPARE(at(-1h)->again, std::int64_t(10'000));
}

std::vector<PartitionOffset> tst_ReplayPlatform::endsOf(KafkaAdmin &admin, const QString &topic)
{
    std::vector<TopicPartition> partitions;
    const auto cluster = on(admin.fetchCluster(patient));
    for (const auto &each : cluster ? cluster->topics : std::vector<TopicFact>()) {
        for (const auto &partition : each.name == topic ? each.partitions : std::vector<PartitionFact>()) {
            partitions.push_back({topic, partition.id});
        }
    }
    return on(admin.fetchEndOffsets(partitions, patient)).value_or(std::vector<PartitionOffset>());
}

// Rows: K04
void tst_ReplayPlatform::aSourceReadsAgainFromTheByteThatWasSet()
{
    constexpr int count = 100, from = 37, length = 9; // "line-042\n"
    const auto name = QStringLiteral("lines-source"), topic = QStringLiteral("lines");
    QFile file(m_subject->dataDirectory() + QStringLiteral("/lines.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArrayList all;
    for (int line = 0; line < count; ++line) {
        all << QStringLiteral("line-%1").arg(line, 3, 10, QLatin1Char('0')).toUtf8();
        file.write(all.last() + '\n');
    }
    file.close();
    const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
    const auto created = on(
        m_client->send(createRequest(name,
                           {{QStringLiteral("connector.class"),
                                QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector")},
                               {QStringLiteral("topic"), topic}, {QStringLiteral("file"), file.fileName()},
                               {QStringLiteral("key.converter"), text}, {QStringLiteral("value.converter"), text}}),
            patient));
    QVERIFY2(created, why(created).constData());
    const auto position = [this, name]() -> QByteArray {
        const auto offsets = on(m_client->fetchOffsets(name, patient));
        return offsets && offsets->size() == 1 ? offsets->front().offsetJson : QByteArray();
    };
    QTRY_COMPARE_WITH_TIMEOUT(position(), QByteArray(R"({"position":900})"), 60'000);
    const auto admin = m_platform.real.edges.kafkaAdmin(kafka(), m_platform.real.secrets);
    const auto reader = m_platform.real.edges.reader(kafka(), m_platform.real.secrets);
    const auto before = endsOf(*admin, topic);

    const auto entry = on(m_client->fetchOffsets(name, patient))->front();
    const auto made = plan({.connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, name},
        .source = {{entry.partitionJson, R"({"position":)" + QByteArray::number(from * length) + '}'}}});
    QVERIFY2(made, why(made).constData());
    const auto id = on(m_replay->run(*made, {QStringLiteral("test"), {}, name}));
    QVERIFY2(id, why(id).constData());
    const auto done = end(*id);
    QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
    const auto written = [&] {
        std::int64_t sum = 0;
        const auto now = endsOf(*admin, topic);
        for (size_t i = 0; i < now.size() && i < before.size(); ++i) {
            sum += now[i].offset.value_or(0) - before[i].offset.value_or(0);
        }
        return sum;
    };
    QTRY_COMPARE_WITH_TIMEOUT(written(), std::int64_t(count - from), 60'000);
    QByteArrayList again;
    for (const auto &partition : before) {
        const auto read = on(reader->read({.tp = partition.tp, .from = partition.offset.value_or(0)}, patient));
        for (const auto &record : read ? read->records : std::vector<Record>()) {
            again << record.value.value_or(QByteArray());
        }
    }
    std::ranges::sort(again);
    QCOMPARE(again, all.mid(from));
    QCoro::waitFor(admin->close());
    QCoro::waitFor(reader->close());
    QVERIFY(on(m_client->send(deleteRequest(name), patient)));
}

// Rows: CR-22
void tst_ReplayPlatform::membersOfAKilledWorkerAreWaitedFor()
{
    if (!m_subject->isReal() || qgetenv("HEADGATE_TEST_DEEP") != "yes") {
        QSKIP("its members stay in the group for 45 s: only in test-deep, and where there is a group");
    }
    const auto before = lines();
    QVERIFY2(m_subject->killAndRestart(), qPrintable(m_subject->error()));
    QTRY_COMPARE_WITH_TIMEOUT(shape(on(m_client->fetchStatus(kName, patient))),
        QStringLiteral("RUNNING[0:RUNNING,1:RUNNING,2:RUNNING]"), 90'000);
    const auto made = plan(backBy(kBack));
    QVERIFY2(made, why(made).constData());
    const auto id = on(m_replay->run(*made, typed()));
    QVERIFY2(id, why(id).constData());
    const auto done = end(*id);
    QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
    QTRY_VERIFY_WITH_TIMEOUT(atEnd(), 90'000);
    QCOMPARE(lines() - before, qint64(kAgain));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(done.endedAt - done.startedAt);
    qInfo("it took %lld s", static_cast<long long>(seconds.count()));
}

//! Runs a replay in a program of its own, which is killed there.
void tst_ReplayPlatform::dieAt(const QString &where)
{
    QProcess program;
    auto environment = QProcessEnvironment::systemEnvironment();
    if (!m_subject->password().isEmpty()) {
        environment.insert(QStringLiteral("HEADGATE_TEST_PASSWORD"), QString::fromUtf8(m_subject->password()));
    }
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral(REPLAY_PROGRAM),
        {m_subject->cluster().workers.front(), m_subject->bootstrap(), m_platform.logs.path(), kName,
            QString::number(kBack), where});
    QTRY_VERIFY_WITH_TIMEOUT(
        program.state() == QProcess::NotRunning && program.exitStatus() == QProcess::CrashExit, 120'000);
}

// Rows: SG-01, SG-02, SG-03, SG-04, SG-05, SG-06, SG-07, SG-08, SG-09, SG-10, SG-11
void tst_ReplayPlatform::killedAnywhereItHasARightEnd_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("choice");
    const bool deep = qgetenv("HEADGATE_TEST_DEEP") == "yes";
    const int rounds = deep && !m_subject->isReal() ? 10 : 1;
    const auto seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    qInfo("seed %u", seed);
    for (int round = 0; round < rounds; ++round) {
        for (int step = int(ReplayStep::Freeze); step <= int(ReplayStep::Close); ++step) {
            for (const auto *state : {"begun", "done"}) {
                const bool few = m_subject->isReal() && !deep && step != int(ReplayStep::SetPositions);
                if (few) {
                    continue;
                }
                const auto where = QStringLiteral("%1:%2").arg(stepWord(ReplayStep(step)), QString::fromLatin1(state));
                QTest::newRow(qPrintable(QStringLiteral("%1 #%2").arg(where).arg(round))) << where << random.bounded(3);
            }
        }
    }
}

void tst_ReplayPlatform::killedAnywhereItHasARightEnd()
{
    QFETCH(QString, where);
    QFETCH(int, choice);
    const auto lineCount = lines();
    auto after = m_ends;
    for (auto &[tp, offset] : after) {
        offset -= kBack;
    }
    closeServices();
    dieAt(where);
    openServices();
    const auto open = on(m_platform.operations->findInterrupted({QStringLiteral("lab")}, patient));
    QVERIFY2(open, why(open).constData());
    QCOMPARE(int(open->size()), 1);
    const auto id = open->front().id;
    const auto seen = on(m_replay->look(id, patient));
    QVERIFY2(seen, why(seen).constData());
    QCOMPARE(int(seen->choices.size()), 3);
    // Never a position other than before or after; only one that runs again may have gone on.
    const auto now = positions();
    const bool runs = seen->state.run == RunState::Running;
    QVERIFY(now == m_ends || now == after || runs);

    auto wanted = ReplayChoice(choice);
    if (wanted == ReplayChoice::Leave) {
        QVERIFY(on(m_replay->leave(id, QStringLiteral("by the test"))));
        QCOMPARE(on(m_client->fetchStatus(kName, patient))->connector.raw, seen->state.raw);
        if (!runs) {
            QVERIFY(on(m_client->send(resumeRequest(kName), patient)));
        }
    } else {
        const auto taken = on(wanted == ReplayChoice::Continue ? m_replay->continueInterrupted(id, typed())
                                                               : m_replay->restoreInterrupted(id, typed()));
        QVERIFY2(taken, why(taken).constData());
        const auto done = end(id);
        QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
    }
    QTRY_VERIFY_WITH_TIMEOUT(atEnd(), 90'000);
    const auto again = lines() - lineCount;
    QVERIFY2(again == 0 || again == kAgain, qPrintable(QString::number(again))); // nothing twice, nothing lost
    if (wanted == ReplayChoice::Continue) {
        QCOMPARE(again, qint64(kAgain));
    }
    QVERIFY(on(m_platform.operations->findInterrupted({QStringLiteral("lab")}, patient))->empty());
    QVERIFY(on(m_platform.operations->verify({QStringLiteral("lab")}, patient))->intact);
}

QTEST_GUILESS_MAIN(tst_ReplayPlatform)
#include "tst_replayplatform.moc"
