// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operations/blastradius.h"

#include <QTest>

using namespace headgate;

namespace {

ConnectorRef ref(const char *name, const char *cluster = "main")
{
    return {{QStringLiteral("lab")}, {QString::fromLatin1(cluster)}, QString::fromLatin1(name)};
}

//! A sink whose instance runs on `worker` and whose tasks run on `tasks`.
ConnectorFacts sink(ConnectorRef self, const char *worker, QList<const char *> tasks, QStringList topics)
{
    ConnectorFacts facts {.ref = self, .topics = std::move(topics)};
    facts.status = {.name = self.name, .type = ConnectorType::Sink, .workerId = QString::fromLatin1(worker)};
    for (const auto *each : tasks) {
        facts.status.tasks.push_back({.id = int(facts.status.tasks.size()), .workerId = QString::fromLatin1(each)});
    }
    facts.info = ConnectorInfo {.name = self.name, .type = ConnectorType::Sink};
    facts.system = QStringLiteral("%1-db").arg(self.name);
    facts.team = QStringLiteral("team of %1").arg(self.name);
    return facts;
}

} // namespace

class TestBlastRadius : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: B02
    void exactlyThoseThatShareAWorkerATopicOrAGroup()
    {
        PlatformSnapshot snapshot;
        auto self = sink(ref("self"), "w1", {"w1", "w2"}, {QStringLiteral("orders")});
        self.deadLetterTopic = QStringLiteral("dead");
        self.owner = QStringLiteral("Ada");
        auto byDead = sink(ref("by-dead"), "w3", {"w3"}, {QStringLiteral("other")});
        byDead.deadLetterTopic = QStringLiteral("dead");
        auto byGroup = sink(ref("by-group"), "w3", {"w3"}, {QStringLiteral("other")});
        byGroup.info->config.emplace_back(QStringLiteral("consumer.override.group.id"), QStringLiteral("connect-self"));
        auto source = sink(ref("source"), "w3", {}, {QStringLiteral("orders"), QStringLiteral("payments")});
        source.status.type = ConnectorType::Source;
        auto gone = sink(ref("gone"), "w1", {"w1"}, {QStringLiteral("orders")});
        gone.gone = true;
        snapshot.connectors = {self, byDead, byGroup, source, gone,
            sink(ref("by-worker"), "w3", {"w3", "w2", "w1"}, {QStringLiteral("other")}),
            sink(ref("by-instance"), "w1", {"w3"}, {QStringLiteral("other")}),
            sink(ref("apart"), "w3", {"w3"}, {QStringLiteral("other")}), sink(ref("unknown"), "w3", {"w3"}, {}),
            sink(ref("elsewhere", "second"), "w1", {"w1"}, {QStringLiteral("other")}),
            sink(ref("elsewhere-by-topic", "second"), "w1", {"w1"}, {QStringLiteral("orders")})};

        const auto radius = blastRadius(snapshot, ref("self"));
        QVERIFY(radius);
        QCOMPARE(radius->workers, (QStringList {QStringLiteral("w1"), QStringLiteral("w2")}));
        QCOMPARE(radius->topics, (QStringList {QStringLiteral("dead"), QStringLiteral("orders")}));
        QCOMPARE(radius->group, QStringLiteral("connect-self"));
        const auto neighbour = [](const char *name, const char *cluster = "main") {
            const auto self = QString::fromLatin1(name);
            return BlastNeighbour {.ref = ref(name, cluster),
                .system = QStringLiteral("%1-db").arg(self),
                .team = QStringLiteral("team of %1").arg(self)};
        };
        auto expectDead = neighbour("by-dead"), expectGroup = neighbour("by-group");
        auto expectInstance = neighbour("by-instance"), expectWorker = neighbour("by-worker");
        auto expectSource = neighbour("source"), expectElsewhere = neighbour("elsewhere-by-topic", "second");
        expectDead.topics = {QStringLiteral("dead")};
        expectGroup.group = QStringLiteral("connect-self");
        expectInstance.instance = true;
        expectInstance.workers = {QStringLiteral("w1")};
        expectWorker.tasks = {1, 2};
        expectWorker.workers = {QStringLiteral("w1"), QStringLiteral("w2")};
        expectSource.topics = {QStringLiteral("orders")};
        expectElsewhere.topics = {QStringLiteral("orders")};
        QCOMPARE(radius->neighbours,
            (std::vector {expectDead, expectGroup, expectInstance, expectWorker, expectSource, expectElsewhere}));
        QCOMPARE(radius->topicsUnknown, std::vector {ref("unknown")});
        QCOMPARE(radius->systems,
            (QStringList {QStringLiteral("by-dead-db"), QStringLiteral("by-group-db"), QStringLiteral("by-instance-db"),
                QStringLiteral("by-worker-db"), QStringLiteral("elsewhere-by-topic-db"), QStringLiteral("self-db"),
                QStringLiteral("source-db")}));
        QCOMPARE(radius->teams.size(), 7);
        QCOMPARE(radius->owners, QStringList {QStringLiteral("Ada")});
    }

    void whoIsNotInThePictureHasNone() { QVERIFY(!blastRadius({}, ref("self"))); }
};

QTEST_GUILESS_MAIN(TestBlastRadius)
#include "tst_blastradius.moc"
