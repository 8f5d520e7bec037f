// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/platformservices.h"
#include "services/proof/fixproofservice.h"
#include "support/realkafka/kafkafeeder.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

const auto kTopic = QStringLiteral("orders");
const auto kSink = QStringLiteral("orders-sink");
const auto kDead = QStringLiteral("orders-dead");

//! What lies among the good records: by their offsets.
const std::map<int, QByteArray> kOdd {{30, "{\"a\":1} and more"}, {60, "007"}, {90, ""}, {120, "{\"a\":}"},
    {150, QByteArray("\"\xff\"")}, {180, QByteArray("\0\0\0\0\7avro", 9)}, {207, "bad"}, {240, "[1,2"},
    {270, "\"\\q\""}};
const std::vector<std::int64_t> kRefused {120, 150, 180, 207, 240, 270};
constexpr int kRecords = 300, kFramed = 180;

QByteArray header(const Record &record, const char *name)
{
    const auto found = std::ranges::find(record.headers, QByteArray("__connect.errors.") + name, &RecordHeader::key);
    return found == record.headers.end() ? QByteArray() : found->value;
}

} // namespace

/*! A proof beside what Connect then really does: on a platform of its own, local or real, a sink stops at a record that
 * is no JSON, the fix is proven, then made. */
class tst_FixProofPlatform : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theProofIsWhatConnectDoes();
    void anotherConverterTakesThemAll();
    void withoutToleranceItStopsAndTheRecordIsInTheTopicAllTheSame();

private:
    template <class T> Result<T> on(Task<T> task) { return QCoro::waitFor(std::move(task)); }
    ConfigMap config(const QString &file) const;
    QString shapeOf(const QString &name) { return shape(on(m_client->fetchStatus(name, patient))); }
    std::int64_t position(const QString &name);
    std::vector<Record> recordsOf(const QString &topic);
    Result<FixProof> prove(const std::vector<SettingChange> &changes)
    {
        return on(m_proofs->prove(
            {{{QStringLiteral("lab")}, {QStringLiteral("main")}, kSink}, changes, kRecords}, {}, patient));
    }
    bool put(const QString &name, const ConfigMap &config);

    static SettingChange set(const char *key, const QString &value) { return {QString::fromLatin1(key), value}; }
    static std::vector<SettingChange> deadLetters(const QString &topic)
    {
        return {set("errors.deadletterqueue.topic.name", topic),
            set("errors.deadletterqueue.topic.replication.factor", QStringLiteral("1")),
            set("errors.deadletterqueue.context.headers.enable", QStringLiteral("true"))};
    }

    std::unique_ptr<Subject> m_subject;
    std::unique_ptr<ConnectClient> m_client;
    PlatformServices m_platform;
    std::unique_ptr<KafkaAdmin> m_admin;
    std::unique_ptr<RecordReader> m_reader;
    std::unique_ptr<FixProofService> m_proofs;
};

ConfigMap tst_FixProofPlatform::config(const QString &file) const
{
    return {
        {QStringLiteral("connector.class"), QStringLiteral("org.apache.kafka.connect.file.FileStreamSinkConnector")},
        {QStringLiteral("topics"), kTopic}, {QStringLiteral("file"), QString(m_subject->dataDirectory() + u'/' + file)},
        {QStringLiteral("key.converter"), QStringLiteral("org.apache.kafka.connect.storage.StringConverter")},
        {QStringLiteral("value.converter"), QStringLiteral("org.apache.kafka.connect.json.JsonConverter")},
        {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}};
}

bool tst_FixProofPlatform::put(const QString &name, const ConfigMap &config)
{
    return on(m_client->send(putConfigRequest(name, config), patient)).has_value();
}

void tst_FixProofPlatform::initTestCase()
{
    m_subject = makeSubject();
    if (const auto why = m_subject->whyNot(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    QVERIFY2(m_subject->start(), qPrintable(m_subject->error()));
    KafkaFeeder feeder(m_subject->bootstrap());
    if (m_subject->isReal()) {
        const auto fault = feeder.createTopic(kTopic, 1, 1, {});
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    std::vector<RealKafka::Produced> records;
    for (int i = 0; i < kRecords; ++i) {
        const auto odd = kOdd.find(i);
        records.push_back({.key = "k", .value = odd == kOdd.end() ? QByteArray("{\"a\":1}") : odd->second});
    }
    const auto fault = feeder.produce(kTopic, 0, records);
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
    m_client = makeClient(m_subject->cluster(), m_subject->password());
    m_platform.open(*m_subject, Mode::ReadOnly);
    m_proofs = std::make_unique<FixProofService>(*m_platform.contexts, *m_platform.operations);
    m_admin = m_platform.real.edges.kafkaAdmin(m_platform.context.kafka, m_platform.real.secrets);
    m_reader = m_platform.real.edges.reader(m_platform.context.kafka, m_platform.real.secrets);
    QVERIFY(put(kSink, config(QStringLiteral("out.txt"))));
    QTRY_COMPARE_WITH_TIMEOUT(shapeOf(kSink), QStringLiteral("RUNNING[0:FAILED]"), 60'000);
}

void tst_FixProofPlatform::cleanupTestCase()
{
    if (m_proofs) {
        QCoro::waitFor(m_platform.operations->close());
        QCoro::waitFor(m_proofs->close());
        QCoro::waitFor(m_platform.contexts->close());
        QCoro::waitFor(m_admin->close());
        QCoro::waitFor(m_reader->close());
    }
    m_proofs.reset();
    m_platform.reset();
    m_admin.reset();
    m_reader.reset();
    if (m_client) {
        QCoro::waitFor(m_client->close());
    }
    m_client.reset();
    m_subject.reset();
}

std::int64_t tst_FixProofPlatform::position(const QString &name)
{
    const auto offsets = on(m_client->fetchOffsets(name, patient));
    const auto found = sinkPosition(offsets && !offsets->empty() ? offsets->front() : ConnectorOffset {});
    return found ? found->offset.value_or(-1) : -1;
}

std::vector<Record> tst_FixProofPlatform::recordsOf(const QString &topic)
{
    const auto read = on(m_reader->read({.tp = {topic, 0}, .from = 0}, patient));
    return read ? read->records : std::vector<Record>();
}

void tst_FixProofPlatform::theProofIsWhatConnectDoes()
{
    const auto groups = on(m_admin->fetchGroups(patient));
    const auto before = on(m_client->fetchConfig(kSink, patient));
    QVERIFY2(before, why(before).constData());
    auto changes = deadLetters(kDead);
    changes.push_back(set("errors.tolerance", QStringLiteral("all")));
    const auto proof = prove(changes);
    QVERIFY2(proof, why(proof).constData());
    QCOMPARE(proof->records, kRecords);
    QCOMPARE(proof->proposed.passed, kRecords - int(kRefused.size()));
    std::vector<std::int64_t> foretold;
    std::ranges::transform(
        proof->refused, std::back_inserter(foretold), [](const RefusedRecord &each) { return each.place.offset; });
    QCOMPARE(foretold, kRefused);
    QVERIFY(proof->warnings.empty());

    // Nothing has changed by that.
    QCOMPARE(on(m_client->fetchConfig(kSink, patient)).value_or(ConfigMap()), *before);
    QCOMPARE(shapeOf(kSink), QStringLiteral("RUNNING[0:FAILED]"));
    const auto after = on(m_admin->fetchGroups(patient));
    QCOMPARE(after.has_value(), groups.has_value());
    QCOMPARE(after.value_or(QStringList()), groups.value_or(QStringList()));
    const auto topics = on(m_admin->fetchCluster(patient));
    QVERIFY(topics && std::ranges::find(topics->topics, kDead, &TopicFact::name) == topics->topics.end());

    // Now in earnest.
    QVERIFY(put(kSink, withChanges(*before, changes)));
    QTRY_COMPARE_WITH_TIMEOUT(shapeOf(kSink), QStringLiteral("RUNNING[0:RUNNING]"), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(position(kSink), std::int64_t(kRecords), 90'000);
    QCOMPARE(shapeOf(kSink), QStringLiteral("RUNNING[0:RUNNING]"));
    const auto dead = recordsOf(kDead);
    QCOMPARE(dead.size(), proof->refused.size());
    for (size_t i = 0; i < dead.size(); ++i) {
        const auto &refused = proof->refused[i];
        QCOMPARE(header(dead[i], "offset"), QByteArray::number(qint64(refused.place.offset)));
        QCOMPARE(header(dead[i], "stage"), stageName(refused.side).toLatin1());
        QCOMPARE(header(dead[i], "class.name"), refused.converter.toLatin1());
        QCOMPARE(header(dead[i], "exception.class.name"), refused.why.front().exceptionClass.toLatin1());
        QCOMPARE(header(dead[i], "exception.message"), refused.why.front().message.toUtf8());
        if (refused.place.offset == kFramed) {
            continue; // taken for UTF-32 there, of which no text is made
        }
        // Its beginning: how the rest is worded is the parser's own.
        const auto trace = header(dead[i], "exception.stacktrace");
        const auto cause = refused.why.back().message.section(u'\n', 0, 0).left(30).toUtf8();
        QVERIFY2(trace.contains(cause), QByteArray(cause + " is not in " + trace.left(2000)).constData());
    }
}

void tst_FixProofPlatform::anotherConverterTakesThemAll()
{
    const auto proof
        = prove({set("value.converter", QStringLiteral("org.apache.kafka.connect.converters.ByteArrayConverter")),
            {QStringLiteral("errors.tolerance"), std::nullopt}});
    QVERIFY2(proof, why(proof).constData());
    QCOMPARE(proof->proposed.passed, kRecords);
    QCOMPARE(proof->cured, int(kRefused.size()));
}

void tst_FixProofPlatform::withoutToleranceItStopsAndTheRecordIsInTheTopicAllTheSame()
{
    const auto name = QStringLiteral("strict-sink"), topic = QStringLiteral("strict-dead");
    const auto changes = deadLetters(topic);
    QCOMPARE(fateOfRefused(errorRules(withChanges({}, changes))), RecordFate::StopsAfterDeadLetter);
    QVERIFY(put(name, withChanges(config(QStringLiteral("strict.txt")), changes)));
    QTRY_COMPARE_WITH_TIMEOUT(shapeOf(name), QStringLiteral("RUNNING[0:FAILED]"), 60'000);
    const auto dead = recordsOf(topic);
    QCOMPARE(dead.size(), 1U);
    QCOMPARE(header(dead.front(), "offset"), QByteArray::number(qint64(kRefused.front())));
}

QTEST_GUILESS_MAIN(tst_FixProofPlatform)
#include "tst_fixproofplatform.moc"
