// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/brokerpeers.h"
#include "bench/rows.h"
#include "clients/kafka/rdkafkaadmin.h"
#include "support/fakes/fakesecretstore.h"
#include "support/mockcluster/mockcluster.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

namespace headgate::bench {

namespace {

constexpr int brokers = 3;
constexpr int roundTrip = 10; // ms
constexpr int warmUps = 5;
constexpr int runs = 30;
constexpr std::int16_t listOffsets = 2; // API key
const Topics topics {"bench-", 100, 100};
const auto milliseconds = QStringLiteral("ms");

std::vector<TopicPartition> allPartitions()
{
    std::vector<TopicPartition> all;
    for (int topic = 0; topic < topics.count; ++topic) {
        for (int partition = 0; partition < topics.partitionsEach; ++partition) {
            all.push_back({QString::fromLatin1(topics.name(topic)), partition});
        }
    }
    return all;
}

bool isComplete(const Result<std::vector<PartitionOffset>> &answer)
{
    const auto known = [](const PartitionOffset &each) {
        return each.offset == 0;
    };
    return answer && int(answer->size()) == topics.partitions() && std::ranges::all_of(*answer, known);
}

Row peerRow(const char *what, double took, double ours)
{
    const auto measured = took < 0
        ? QStringLiteral("did not complete")
        : QStringLiteral("%1 ms, %2 times ours").arg(took, 0, 'f', 0).arg(took / ours, 0, 'f', 1);
    return {.id = QStringLiteral("PB-05"), .what = QString::fromLatin1(what), .measured = measured};
}

} // namespace

// Rows: PB-05
std::vector<Row> brokerRows()
{
    test::MockCluster cluster(brokers);
    for (int topic = 0; topic < topics.count; ++topic) {
        cluster.createTopic(topics.name(topic), topics.partitionsEach);
        QThread::usleep(500); // librdkafka's mock can lock up when topics are made in a tight loop
    }
    for (int broker = 1; broker <= brokers; ++broker) {
        cluster.setRoundTrip(broker, roundTrip);
    }
    const auto admin
        = makeRdKafkaAdmin(cluster.config(), std::make_shared<FakeSecretStore>(), std::make_shared<SystemClock>());
    const auto partitions = allPartitions();
    Samples took, requests;
    for (int run = 0; run < warmUps + runs; ++run) {
        cluster.startTracking();
        QElapsedTimer clock;
        clock.start();
        const auto answer = QCoro::waitFor(admin->fetchEndOffsets(partitions, {Milliseconds(20'000)}));
        const auto spent = double(clock.nsecsElapsed()) / 1e6;
        if (run >= warmUps) {
            took.add(isComplete(answer) ? spent : 1e9);
            requests.add(cluster.requests(listOffsets));
        }
    }
    QCoro::waitFor(admin->close());
    const auto bootstrap = cluster.bootstrap();
    return {{.id = QStringLiteral("PB-05"),
                .what = QStringLiteral("end offsets of 10,000 partitions, 3 brokers, 10 ms round trip"),
                .measured = inWords(took, milliseconds),
                .judged = took.percentile(99),
                .target = 60,
                .unit = milliseconds},
        {.id = QStringLiteral("PB-05"),
            .what = QStringLiteral("  ListOffsets requests for it (chunks of 400 on 3 brokers)"),
            .measured = QStringLiteral("%1").arg(requests.median())},
        peerRow("  the same, asked in kcat's shape (one call for all)", askLikeKcat(bootstrap, topics), took.median()),
        peerRow("  the same, asked in kafkajs' shape (topic after topic, of 10)", askLikeKafkaJs(bootstrap, topics, 10),
            took.median()),
        peerRow("  the same, partition after partition (of 50)", askOneByOne(bootstrap, topics, 50), took.median())};
}

} // namespace headgate::bench
