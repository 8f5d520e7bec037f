// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/sessionlab.h"

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const QString kTopic = QStringLiteral("orders");
const QString kGroup = QStringLiteral("connect-sink");
const QString kJson = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");
const QString kBadRecord = QStringLiteral(
    "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\n"
    "Caused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data failed due to "
    "serialization error: \nCaused by: org.apache.kafka.common.errors.SerializationException: x\n");

void append(SessionLab &lab, int records, int bad)
{
    for (int i = 0; i < records; ++i) {
        lab.world.kafka->append(kTopic, 0, "k", i == bad ? QByteArray("{broken") : QByteArray("{\"a\":1}"));
    }
}

//! A sink that stands at the beginning of its topic, which holds `records`, the one at `bad` no JSON.
void makeSink(SessionLab &lab, int records, int bad, const QString &converter = kJson)
{
    auto &sink = lab.world.cluster().add(QStringLiteral("sink"), ConnectorType::Sink, {"RUNNING"});
    sink.info.config.emplace_back(QStringLiteral("topics"), kTopic);
    sink.info.config.emplace_back(QStringLiteral("value.converter"), converter);
    sink.info.config.emplace_back(QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false"));
    append(lab, records, bad);
    lab.world.kafka->commit(kGroup, kTopic, 0, 0);
}

//! The same when its only task fell over the bad record.
void makeFallen(SessionLab &lab, int records, int bad, const QString &converter = kJson)
{
    makeSink(lab, records, bad, converter);
    lab.world.cluster().failTask(QStringLiteral("sink"), 0, kBadRecord);
}

const Problem *failureIn(const SessionLab &lab)
{
    const auto &problems = lab.session->problems();
    const auto found = std::ranges::find(problems, ProblemKind::TasksFailed, &Problem::kind);
    return found == problems.end() ? nullptr : &*found;
}

void look(SessionLab &lab)
{
    lab.session->setInterest({.visible = true, .onScreen = {lab.row("sink")->ref}});
}

//! Pieces of 1,000 records: an age takes one, who looks for Connect's own topics takes few.
int searches(const SessionLab &lab)
{
    const auto isSearch = [](const FakeKafka::Call &call) {
        return call.name == QLatin1String("read orders-0") && call.items == 1000;
    };
    return int(std::ranges::count_if(lab.world.kafka->calls, isSearch));
}

} // namespace

class tst_RecordSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatIsOnScreenIsLookedFor()
    {
        SessionLab lab;
        makeFallen(lab, 50, 20);
        lab.open(true);
        lab.pass(20s);
        QVERIFY(failureIn(lab));
        QVERIFY(!failureIn(lab)->record);
        QCOMPARE(searches(lab), 0);
        look(lab);
        lab.pass(1s);
        QVERIFY(failureIn(lab)->record);
        QCOMPARE(failureIn(lab)->record->tp, (TopicPartition {kTopic, 0}));
        QCOMPARE(failureIn(lab)->record->offset, 20);
        QCOMPARE(failureIn(lab)->record->evidence, RecordEvidence::FoundByReading);
        QCOMPARE(failureIn(lab)->record->recordsRead, 50);
        QVERIFY(!failureIn(lab)->recordSought);
    }

    //! The status is polled more often than positions: the last lag may be older than the failure.
    void aRecordThatCameAfterALagOfZeroIsFound()
    {
        SessionLab lab;
        makeSink(lab, 50, -1);
        lab.world.kafka->commit(kGroup, kTopic, 0, 50);
        lab.open(true);
        lab.pass(20s);
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(0));
        append(lab, 10, 4);
        lab.world.cluster().failTask(QStringLiteral("sink"), 0, kBadRecord);
        look(lab);
        lab.pass(20s);
        QVERIFY(failureIn(lab) && failureIn(lab)->record);
        QCOMPARE(failureIn(lab)->record->offset, 54);
    }

    void aFailureIsLookedForOnce_data()
    {
        QTest::addColumn<int>("bad");
        QTest::newRow("found") << 20;
        QTest::newRow("in vain") << -1;
    }
    void aFailureIsLookedForOnce()
    {
        QFETCH(int, bad);
        SessionLab lab;
        makeFallen(lab, 50, bad);
        lab.open(true);
        look(lab);
        lab.pass(5s);
        QCOMPARE(searches(lab), 1);
        lab.pass(5min);
        QCOMPARE(searches(lab), 1);
        QCOMPARE(failureIn(lab)->record.has_value(), bad >= 0);
        QCOMPARE(failureIn(lab)->recordError.has_value(), bad < 0);
    }

    void whatIsNotFoundIsSaid_data()
    {
        QTest::addColumn<QString>("converter");
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("kind");
        QTest::newRow("no such record") << kJson << QString() << int(ErrorKind::NotFound);
        QTest::newRow("a converter that we cannot play")
            << QStringLiteral("com.example.OwnConverter") << QString() << int(ErrorKind::NotSupported);
        QTest::newRow("no right to read") << kJson << QStringLiteral("read orders") << int(ErrorKind::NotPermitted);
    }
    void whatIsNotFoundIsSaid()
    {
        QFETCH(QString, converter);
        QFETCH(QString, fault);
        QFETCH(int, kind);
        SessionLab lab;
        makeFallen(lab, 50, -1, converter);
        if (!fault.isEmpty()) {
            lab.world.kafka->failing[fault] = Error {.kind = ErrorKind::NotPermitted};
        }
        lab.open(true);
        look(lab);
        lab.pass(5s);
        QVERIFY(!failureIn(lab)->record);
        QVERIFY(failureIn(lab)->recordError);
        QCOMPARE(int(failureIn(lab)->recordError->kind), kind);
    }

    void leavingTheScreenEndsIt()
    {
        SessionLab lab;
        makeFallen(lab, 5000, -1);
        lab.open(true);
        lab.pass(4s);
        lab.world.kafka->latency = 400ms;
        look(lab);
        lab.pass(600ms);
        QVERIFY(failureIn(lab)->recordSought);
        lab.session->setInterest({.visible = true});
        const auto read = searches(lab);
        lab.pass(5s);
        QVERIFY(searches(lab) <= read + 1); // the piece under way
        QVERIFY(!failureIn(lab)->recordSought);
        QVERIFY(!failureIn(lab)->recordError); // given up is not "in vain"
    }

    void aPassedRecordIsNotShown()
    {
        SessionLab lab;
        makeFallen(lab, 50, 20);
        lab.open(true);
        look(lab);
        lab.pass(5s);
        QVERIFY(failureIn(lab)->record);
        lab.world.kafka->commit(kGroup, kTopic, 0, 30); // somebody moved the position over it
        lab.world.kafka->partitions[{kTopic, 0}].records[40].value = QByteArray("{broken too");
        lab.pass(5s);
        QVERIFY(failureIn(lab)->record);
        QCOMPARE(failureIn(lab)->record->offset, 40);
    }
};

QTEST_GUILESS_MAIN(tst_RecordSearch)
#include "tst_recordsearch.moc"
