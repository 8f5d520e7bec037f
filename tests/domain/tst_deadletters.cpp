// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/payload.h"
#include "domain/deadletters/redrivedrift.h"
#include "domain/deadletters/redriveprogress.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace headgate;
using namespace std::chrono_literals;
using enum RedriveWarningKind;

namespace {

const Instant now {1'773'129'900'000ms};

RecordHeader header(const char *name, const QByteArray &value)
{
    return {QByteArray("__connect.errors.") + name, value};
}

//! A letter as Connect 4.1 writes it, its headers in that order.
Record letter(std::int64_t offset, const char *stage = "VALUE_CONVERTER", Instant at = now)
{
    return {.tp = {QStringLiteral("orders.dlq"), 0},
        .offset = offset,
        .timestamp = at,
        .key = QByteArray("k"),
        .value = QByteArray("not json"),
        .headers = {{"trace-id", "7"}, header("topic", "orders"), header("partition", "3"), header("offset", "905"),
            header("connector.name", "orders-sink"), header("task.id", "1"), header("stage", stage),
            header("class.name", "org.apache.kafka.connect.json.JsonConverter"),
            header("exception.class.name", "org.apache.kafka.connect.errors.DataException"),
            header("exception.message", "Converting byte[] to Kafka Connect data failed due to serialization error: "),
            header("exception.stacktrace",
                "org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data failed due to "
                "serialization error: \n\tat a.b(C.java:1)\nCaused by: "
                "org.apache.kafka.common.errors.SerializationException: java.io.CharConversionException: Invalid "
                "UTF-32\n")}};
}

DeadLetter at(std::int64_t offset, bool hasOriginal = true)
{
    auto made = deadLetterOf(letter(offset));
    if (!hasOriginal) {
        made.original.reset();
    }
    return made;
}

struct Scene
{
    RedriveRequest request;
    RedriveFacts facts;

    Scene()
    {
        request.connector = {{QStringLiteral("eu")}, {QStringLiteral("main")}, QStringLiteral("orders-sink")};
        for (std::int64_t offset : {7, 5, 6}) {
            request.chosen.push_back({{QStringLiteral("orders.dlq"), 0}, offset});
            facts.letters.push_back(at(offset));
        }
        facts.kafkaClusterId = QStringLiteral("cluster-1");
        facts.topics
            = {{.name = QStringLiteral("orders"), .exists = true, .id = QStringLiteral("id-1"), .partitions = 4},
                {.name = QStringLiteral("orders.dlq"), .exists = true, .id = QStringLiteral("id-2"), .partitions = 1}};
        facts.starts = {{{QStringLiteral("orders.dlq"), 0}, 0}};
        facts.now = now;
    }
    RedrivePlan plan() const { return planRedrive(request, facts).value(); }
};

bool warns(const RedrivePlan &plan, RedriveWarningKind kind)
{
    return std::ranges::find(plan.warnings, kind, &RedriveWarning::kind) != plan.warnings.end();
}

} // namespace

class tst_DeadLetters : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void headersTellWhatFailed()
    {
        const auto read = deadLetterOf(letter(12));
        QCOMPARE(read.at.offset, 12);
        QCOMPARE(*read.original, (RecordAt {{QStringLiteral("orders"), 3}, 905}));
        QCOMPARE(read.reason->connector, QStringLiteral("orders-sink"));
        QCOMPARE(read.reason->task, 1);
        QCOMPARE(read.reason->stage, QStringLiteral("VALUE_CONVERTER"));
        QVERIFY(read.reason->trace.contains(QStringLiteral("CharConversionException")));
        QVERIFY(read.bytes > 8);
    }

    void withoutHeadersNothingIsClaimed()
    {
        auto bare = letter(1);
        bare.headers = {{"trace-id", "7"}};
        const auto read = deadLetterOf(bare);
        QVERIFY(!read.original && !read.reason);
        const auto groups = groupsOf({read}, now);
        QCOMPARE(int(groups.size()), 1);
        QVERIFY(!groups[0].hasReason);
    }

    void damagedHeadersLeaveTheirPartOut_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("partition in words") << QByteArray("partition") << QByteArray("three");
        QTest::newRow("partition below zero") << QByteArray("partition") << QByteArray("-1");
        QTest::newRow("partition too large") << QByteArray("partition") << QByteArray("4294967296");
        QTest::newRow("offset cut") << QByteArray("offset") << QByteArray();
        QTest::newRow("no topic") << QByteArray("topic") << QByteArray();
    }
    void damagedHeadersLeaveTheirPartOut()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        auto record = letter(1);
        record.headers.push_back({"__connect.errors." + name, value}); // the last one counts
        const auto read = deadLetterOf(record);
        QVERIFY(!read.original);
        QVERIFY(read.reason.has_value());
    }

    void groupsAreByConnectorStageAndException()
    {
        std::vector<DeadLetter> letters;
        letters.push_back(deadLetterOf(letter(1, "VALUE_CONVERTER", now - 3h)));
        letters.push_back(deadLetterOf(letter(2, "VALUE_CONVERTER", now - 10min)));
        letters.push_back(deadLetterOf(letter(3, "TRANSFORMATION", now - 30h)));
        const auto groups = groupsOf(letters, now);
        QCOMPARE(int(groups.size()), 2);
        QCOMPARE(groups[0].records, 2);
        QCOMPARE(groups[0].first, now - 3h);
        QCOMPARE(groups[0].last, now - 10min);
        QCOMPARE(groups[0].perHour.at(DeadLetterGroup::buckets - 1), 1);
        QCOMPARE(groups[0].perHour.at(DeadLetterGroup::buckets - 4), 1);
        QCOMPARE(groups[0].cause.kind, CauseKind::Deserialization);
        QCOMPARE(std::ranges::count(groups[1].perHour, 0), DeadLetterGroup::buckets); // older than a day
        QCOMPARE(groupKey(letters[2]), groupKey(groups[1]));
    }

    void payloads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<PayloadForm>("form");
        QTest::newRow("empty") << QByteArray("") << PayloadForm::Empty;
        QTest::newRow("json") << QByteArray("{\"a\":1.50,\"b\":[]}") << PayloadForm::Json;
        QTest::newRow("a number is json") << QByteArray("12") << PayloadForm::Json;
        QTest::newRow("text") << QByteArray("caf\xc3\xa9 {") << PayloadForm::Text;
        QTest::newRow("no text") << QByteArray("\x01\x02\x03", 3) << PayloadForm::Bytes;
        QTest::newRow("broken letters") << QByteArray("a\xc3(") << PayloadForm::Bytes;
        QTest::newRow("registry") << QByteArray("\0\0\0\x04\xa0xyz", 8) << PayloadForm::Registry;
        QTest::newRow("10 MB of text") << QByteArray(10'000'000, 'x') << PayloadForm::Text;
        QTest::newRow("10 MB cut inside a letter")
            << QByteArray("x" + QByteArray("\xc3\xa9").repeated(5'000'000)) << PayloadForm::Text;
    }
    void payloads()
    {
        QFETCH(QByteArray, bytes);
        const auto payload = payloadOf(bytes);
        QTEST(payload.form, "form");
        QCOMPARE(payload.bytes, bytes.size());
        QVERIFY(payload.text.size() <= 2 * Payload::maxShown && payload.hex.size() <= 6 * Payload::maxShown);
        QCOMPARE(payload.cut, bytes.size() > Payload::maxShown);
    }

    void jsonKeepsItsDigitsAndOrder()
    {
        const auto payload
            = payloadOf(QByteArray("{\"z\":9007199254740993,\"a\":{\"x\":1.50,\"e\":{}},\"t\":\"a, b: {\"}"));
        QCOMPARE(payload.text,
            QStringLiteral("{\n  \"z\": 9007199254740993,\n  \"a\": {\n    \"x\": 1.50,\n    \"e\": {}\n  },\n  \"t\": "
                           "\"a, b: {\"\n}"));
        QCOMPARE(payloadOf(std::nullopt).form, PayloadForm::Null);
        QCOMPARE(*payloadOf(QByteArray("\0\0\0\x04\xa0xyz", 8)).schema, 1184);
    }

    void itemsGoInTheirOrderToWhereTheyCameFrom()
    {
        const auto plan = Scene().plan();
        QCOMPARE(int(plan.items.size()), 3);
        QCOMPARE(plan.items[0].from.offset, 5);
        QCOMPARE(plan.items[2].target, QStringLiteral("orders"));
        QVERIFY(plan.warnings.empty());
        QCOMPARE(secondsOf(plan), 3 / 20.0);
    }

    void whatIsSaidBefore_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("forbidden");
        const auto row = [](const char *name, RedriveWarningKind kind, bool forbids) {
            QTest::newRow(name) << int(kind) << forbids;
        };
        row("nothing chosen", NothingChosen, true);
        row("gone by retention", Gone, false);
        row("no original", NoOriginal, true);
        row("target missing", TargetMissing, true);
        row("back into the queue", TargetIsQueue, true);
        row("one fix for many", FixOfMany, true);
        row("sent before", SentBefore, false);
        row("the cause still acts", CauseStillActs, false);
        row("other readers", OtherReaders, false);
        row("deletions", Tombstones, false);
    }
    void whatIsSaidBefore()
    {
        QFETCH(int, kind);
        Scene scene;
        switch (RedriveWarningKind(kind)) {
        case NothingChosen:
            scene.request.chosen.clear();
            scene.facts.letters.clear();
            break;
        case Gone:
            scene.facts.letters.pop_back();
            break;
        case NoOriginal:
            scene.facts.letters[0] = at(7, false);
            break;
        case TargetMissing:
            scene.facts.topics.clear();
            break;
        case TargetIsQueue:
            scene.request.target = QStringLiteral("orders.dlq");
            break;
        case FixOfMany:
            scene.request.value = QByteArray("{}");
            break;
        case SentBefore:
            scene.facts.sentBefore = {scene.request.chosen[0]};
            break;
        case CauseStillActs:
            scene.facts.causeActs = true;
            break;
        case OtherReaders:
            scene.facts.topics[0].readers = {QStringLiteral("other-sink")};
            break;
        case Tombstones:
            scene.facts.letters[0].hasValue = false;
            break;
        }
        const auto plan = scene.plan();
        QVERIFY(warns(plan, RedriveWarningKind(kind)));
        QTEST(forbidden(plan), "forbidden");
    }

    void aNamedTargetNeedsNoHeaders()
    {
        Scene scene;
        scene.facts.letters[0] = at(7, false);
        scene.request.target = QStringLiteral("orders");
        QVERIFY(!forbidden(scene.plan()));
    }

    void rates_data()
    {
        QTest::addColumn<double>("rate");
        QTest::newRow("none") << 0.0;
        QTest::newRow("below") << -1.0;
        QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("too fast") << 10'001.0;
    }
    void rates()
    {
        QFETCH(double, rate);
        Scene scene;
        scene.request.perSecond = rate;
        QCOMPARE(planRedrive(scene.request, scene.facts).error().kind, ErrorKind::InvalidInput);
    }

    void aPlanComesBackFromTheLog()
    {
        Scene scene;
        scene.request.reason = QStringLiteral("INC-1, password=hunter2");
        scene.facts.environment = Environment::Production;
        auto plan = scene.plan();
        QVERIFY(plan.reasonNeeded);
        QVERIFY(!plan.request.reason.contains(QStringLiteral("hunter2")));
        const auto read = redriveFromText(redriveText(plan));
        QVERIFY(read.has_value());
        QVERIFY(read->items == plan.items);
        QCOMPARE(read->request.reason, plan.request.reason);
        QCOMPARE(read->environment, Environment::Production);
        QVERIFY(read->topics == plan.topics);
        QVERIFY(!redriveFromText("{\"headgateRedrive\":1}"));
        QVERIFY(!redriveFromText("[]"));
    }

    void whatDriftsIsNamed_data()
    {
        QTest::addColumn<std::function<void(RedriveFacts &)>>("later");
        QTest::addColumn<std::vector<RedriveDrift>>("drift");
        using enum RedriveDriftKind;
        const auto row
            = [](const char *name, std::function<void(RedriveFacts &)> later, std::vector<RedriveDrift> drift) {
                  QTest::newRow(name) << std::move(later) << std::move(drift);
              };
        const auto queue = QStringLiteral("orders.dlq"), place = QStringLiteral("orders.dlq-0");
        const auto target = QStringLiteral("orders");
        row("nothing", [](auto &) { }, {});
        row("truncated",
            [](auto &is) {
                is.starts.front().offset = 6;
                std::erase_if(is.letters, [](const DeadLetter &each) { return each.at.offset == 5; });
            },
            {{QueueTruncated, place, QStringLiteral("5"), QStringLiteral("6")}});
        row("two are gone within the log", [](auto &is) { is.letters.resize(1); },
            {{LettersGone, place, {}, QStringLiteral("2")}});
        row("the queue was made anew", [](auto &is) { is.topics[1].id = QStringLiteral("id-3"); },
            {{TopicMadeAnew, queue, QStringLiteral("id-2"), QStringLiteral("id-3")}});
        row("the target was made anew", [](auto &is) { is.topics[0].id = QStringLiteral("id-3"); },
            {{TopicMadeAnew, target, QStringLiteral("id-1"), QStringLiteral("id-3")}});
        row("ids that nobody tells any more", [](auto &is) { is.topics[0].id.clear(); }, {});
        row("the target is gone", [](auto &is) { is.topics[0].exists = false; }, {{TopicGone, target, {}, {}}});
        row("it has more partitions", [](auto &is) { is.topics[0].partitions = 6; },
            {{PartitionsChanged, target, QStringLiteral("4"), QStringLiteral("6")}});
        row("the queue has more", [](auto &is) { is.topics[1].partitions = 2; }, {});
        row("somebody else reads the target", [](auto &is) { is.topics[0].readers << QStringLiteral("audit-sink"); },
            {{OtherReadersChanged, target, QStringLiteral("-"), QStringLiteral("audit-sink")}});
        row("two were sent meanwhile",
            [queue](auto &is) { is.sentBefore = {{{queue, 0}, 5}, {{queue, 0}, 6}, {{queue, 0}, 99}}; },
            {{SentMeanwhile, {}, QStringLiteral("0"), QStringLiteral("2")}});
        row("another Kafka",
            [](auto &is) {
                is.kafkaClusterId = QStringLiteral("cluster-2");
                is.topics.clear();
            },
            {{OtherPlatform, {}, QStringLiteral("cluster-1"), QStringLiteral("cluster-2")}});
    }
    void whatDriftsIsNamed()
    {
        QFETCH(std::function<void(RedriveFacts &)>, later);
        QFETCH(std::vector<RedriveDrift>, drift);
        Scene scene;
        const auto plan = scene.plan();
        later(scene.facts);
        QVERIFY(driftOf(plan, scene.facts) == drift);
        QVERIFY(driftOf(*redriveFromText(redriveText(plan)), scene.facts) == drift); // as the log keeps it
    }

    //! A log that is shared holds no payload: the corrected value is known again by its hash alone.
    void aCorrectedValueIsNotWrittenDown()
    {
        Scene scene;
        scene.request.chosen.resize(1);
        scene.facts.letters.resize(1);
        scene.request.value = QByteArray("{\"card\":\"4111111111111111\"}");
        const auto plan = scene.plan();
        const auto text = redriveText(plan);
        QVERIFY(!text.contains("4111111111111111"));
        QVERIFY(!text.contains(scene.request.value->toBase64()));
        const auto read = redriveFromText(text).value();
        QVERIFY(!read.request.value);
        QCOMPARE(read.fixedHash, plan.fixedHash);
        QCOMPARE(plan.fixedHash.size(), 64);
    }

    void progressIsWhatIsProven()
    {
        Operation operation {.request = {.kind = OperationKind::Redrive}, .plan = redriveText(Scene().plan())};
        const RecordAt from {{QStringLiteral("orders.dlq"), 0}, 5}, to {{QStringLiteral("orders"), 2}, 77};
        operation.steps = {{.what = QString::fromLatin1(redriveEnds),
                               .state = QStringLiteral("done"),
                               .detail = {},
                               .data = placesText({to})},
            {.what = QString::fromLatin1(redriveBatch),
                .state = QStringLiteral("begun"),
                .detail = {},
                .data = sentText(2, {})},
            {.what = QString::fromLatin1(redriveBatch),
                .state = QStringLiteral("done"),
                .detail = {},
                .data = sentText(2, {{from, to}})}};
        const auto progress = redriveProgress(operation).value();
        QVERIFY(progress.endsNoted);
        QCOMPARE(progress.ends.front(), to);
        QCOMPARE(int(progress.begun), 2);
        QCOMPARE(progress.sent, (std::vector<SentRecord> {{from, to}}));
    }

    void aSentLetterIsKnownAgain()
    {
        const OperationId id {QStringLiteral("20260310T0-a")};
        const auto record = letter(5);
        auto headers = redriveHeaders(record.headers, id, {record.tp, record.offset});
        QCOMPARE(headers, (std::vector<RecordHeader> {{"trace-id", "7"}, {redriveHeader, "20260310T0-a/0/5"}}));
        headers = redriveHeaders(headers, {QStringLiteral("b")}, {record.tp, 6});
        QCOMPARE(int(headers.size()), 2); // an older mark is replaced
    }
};

QTEST_GUILESS_MAIN(tst_DeadLetters)
#include "tst_deadletters.moc"
