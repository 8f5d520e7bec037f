// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replayfacts.h"
#include "services/replay/sizesample.h"
#include "support/fakes/fakeedges.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto kTopic = QStringLiteral("orders");

//! A sink over two partitions of 1000 records, one each second.
struct Scene
{
    FakeEdges world;
    FactSources sources;

    Scene()
    {
        world.kafka->addTopic(kTopic, {0, 0});
        for (int i = 0; i < 2000; ++i) {
            auto &log = world.kafka->partitions.at({kTopic, i % 2});
            log.records.push_back({.tp = {kTopic, i % 2},
                .offset = log.end++,
                .timestamp = Instant(Milliseconds(1'700'000'000'000) + (i / 2) * 1s),
                .key = "k",
                .value = QByteArray(i % 4 < 2 ? 99 : 199, 'x')});
        }
        auto &made = world.cluster().add(QStringLiteral("sink"), ConnectorType::Sink, {"RUNNING"});
        made.info.config.emplace_back(QStringLiteral("topics"), QStringLiteral(" orders , gone "));
        made.offsets = {{R"({"kafka_topic":"orders","kafka_partition":1})", R"({"kafka_offset":"7"})"}};
        auto brokers = std::make_shared<Brokers>();
        brokers->admin = world.edges().kafkaAdmin({}, world.secrets);
        brokers->reader = world.edges().reader({}, world.secrets);
        sources = {.connect = world.edges().connect(world.context().connectClusters.front(), world.secrets),
            .brokers = brokers,
            .clock = world.clock,
            .sampleRecords = 80};
    }
    FakeConnector &sink() { return world.cluster().at(QStringLiteral("sink")); }
    Result<ReplayFacts> read(Position everywhere = {})
    {
        const ReplayRequest request {
            .connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("sink")},
            .everywhere = everywhere};
        return runOn(*world.clock, readReplayFacts(request, sources, {.deadline = 10s}));
    }
    static Position time(Milliseconds after)
    {
        return {.kind = PositionKind::Time, .time = Instant(Milliseconds(1'700'000'000'000)) + after};
    }
};

} // namespace

class tst_ReplayFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingIsReadOnce()
    {
        Scene scene;
        scene.world.kafka->topicIds[kTopic] = QStringLiteral("id");
        scene.world.kafka->groups[QStringLiteral("connect-sink")] = {.group = QStringLiteral("connect-sink")};
        const auto facts = scene.read().value();
        QVERIFY(facts.brokersKnown && facts.timesKnown && facts.group);
        QCOMPARE(facts.groupName, QStringLiteral("connect-sink"));
        QCOMPARE(int(facts.partitions.size()), 2);
        QCOMPARE(facts.partitions[0].committed, std::nullopt);
        QCOMPARE(facts.partitions[1].committed, std::optional<std::int64_t>(7)); // numbers may come as texts
        QCOMPARE(facts.partitions[1].end, std::optional<std::int64_t>(1000));
        QCOMPARE(int(facts.topics.size()), 1); // the other one that is named is not there
        QCOMPARE(facts.topics[0],
            (ReplayTopic {.name = kTopic, .id = QStringLiteral("id"), .partitions = 2, .transactional = false}));
        QCOMPARE(facts.kafkaClusterId, QStringLiteral("cluster-1"));
        QCOMPARE(scene.world.kafka->count(QStringLiteral("startOffsets")), 1);
    }

    void aGroupOfItsOwnNameIsLookedAt()
    {
        Scene scene;
        scene.sink().info.config.emplace_back(QStringLiteral("consumer.override.group.id"), QStringLiteral("own"));
        scene.world.kafka->groups[QStringLiteral("own")]
            = {.group = QStringLiteral("own"), .members = {{.memberId = QStringLiteral("m")}}};
        const auto facts = scene.read().value();
        QCOMPARE(facts.groupName, QStringLiteral("own"));
        QCOMPARE(int(facts.group->members.size()), 1);
        scene.world.kafka->groups[QStringLiteral("own")].error = QStringLiteral("GROUP_AUTHORIZATION_FAILED");
        QVERIFY(!scene.read().value().group); // not an empty one
    }

    void timesAreInsideTheLog_data()
    {
        QTest::addColumn<bool>("lookup");
        QTest::newRow("looked up") << true;
        QTest::newRow("searched by reading") << false;
    }
    void timesAreInsideTheLog()
    {
        QFETCH(bool, lookup);
        Scene scene;
        scene.world.kafka->capabilities.offsetsByTime = lookup;
        const auto atTime = [&](Milliseconds after) {
            const auto facts = scene.read(Scene::time(after)).value();
            return std::pair(facts.timesKnown, facts.partitions[0].atTime);
        };
        const auto found = [&](std::int64_t offset) {
            return std::pair(lookup, std::optional(offset));
        };
        QCOMPARE(atTime(-10s), found(0));
        QCOMPARE(atTime(500s), found(500));
        QCOMPARE(atTime(500'500ms), found(501));
        QCOMPARE(atTime(2000s), std::pair(lookup, std::optional<std::int64_t>()));
        const auto reads = scene.world.kafka->count(QStringLiteral("read orders-0"));
        atTime(700s);
        const auto more = scene.world.kafka->count(QStringLiteral("read orders-0")) - reads;
        QVERIFY2(more <= (lookup ? 4 : 15), qPrintable(QString::number(more))); // the sample's, and halving 1000
        // Retention has passed it, and AutoMQ may name an offset below the log start.
        scene.world.kafka->partitions.at({kTopic, 0}).start = 600;
        QCOMPARE(atTime(500s), found(600));
    }

    void sizesComeWithTheirError()
    {
        Scene scene;
        const auto facts = scene.read().value();
        QVERIFY(facts.sizes && facts.sizes->records >= 70 && facts.sizes->records <= 80);
        QVERIFY(std::abs(facts.sizes->meanBytes - 150) <= 2 * facts.sizes->standardError); // 100 and 200 alternate
        QVERIFY(facts.sizes->standardError > 0 && facts.sizes->standardError < 10);
        scene.sources.sampleRecords = 0;
        QVERIFY(!scene.read().value().sizes);
    }

    //! Neighbours are alike: what many records of few places say is worth less than their number.
    void placesThatDifferWidenTheError()
    {
        Scene scene;
        for (auto &[tp, log] : scene.world.kafka->partitions) {
            for (auto &record : log.records) {
                record.value = QByteArray(record.offset < 500 ? 99 : 999, 'x');
            }
        }
        const auto sizes = *scene.read().value().sizes;
        QVERIFY(std::abs(sizes.meanBytes - 550) <= 2 * sizes.standardError);
        QVERIFY(sizes.standardError > 100);
    }

    void withoutBrokersConnectsWordIsThere_data()
    {
        QTest::addColumn<bool>("configured");
        QTest::newRow("none configured") << false;
        QTest::newRow("none answers") << true;
    }
    void withoutBrokersConnectsWordIsThere()
    {
        QFETCH(bool, configured);
        Scene scene;
        if (configured) {
            scene.world.kafka->hangs = true;
        } else {
            scene.sources.brokers.reset();
        }
        const auto facts = scene.read();
        QVERIFY(facts && !facts->brokersKnown && !facts->group && !facts->sizes);
        QCOMPARE(int(facts->partitions.size()), 1);
        QCOMPARE(facts->partitions[0].committed, std::optional<std::int64_t>(7));
        QCOMPARE(int(facts->topics.size()), 2);
    }

    void onePartitionsFaultIsItsOwn()
    {
        Scene scene;
        scene.world.kafka->partitions.at({kTopic, 1}).error = "TOPIC_AUTHORIZATION_FAILED";
        const auto facts = scene.read().value();
        QVERIFY(facts.brokersKnown && facts.partitions[0].error.isEmpty());
        QCOMPARE(facts.partitions[1].error, QStringLiteral("TOPIC_AUTHORIZATION_FAILED"));
        QVERIFY(!facts.partitions[1].end && facts.partitions[1].committed);
    }

    void whatIsMissingIsNotAskedFor()
    {
        Scene scene;
        scene.world.kafka->capabilities = {}; // as librdkafka's mock brokers
        const auto facts = scene.read().value();
        QVERIFY(facts.brokersKnown && !facts.group);
        QCOMPARE(scene.world.kafka->count(QStringLiteral("describe")), 0);
        QCOMPARE(scene.world.kafka->count(QStringLiteral("topicConfig")), 0);
        QCOMPARE(scene.world.kafka->count(QStringLiteral("topicIds")), 0);
        QCOMPARE(scene.world.kafka->count(QStringLiteral("probe")), 1);
        scene.read().value();
        QCOMPARE(scene.world.kafka->count(QStringLiteral("probe")), 1);
    }

    void anOldWorkerHasNoPositionsToTell()
    {
        Scene scene;
        scene.world.cluster().script(QStringLiteral("GET /connectors/sink/offsets"),
            {.error = Error {.kind = ErrorKind::NotSupported, .message = QStringLiteral("HTTP 404 Not Found")}}, 99);
        QVERIFY(scene.read().value().offsets.empty());
        scene.world.cluster().remove(QStringLiteral("sink"));
        const auto gone = scene.read();
        QVERIFY(!gone && gone.error().kind == ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_ReplayFacts)
#include "tst_replayfacts.moc"
