// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/fixproof.h"

#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

const auto json = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");
const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
const auto orders = QStringLiteral("orders");

ConfigMap sink(ConfigMap more = {})
{
    ConfigMap config {{QStringLiteral("connector.class"), QStringLiteral("FileStreamSink")},
        {QStringLiteral("topics"), orders}, {QStringLiteral("key.converter"), text},
        {QStringLiteral("value.converter"), json},
        {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}};
    config.insert(config.end(), more.begin(), more.end());
    return config;
}

SettingChange set(const char *key, const QString &value)
{
    return {QString::fromLatin1(key), value};
}
const auto tolerate = set("errors.tolerance", QStringLiteral("all"));
const auto deadLetters = set("errors.deadletterqueue.topic.name", QStringLiteral("orders-dead"));

Record record(std::int64_t offset, const char *value)
{
    return {.tp = {orders, 0}, .offset = offset, .key = QByteArray("k"), .value = QByteArray(value)};
}

//! 500 records of which one is no JSON, as in the issue.
std::vector<Record> fiveHundred()
{
    std::vector<Record> records;
    for (int i = 0; i < 500; ++i) {
        records.push_back(record(18'442'700 + i, i == 207 ? "bad" : "{\"a\":1}"));
    }
    return records;
}

FixProof proofOf(const ConfigMap &config, const std::vector<SettingChange> &changes, const std::vector<Record> &records)
{
    auto proof = beginProof(config, changes);
    addRecords(proof, records);
    endProof(proof, DeadLetterTarget {.exists = true, .brokers = 3}, true);
    return proof;
}

bool warns(const FixProof &proof, ProofWarning warning)
{
    return std::ranges::find(proof.warnings, warning) != proof.warnings.end();
}

bool leavesOpen(const FixProof &proof, ProofGapKind kind, const QString &what)
{
    return std::ranges::find(proof.gaps, ProofGap {kind, what}) != proof.gaps.end();
}

} // namespace

class TestFixProof : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneOfFiveHundredGoesToTheDeadLetters()
    {
        const auto proof = proofOf(sink(), {tolerate, deadLetters}, fiveHundred());
        QCOMPARE(proof.records, 500);
        QCOMPARE(proof.proposed.passed, 499);
        QCOMPARE(proof.proposed.refused, 1);
        QCOMPARE(proof.refused.size(), 1U);
        const auto &refused = proof.refused.front();
        QCOMPARE(refused.place, (RecordPlace {{orders, 0}, 18'442'907}));
        QCOMPARE(refused.side, RecordSide::Value);
        QVERIFY(refused.refusedNow);
        QVERIFY(refused.why.back().message.startsWith(QStringLiteral("Unrecognized token 'bad'")));
        QCOMPARE(fateOfRefused(proof.proposed.errors), RecordFate::DeadLettered);
        QCOMPARE(fateOfRefused(proof.now.errors), RecordFate::StopsTask);
        QVERIFY(leavesOpen(proof, ProofGapKind::Plugin, QStringLiteral("FileStreamSink")));
        QVERIFY(proof.warnings.empty());
    }

    void anotherConverterCuresIt()
    {
        const auto proof = proofOf(sink(), {set("value.converter", text)}, fiveHundred());
        QCOMPARE(proof.proposed.passed, 500);
        QCOMPARE(proof.cured, 1);
        QCOMPARE(proof.firstCured, (RecordPlace {{orders, 0}, 18'442'907}));
        QVERIFY(proof.refused.empty());
    }

    void aKeyIsReadBeforeItsValue()
    {
        auto bad = record(5, "bad");
        const auto proof = proofOf(sink(), {set("key.converter", json)}, {bad});
        QCOMPARE(proof.refused.front().side, RecordSide::Key);
        QCOMPARE(proof.proposed.refused, 1);
    }

    void tombstonesPass()
    {
        auto tombstone = record(5, "");
        tombstone.value.reset();
        QCOMPARE(proofOf(sink(), {tolerate}, {tombstone}).proposed.passed, 1);
    }

    void fates_data()
    {
        QTest::addColumn<QString>("tolerance");
        QTest::addColumn<QString>("topic");
        QTest::addColumn<bool>("log");
        QTest::addColumn<RecordFate>("fate");
        const QString none = QStringLiteral("none"), all = QStringLiteral("all"), topic = QStringLiteral("dead");
        QTest::newRow("nothing set") << QString() << QString() << false << RecordFate::StopsTask;
        QTest::newRow("none, with a topic") << none << topic << false << RecordFate::StopsAfterDeadLetter;
        QTest::newRow("all") << all << QString() << false << RecordFate::Dropped;
        QTest::newRow("all, logged") << all << QString() << true << RecordFate::Logged;
        QTest::newRow("all, with a topic") << all << topic << true << RecordFate::DeadLettered;
    }
    void fates()
    {
        QFETCH(QString, tolerance);
        QFETCH(QString, topic);
        QFETCH(bool, log);
        QFETCH(RecordFate, fate);
        const auto rules = errorRules({{QStringLiteral("errors.tolerance"), tolerance},
            {QStringLiteral("errors.deadletterqueue.topic.name"), topic},
            {QStringLiteral("errors.log.enable"), log ? QStringLiteral("true") : QStringLiteral("false")}});
        QCOMPARE(fateOfRefused(rules), fate);
        QCOMPARE(rules.deadLetterReplication, 3); // Connect's default
    }

    void whatCannotBeProvenIsSaid()
    {
        const auto own = QStringLiteral("com.acme.OwnConverter");
        auto proof = proofOf(sink({{QStringLiteral("transforms"), QStringLiteral("mask,route")},
                                 {QStringLiteral("predicates"), QStringLiteral("isTombstone")}}),
            {set("value.converter", own), set("batch.size", QStringLiteral("5"))}, fiveHundred());
        QVERIFY(leavesOpen(proof, ProofGapKind::Transforms, QStringLiteral("mask,route")));
        QVERIFY(leavesOpen(proof, ProofGapKind::Predicates, QStringLiteral("isTombstone")));
        QVERIFY(leavesOpen(proof, ProofGapKind::UnknownConverter, own));
        QVERIFY(leavesOpen(proof, ProofGapKind::OtherSettings, QStringLiteral("batch.size")));
        QCOMPARE(proof.proposed.open, 500); // neither passed nor refused
        QCOMPARE(proof.proposed.passed, 0);
        proof = proofOf(sink(), {{QStringLiteral("value.converter"), std::nullopt}}, fiveHundred());
        QVERIFY(leavesOpen(proof, ProofGapKind::WorkerConverter, QStringLiteral("value")));
        QCOMPARE(proof.proposed.open, 500);
    }

    void framesAreCheckedSchemasAreNot()
    {
        const auto avro = QStringLiteral("io.confluent.connect.avro.AvroConverter");
        auto framed = record(1, "");
        framed.value = QByteArray("\0\0\0\0\7xyz", 8);
        const auto proof = proofOf(sink(), {set("value.converter", avro)}, {framed, record(2, "{\"a\":1}")});
        QCOMPARE(proof.proposed.open, 1);
        QCOMPARE(proof.proposed.refused, 1);
        QVERIFY(leavesOpen(proof, ProofGapKind::RegistrySchemas, avro));
    }

    void headersAreOpenOnlyWhereThereAreSome()
    {
        const auto own = QStringLiteral("com.acme.Headers");
        auto with = record(1, "1");
        const auto config = sink({{QStringLiteral("header.converter"), own}});
        QVERIFY(!leavesOpen(proofOf(config, {tolerate}, {with}), ProofGapKind::HeaderConverter, own));
        with.headers = {{"a", "b"}};
        QVERIFY(leavesOpen(proofOf(config, {tolerate}, {with}), ProofGapKind::HeaderConverter, own));
        QVERIFY(!leavesOpen(proofOf(sink(), {tolerate}, {with}), ProofGapKind::HeaderConverter, own));
    }

    void warnings_data()
    {
        QTest::addColumn<std::vector<SettingChange>>("changes");
        QTest::addColumn<ProofWarning>("warning");
        QTest::newRow("nothing") << std::vector<SettingChange>() << ProofWarning::NothingProposed;
        QTest::newRow("lost") << std::vector {tolerate} << ProofWarning::LostSilently;
        QTest::newRow("tolerance") << std::vector {set("errors.tolerance", QStringLiteral("some"))}
                                   << ProofWarning::ToleranceUnknown;
        QTest::newRow("own topic") << std::vector {tolerate, set("errors.deadletterqueue.topic.name", orders)}
                                   << ProofWarning::DeadLetterIsRead;
    }
    void warnings()
    {
        QFETCH(std::vector<SettingChange>, changes);
        QFETCH(ProofWarning, warning);
        QVERIFY(warns(proofOf(sink(), changes, fiveHundred()), warning));
        QVERIFY(!warns(proofOf(sink(), {tolerate, deadLetters}, fiveHundred()), warning));
    }

    void aTopicThatCannotBeMadeIsSaid()
    {
        auto proof = beginProof(sink(), {tolerate, deadLetters});
        endProof(proof, DeadLetterTarget {.exists = false, .brokers = 1}, false);
        QVERIFY(warns(proof, ProofWarning::DeadLetterCannotBeMade));
        proof = beginProof(sink(),
            {tolerate, deadLetters, set("errors.deadletterqueue.topic.replication.factor", QStringLiteral("1"))});
        endProof(proof, DeadLetterTarget {.exists = false, .brokers = 1}, false);
        QVERIFY(!warns(proof, ProofWarning::DeadLetterCannotBeMade));
        endProof(proof, std::nullopt, false);
        QVERIFY(warns(proof, ProofWarning::DeadLetterUnknown));
    }

    void aFaultThatTheRecordsDoNotShowIsSaid()
    {
        QVERIFY(warns(proofOf(sink(), {tolerate, deadLetters}, {record(1, "{}")}), ProofWarning::FaultNotSeen));
    }

    void secretsInRecordsAreMasked()
    {
        const auto proof = proofOf(sink(), {tolerate}, {record(1, "bad password=hunter2secret")});
        QVERIFY(!proof.refused.front().valueText.contains(QStringLiteral("hunter2secret")));
    }

    void whatIsKeptIsBoundedWhatIsCountedIsNot()
    {
        std::vector<Record> records;
        for (int i = 0; i < 3000; ++i) {
            records.push_back(record(i, "bad"));
        }
        const auto proof = proofOf(sink(), {tolerate}, records);
        QCOMPARE(proof.proposed.refused, 3000);
        QCOMPARE(proof.refused.size(), size_t(FixProof::mostRefused));
    }

    void windows_data()
    {
        using Windows = std::vector<ProofWindow>;
        QTest::addColumn<std::vector<ProofPartition>>("partitions");
        QTest::addColumn<std::optional<RecordPlace>>("failing");
        QTest::addColumn<int>("records");
        QTest::addColumn<Windows>("windows");
        const TopicPartition zero {orders, 0}, one {orders, 1};
        const std::optional<RecordPlace> nowhere;
        const std::vector<ProofPartition> both {{zero, 900, 0, 1000}, {one, 1900, 1000, 2000}};
        QTest::newRow("from the position")
            << std::vector {ProofPartition {zero, 100, 0, 5000}} << nowhere << 500 << Windows {{zero, 100, 600}};
        QTest::newRow("back where little waits")
            << std::vector {ProofPartition {zero, 4900, 0, 5000}} << nowhere << 500 << Windows {{zero, 4500, 5000}};
        QTest::newRow("back where nothing waits")
            << std::vector {ProofPartition {zero, 5000, 0, 5000}} << nowhere << 500 << Windows {{zero, 4500, 5000}};
        QTest::newRow("never below the start")
            << std::vector {ProofPartition {zero, 10, 4990, 5000}} << nowhere << 500 << Windows {{zero, 4990, 5000}};
        QTest::newRow("nothing committed")
            << std::vector {ProofPartition {zero, {}, 20, 5000}} << nowhere << 100 << Windows {{zero, 20, 120}};
        QTest::newRow("the failing one is far on")
            << std::vector {ProofPartition {zero, 0, 0, 5000}} << std::optional(RecordPlace {zero, 3000}) << 500
            << Windows {{zero, 2750, 3250}};
        QTest::newRow("the failing one is near")
            << std::vector {ProofPartition {zero, 0, 0, 5000}} << std::optional(RecordPlace {zero, 300}) << 500
            << Windows {{zero, 0, 500}};
        QTest::newRow("shared evenly") << both << nowhere << 100 << Windows {{zero, 900, 950}, {one, 1900, 1950}};
        QTest::newRow("the failing one comes first")
            << both << std::optional(RecordPlace {one, 1910}) << 100 << Windows {{one, 1900, 1950}, {zero, 900, 950}};
        QTest::newRow("what one has not goes to the other") << std::vector<ProofPartition> {{zero, 0, 0, 10},
            {one, 0, 0, 5000}} << nowhere << 500 << Windows {{zero, 0, 10}, {one, 0, 490}};
        QTest::newRow("an idle one is left out") << std::vector<ProofPartition> {{zero, 10, 0, 10}, {one, 0, 0, 5000}}
                                                 << nowhere << 500 << Windows {{one, 0, 500}};
        QTest::newRow("an empty log") << std::vector {ProofPartition {zero, 7, 7, 7}} << nowhere << 500 << Windows {};
    }
    void windows()
    {
        QFETCH(std::vector<ProofPartition>, partitions);
        QFETCH(std::optional<RecordPlace>, failing);
        QFETCH(int, records);
        QFETCH(std::vector<ProofWindow>, windows);
        QCOMPARE(proofWindows(partitions, failing, records), windows);
    }

    void manyPartitionsKeepTheBound()
    {
        std::vector<ProofPartition> many;
        for (int i = 0; i < 1000; ++i) {
            many.push_back({{orders, i}, 0, 0, 1'000'000});
        }
        const auto windows = proofWindows(many, RecordPlace {{orders, 999}, 5}, 500);
        QCOMPARE(windows.size(), 50U);
        QCOMPARE(windows.front().tp.partition, 999);
        std::int64_t sum = 0;
        for (const auto &window : windows) {
            sum += window.until - window.from;
        }
        QCOMPARE(sum, 500);
    }
};

QTEST_GUILESS_MAIN(TestFixProof)
#include "tst_fixproof.moc"
