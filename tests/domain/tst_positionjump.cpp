// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/offsetledger.h"
#include "domain/replay/replayplanfile.h"
#include "domain/replayscene.h"

#include <QRandomGenerator>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

using Offset = std::optional<std::int64_t>;

const Instant kBegin {Milliseconds(1'772'000'000'000)};

PartitionLag lag(Offset committed, Offset end, int partition = 0)
{
    return partitionLag(ReplayScene::tp(partition), committed, 0, end);
}

PositionSight sight(std::vector<PartitionLag> partitions, Milliseconds after, bool atRest = false)
{
    return {.connector = ReplayScene().request.connector,
        .type = ConnectorType::Sink,
        .at = kBegin + after,
        .atRest = atRest,
        .partitions = std::move(partitions)};
}

QString words(const std::vector<PositionJump> &jumps)
{
    QStringList found;
    for (const auto &jump : jumps) {
        QStringList where;
        for (const auto &each : jump.partitions) {
            where << QStringLiteral("%1:%2>%3")
                         .arg(each.tp.partition)
                         .arg(QString::fromUtf8(each.before), QString::fromUtf8(each.after));
        }
        found << jumpKindWord(jump.kind) + QLatin1Char(' ') + where.join(QLatin1Char(','));
    }
    return found.join(QLatin1String("; "));
}

//! A replay of both partitions, or of the first only, to 500.
Operation replay(Milliseconds from, std::optional<Milliseconds> to, bool both = true)
{
    ReplayScene scene;
    const Position place {.kind = PositionKind::Offset, .number = 500};
    if (both) {
        scene.request.everywhere = place;
    } else {
        scene.request.partitions = {{ReplayScene::tp(0), place}};
    }
    Operation operation {.startedAt = kBegin + from, .endedAt = to ? kBegin + *to : Instant {}};
    operation.request = {.kind = OperationKind::Replay, .connector = scene.request.connector};
    operation.plan = planText(scene.plan().value());
    return operation;
}

} // namespace

class tst_PositionJump : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aJumpIsToldFromWork_data()
    {
        QTest::addColumn<PartitionLag>("before");
        QTest::addColumn<PartitionLag>("after");
        QTest::addColumn<bool>("atRest");
        QTest::addColumn<QString>("says");
        const auto row
            = [](const char *name, PartitionLag before, PartitionLag after, const char *says, bool atRest = false) {
                  QTest::newRow(name) << before << after << atRest << QString::fromLatin1(says);
              };
        row("stands", lag(900, 1000), lag(900, 1000), "");
        row("works", lag(900, 1000), lag(1000, 1000), "");
        row("works on what came meanwhile", lag(900, 1000), lag(1400, 1400), "");
        row("first commit", lag({}, 1000), lag(900, 1000), "");
        row("back", lag(900, 1000), lag(500, 1000), "went-back 0:900>500");
        row("back at rest", lag(900, 1000), lag(500, 1000), "went-back 0:900>500", true);
        row("ahead at rest", lag(900, 1000), lag(1000, 1000), "moved-at-rest 0:900>1000", true);
        row("beyond the end", lag(900, 1000), lag(5000, 1000), "beyond-end 0:900>5000");
        row("still beyond the end", lag(5000, 1000), lag(5000, 1100), "");
        row("further than anybody reads", lag(900, 9'000'000'000), lag(8'000'000'000, 9'000'000'000),
            "too-far 0:900>8000000000");
        row("as far as somebody reads", lag(0, 9'000'000'000), lag(14'000'000, 9'000'000'000), "");
        row("removed", lag(900, 1000), lag({}, 1000), "group-removed 0:900>null");
        row("the end is not known", lag(900, {}), lag(950, {}), "");
        row("made anew", lag(900, 1000), lag(3, 3), "log-went-back 0:1000>3");
        row("a source's topic made anew", lag({}, 1000), lag({}, 3), "log-went-back 0:1000>3");
        auto unread = lag({}, 1000);
        unread.unread = true;
        row("could not be read", lag(900, 1000), unread, "");
    }

    void aJumpIsToldFromWork()
    {
        QFETCH(PartitionLag, before);
        QFETCH(PartitionLag, after);
        QFETCH(bool, atRest);
        QFETCH(QString, says);
        QCOMPARE(words(jumpsBetween(sight({before}, 0s, atRest), sight({after}, 15s, atRest))), says);
    }

    void aGroupThatIsGoneIsOneJump()
    {
        const auto before = sight({lag(900, 1000), lag(800, 1000, 1), lag({}, 1000, 2)}, 0s);
        QCOMPARE(words(jumpsBetween(before, sight({}, 15s))), QStringLiteral("group-removed 0:900>null,1:800>null"));
        QCOMPARE(words(jumpsBetween(before, sight({lag(950, 1000), lag({}, 1000, 1)}, 15s))),
            QStringLiteral("removed 1:800>null"));
    }

    void ownReplaysExplainWhatTheyMove_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<QString>("left");
        const auto row = [](const char *name, const Operation &operation, const char *left) {
            QTest::newRow(name) << operation << QString::fromLatin1(left);
        };
        row("between the looks", replay(2s, 5s), "");
        row("goes on", replay(2s, {}), "");
        row("began before", replay(-30s, 5s), "");
        row("over when the position was read", replay(-30s, -20s), "went-back 0:900>500,1:800>500");
        row("just over", replay(-30s, -5s), "");
        row("after", replay(20s, {}), "went-back 0:900>500,1:800>500");
        row("of one partition", replay(2s, 5s, false), "went-back 1:800>500");
        auto other = replay(2s, 5s);
        other.request.connector.name = QStringLiteral("another");
        row("of another connector", other, "went-back 0:900>500,1:800>500");
        auto pause = replay(2s, 5s);
        pause.request.kind = OperationKind::Pause;
        row("no replay", pause, "went-back 0:900>500,1:800>500");
    }

    void ownReplaysExplainWhatTheyMove()
    {
        QFETCH(Operation, operation);
        QFETCH(QString, left);
        const auto jumps = jumpsBetween(
            sight({lag(900, 1000), lag(800, 1000, 1)}, 0s), sight({lag(500, 1000), lag(500, 1000, 1)}, 15s));
        QCOMPARE(words(withoutExplained(jumps, {operation}, 15s)), left);
    }

    //! Whatever a connector that only reads forwards does, nothing is suspected; one step back is always found.
    void workIsNeverSuspected()
    {
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        qInfo("seed %u", seed);
        std::int64_t committed = 0, end = 0;
        auto before = sight({lag(committed, end)}, 0s);
        for (int round = 1; round < 2000; ++round) {
            end += random.bounded(100'000);
            committed += random.bounded(int(end - committed) + 1);
            const auto after = sight({lag(committed, end)}, round * 1s);
            QCOMPARE(words(jumpsBetween(before, after)), QString());
            if (committed > 0) {
                const auto back = sight(
                    {lag(random.bounded(int(std::min<std::int64_t>(committed, 1 << 30))), end)}, round * 1s + 500ms);
                QCOMPARE(jumpsBetween(after, back).size(), size_t(1));
            }
            before = after;
        }
    }
};

QTEST_GUILESS_MAIN(tst_PositionJump)
#include "tst_positionjump.moc"
