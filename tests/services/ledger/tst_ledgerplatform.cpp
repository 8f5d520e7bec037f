// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/platformservices.h"
#include "domain/replay/replayplan.h"
#include "services/ledger/ledgerservice.h"
#include "support/realkafka/kafkafeeder.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

using Where = std::map<TopicPartition, std::int64_t>;

const auto kText = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
const auto kJson = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");
constexpr int kSoon = 90'000; // ms

ConnectorRef refOf(const QString &name)
{
    return {{QStringLiteral("lab")}, {QStringLiteral("main")}, name};
}

} // namespace

/*! The ledger of a platform of its own, local or real: what it says of a period is what is in the topics, in the group
 * and in the dead letter topic. */
class tst_LedgerPlatform : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void whatASourceWroteIsWhatTheTopicHolds();
    void whatOthersDidToASourceMeanwhileIsFound();
    void whatASinkConsumedIsWhatItsGroupSays();
    void whatOthersMoveIsAJump();
    void deadLettersAreCountedByOffset();
    void failuresOfTasksAreCounted();
    void itIsPartOfTheChain();

private:
    template <class T> Result<T> on(Task<T> task) { return QCoro::waitFor(std::move(task)); }
    void create(const QString &name, const char *className, ConfigMap config);
    void produce(const QString &topic, int partition, const std::vector<QByteArray> &values);
    //! Watches these at each tick, until the ledger knows of them.
    void watch(const QStringList &names);
    void stop(const QString &name);
    void resume(const QString &name);
    std::vector<LedgerEntry> read(const QString &connector, LedgerKind kind);
    //! The newest period of a connector, once it has ended `count` of them.
    LedgerEntry endedPeriod(const QString &connector, int count = 1);
    Where positions(const QString &name);
    std::int64_t recordsIn(const std::vector<LedgerMove> &ranges);
    qint64 lines(const QString &file) const;
    KafkaConfig kafka() const { return {.bootstrap = m_subject->bootstrap()}; }

    std::unique_ptr<Subject> m_subject;
    std::unique_ptr<ConnectClient> m_client;
    std::unique_ptr<RecordReader> m_reader;
    std::unique_ptr<KafkaFeeder> m_feeder;
    PlatformServices m_platform;
    std::unique_ptr<LedgerService> m_ledger;
};

void tst_LedgerPlatform::initTestCase()
{
    m_subject = makeSubject();
    if (const auto why = m_subject->whyNot(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    QVERIFY2(m_subject->start(), qPrintable(m_subject->error()));
    m_feeder = std::make_unique<KafkaFeeder>(m_subject->bootstrap());
    m_client = makeClient(m_subject->cluster(), m_subject->password());
    m_platform.open(*m_subject, Mode::Guarded);
    m_reader = m_platform.real.edges.reader(kafka(), m_platform.real.secrets);
    LedgerWatch::Settings settings;
    settings.every = 500ms;
    m_ledger = std::make_unique<LedgerService>(*m_platform.contexts, *m_platform.operations, settings);
    m_ledger->watch();
    m_platform.contexts->setCurrent(m_platform.context.id);
}

void tst_LedgerPlatform::cleanupTestCase()
{
    if (m_ledger) {
        QCoro::waitFor(m_ledger->close());
        QCoro::waitFor(m_platform.operations->close());
        QCoro::waitFor(m_platform.contexts->close());
        QCoro::waitFor(m_reader->close());
        QCoro::waitFor(m_client->close());
    }
    m_ledger.reset();
    m_platform.reset();
    m_reader.reset();
    m_client.reset();
    m_subject.reset();
}

void tst_LedgerPlatform::create(const QString &name, const char *className, ConfigMap config)
{
    config.emplace_back(QStringLiteral("connector.class"), QString::fromLatin1(className));
    const auto created = on(m_client->send(createRequest(name, config), patient));
    QVERIFY2(created, why(created).constData());
}

void tst_LedgerPlatform::produce(const QString &topic, int partition, const std::vector<QByteArray> &values)
{
    std::vector<RealKafka::Produced> records;
    for (const auto &value : values) {
        records.push_back({.key = {}, .value = value});
    }
    const auto fault = m_feeder->produce(topic, partition, records);
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void tst_LedgerPlatform::watch(const QStringList &names)
{
    Interest interest;
    for (const auto &name : names) {
        interest.onScreen.push_back(refOf(name));
    }
    m_platform.contexts->session({QStringLiteral("lab")})->setInterest(interest);
    for (const auto &name : names) {
        QTRY_VERIFY_WITH_TIMEOUT(!read(name, LedgerKind::Period).empty(), kSoon);
    }
}

void tst_LedgerPlatform::stop(const QString &name)
{
    QVERIFY(on(m_client->send(stopRequest(name), patient)));
    QTRY_COMPARE_WITH_TIMEOUT(shape(on(m_client->fetchStatus(name, patient))), QStringLiteral("STOPPED[]"), kSoon);
}

void tst_LedgerPlatform::resume(const QString &name)
{
    const auto known = read(name, LedgerKind::Period).size();
    QVERIFY(on(m_client->send(resumeRequest(name), patient)));
    QTRY_VERIFY_WITH_TIMEOUT(read(name, LedgerKind::Period).size() > known, kSoon);
}

std::vector<LedgerEntry> tst_LedgerPlatform::read(const QString &connector, LedgerKind kind)
{
    auto entries = on(m_ledger->read({QStringLiteral("lab")}, patient)).value_or(std::vector<LedgerEntry>());
    std::erase_if(
        entries, [&](const LedgerEntry &entry) { return entry.kind != kind || entry.connector.name != connector; });
    return entries;
}

LedgerEntry tst_LedgerPlatform::endedPeriod(const QString &connector, int count)
{
    std::vector<LedgerEntry> ended;
    const auto look = [&] {
        ended = read(connector, LedgerKind::Period);
        std::erase_if(ended, [](const LedgerEntry &entry) { return !entry.endedBy; });
        return int(ended.size()) >= count;
    };
    return QTest::qWaitFor(look, kSoon) ? ended.front() : LedgerEntry {};
}

Where tst_LedgerPlatform::positions(const QString &name)
{
    Where found;
    const auto offsets = on(m_client->fetchOffsets(name, patient));
    for (const auto &each : offsets ? *offsets : std::vector<ConnectorOffset>()) {
        const auto position = sinkPosition(each);
        if (position && position->offset.value_or(0) > 0) {
            found[position->tp] = *position->offset;
        }
    }
    return found;
}

//! Read from the topics, between the ends of the ranges.
std::int64_t tst_LedgerPlatform::recordsIn(const std::vector<LedgerMove> &ranges)
{
    std::int64_t count = 0;
    for (const auto &range : ranges) {
        const auto from = range.before.toLongLong(), to = range.after.toLongLong();
        if (range.tp.topic.isEmpty() || from >= to) {
            continue;
        }
        const auto answer = on(m_reader->read({.tp = range.tp, .from = from, .maxRecords = int(to - from)}, patient));
        count += answer ? std::int64_t(answer->records.size()) : 0;
    }
    return count;
}

qint64 tst_LedgerPlatform::lines(const QString &file) const
{
    QFile read(m_subject->dataDirectory() + QLatin1Char('/') + file);
    return read.open(QIODevice::ReadOnly) ? read.readAll().count('\n') : 0;
}

// Rows: C14
void tst_LedgerPlatform::whatASourceWroteIsWhatTheTopicHolds()
{
    const auto name = QStringLiteral("lines-source");
    QFile file(m_subject->dataDirectory() + QStringLiteral("/lines.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto write = [&file](int count) {
        for (int i = 0; i < count; ++i) {
            file.write("a line\n");
        }
        file.flush();
    };
    write(40);
    create(name, "org.apache.kafka.connect.file.FileStreamSourceConnector",
        {{QStringLiteral("topic"), QStringLiteral("lines")}, {QStringLiteral("file"), file.fileName()},
            {QStringLiteral("key.converter"), kText}, {QStringLiteral("value.converter"), kText}});
    watch({name});
    const auto at = [&] {
        const auto offsets = on(m_client->fetchOffsets(name, patient));
        return offsets && offsets->size() == 1 ? offsets->front().offsetJson : QByteArray();
    };
    QTRY_COMPARE_WITH_TIMEOUT(at(), QByteArray(R"({"position":280})"), kSoon);
    stop(name);
    const auto first = endedPeriod(name);
    QCOMPARE(first.endedBy, std::optional(MarkKind::Stopped));
    QCOMPARE(first.moves.back().after, at()); // the source's own position
    QVERIFY(first.records);
    QCOMPARE(recordsIn(first.moves), *first.records);

    resume(name);
    write(60);
    QTRY_COMPARE_WITH_TIMEOUT(at(), QByteArray(R"({"position":700})"), kSoon);
    stop(name);
    const auto second = endedPeriod(name, 2);
    QCOMPARE(second.records, std::optional<std::int64_t>(60));
    QVERIFY(second.exact);
    QCOMPARE(recordsIn(second.moves), std::int64_t(60));
    QCOMPARE(second.moves.back().before, QByteArray(R"({"position":280})"));
    QCOMPARE(second.moves.back().after, QByteArray(R"({"position":700})"));
}

//! The source above, which is stopped: nobody watches while its offsets are set.
// Rows: C14
void tst_LedgerPlatform::whatOthersDidToASourceMeanwhileIsFound()
{
    const auto name = QStringLiteral("lines-source");
    QCoro::waitFor(m_ledger->close());
    auto offsets = on(m_client->fetchOffsets(name, patient)).value();
    QCOMPARE(offsets.size(), size_t(1));
    offsets.front().offsetJson = R"({"position":777})";
    const auto set = on(m_client->send(alterOffsetsRequest(name, offsets), patient));
    QVERIFY2(set, why(set).constData());
    LedgerWatch::Settings settings;
    settings.every = 500ms;
    m_ledger = std::make_unique<LedgerService>(*m_platform.contexts, *m_platform.operations, settings);
    m_ledger->watch();
    QTRY_VERIFY_WITH_TIMEOUT(!read(name, LedgerKind::Jump).empty(), kSoon);
    const auto jumps = read(name, LedgerKind::Jump);
    QCOMPARE(jumps.size(), size_t(1));
    QVERIFY(jumps.front().jump == JumpKind::MovedAtRest || jumps.front().jump == JumpKind::MovedUnwatched);
    QCOMPARE(jumps.front().moves.front().before, QByteArray(R"({"position":700})"));
    QCOMPARE(jumps.front().moves.front().after, QByteArray(R"({"position":777})"));
}

// Rows: C15
void tst_LedgerPlatform::whatASinkConsumedIsWhatItsGroupSays()
{
    const auto name = QStringLiteral("orders-sink"), topic = QStringLiteral("orders");
    if (m_subject->isReal()) {
        const auto fault = m_feeder->createTopic(topic, 3, 1, {});
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    const auto fill = [&](int count) {
        for (int partition = 0; partition < 3; ++partition) {
            produce(topic, partition, std::vector<QByteArray>(size_t(count * (partition + 1)), "an order"));
        }
    };
    fill(50);
    create(name, "org.apache.kafka.connect.file.FileStreamSinkConnector",
        {{QStringLiteral("topics"), topic},
            {QStringLiteral("file"), m_subject->dataDirectory() + QStringLiteral("/orders.txt")},
            {QStringLiteral("key.converter"), kText}, {QStringLiteral("value.converter"), kText}});
    watch({name});
    QTRY_COMPARE_WITH_TIMEOUT(lines(QStringLiteral("orders.txt")), qint64(300), kSoon);
    stop(name);
    const auto first = endedPeriod(name);
    const auto group = positions(name);
    QCOMPARE(int(group.size()), 3);
    QCOMPARE(int(first.moves.size()), 3);
    for (const auto &move : first.moves) {
        QCOMPARE(move.after.toLongLong(), qint64(group.at(move.tp)));
    }

    const auto leftItsGroup = [&] { // groups are described every 15 s: until then it may still be reading
        const auto snapshot = m_platform.contexts->session({QStringLiteral("lab")})->snapshot();
        const auto row = std::ranges::find(snapshot->connectors, refOf(name), &ConnectorFacts::ref);
        return row != snapshot->connectors.end() && row->members.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(leftItsGroup(), kSoon);
    resume(name);
    fill(10);
    QTRY_COMPARE_WITH_TIMEOUT(lines(QStringLiteral("orders.txt")), qint64(360), kSoon);
    stop(name);
    const auto second = endedPeriod(name, 2);
    QCOMPARE(second.records, std::optional<std::int64_t>(60)); // as many as were delivered
    QVERIFY(second.exact);
    for (const auto &move : second.moves) {
        QCOMPARE(move.before.toLongLong(), qint64(group.at(move.tp)));
        QCOMPARE(move.after.toLongLong(), qint64(positions(name).at(move.tp)));
    }
    QVERIFY(read(name, LedgerKind::Jump).empty());
}

void tst_LedgerPlatform::whatOthersMoveIsAJump()
{
    const auto name = QStringLiteral("orders-sink");
    const TopicPartition tp {QStringLiteral("orders"), 0};
    const auto answer
        = on(m_client->send(alterOffsetsRequest(name, {sinkOffset({tp, 7})}), patient)); // as by somebody else's curl
    QVERIFY2(answer, why(answer).constData());
    QTRY_COMPARE_WITH_TIMEOUT(int(read(name, LedgerKind::Jump).size()), 1, kSoon);
    const auto jump = read(name, LedgerKind::Jump).front();
    QCOMPARE(jump.jump, std::optional(JumpKind::WentBack));
    QCOMPARE(int(jump.moves.size()), 1);
    QCOMPARE(jump.moves.front().tp, tp);
    QCOMPARE(jump.moves.front().before, QByteArray("60"));
    QCOMPARE(jump.moves.front().after, QByteArray("7"));
}

// Rows: C16
void tst_LedgerPlatform::deadLettersAreCountedByOffset()
{
    const auto name = QStringLiteral("tolerant-sink"), topic = QStringLiteral("mixed"),
               dead = QStringLiteral("mixed-dead");
    if (m_subject->isReal()) {
        const auto fault = m_feeder->createTopic(topic, 1, 1, {});
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    const auto fill = [&](int good, int bad) {
        std::vector<QByteArray> values(size_t(good), R"({"id":1})");
        values.insert(values.begin() + good / 2, size_t(bad), "{broken");
        produce(topic, 0, values);
    };
    fill(4, 2);
    create(name, "org.apache.kafka.connect.file.FileStreamSinkConnector",
        {{QStringLiteral("topics"), topic},
            {QStringLiteral("file"), m_subject->dataDirectory() + QStringLiteral("/mixed.txt")},
            {QStringLiteral("key.converter"), kText}, {QStringLiteral("value.converter"), kJson},
            {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")},
            {QStringLiteral("errors.tolerance"), QStringLiteral("all")},
            {QStringLiteral("errors.deadletterqueue.topic.name"), dead},
            {QStringLiteral("errors.deadletterqueue.topic.replication.factor"), QStringLiteral("1")},
            {QStringLiteral("errors.deadletterqueue.context.headers.enable"), QStringLiteral("true")}});
    watch({name});
    QTRY_COMPARE_WITH_TIMEOUT(lines(QStringLiteral("mixed.txt")), qint64(4), kSoon);
    stop(name);
    endedPeriod(name);
    resume(name);
    fill(6, 5);
    QTRY_COMPARE_WITH_TIMEOUT(lines(QStringLiteral("mixed.txt")), qint64(10), kSoon);
    stop(name);
    const auto period = endedPeriod(name, 2);
    QCOMPARE(period.records, std::optional<std::int64_t>(11));
    QCOMPARE(period.deadLetterCount, std::optional<std::int64_t>(5)); // as many as the script broke
    QCOMPARE(recordsIn(period.deadLetters), std::int64_t(5));
    std::int64_t before = 0;
    for (const auto &each : period.deadLetters) {
        before += each.before.toLongLong();
    }
    QCOMPARE(before, std::int64_t(2)); // by offset: behind those of the period before
    QCOMPARE(period.taskFailures, std::optional<std::int64_t>(0));
}

// Rows: C16
void tst_LedgerPlatform::failuresOfTasksAreCounted()
{
    const auto name = QStringLiteral("strict-sink"), topic = QStringLiteral("strict");
    if (m_subject->isReal()) {
        const auto fault = m_feeder->createTopic(topic, 1, 1, {});
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    produce(topic, 0, {R"({"id":1})"});
    create(name, "org.apache.kafka.connect.file.FileStreamSinkConnector",
        {{QStringLiteral("topics"), topic},
            {QStringLiteral("file"), m_subject->dataDirectory() + QStringLiteral("/strict.txt")},
            {QStringLiteral("key.converter"), kText}, {QStringLiteral("value.converter"), kJson},
            {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}});
    watch({name});
    QTRY_COMPARE_WITH_TIMEOUT(lines(QStringLiteral("strict.txt")), qint64(1), kSoon);
    produce(topic, 0, {"{broken"});
    const auto isFailed = [&](const ConnectorFacts &facts) {
        return facts.ref.name == name && !facts.status.tasks.empty()
            && facts.status.tasks.front().state.run == RunState::Failed;
    };
    const auto *session = m_platform.contexts->session({QStringLiteral("lab")});
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(session->snapshot()->connectors, isFailed), kSoon);
    const auto seen = session->snapshot()->takenAt;
    QTRY_VERIFY_WITH_TIMEOUT(session->snapshot()->takenAt > seen + 2s, kSoon); // the ledger has looked since
    stop(name);
    const auto period = endedPeriod(name);
    QCOMPARE(period.taskFailures, std::optional<std::int64_t>(1));
    QVERIFY(!period.deadLetterCount); // it has no such topic: no data, not zero
}

void tst_LedgerPlatform::itIsPartOfTheChain()
{
    const auto verdict = on(m_platform.operations->verify({QStringLiteral("lab")}, patient));
    QVERIFY(verdict && verdict->intact && verdict->records > 0);
}

QTEST_GUILESS_MAIN(tst_LedgerPlatform)
#include "tst_ledgerplatform.moc"
