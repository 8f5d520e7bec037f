// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplanfile.h"
#include "services/replay/replaylab.h"

#include <QDir>
#include <QTest>

#include <functional>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto kPatch = QStringLiteral("PATCH /connectors/orders/offsets");
const auto kStop = QStringLiteral("PUT /connectors/orders/stop");
const auto kGetOffsets = QStringLiteral("GET /connectors/orders/offsets");
const auto kResume = QStringLiteral("PUT /connectors/orders/resume");

enum class Are { Before, After, Mixed, Other };

Error lost()
{
    return {.kind = ErrorKind::OutcomeUnknown, .message = QStringLiteral("closed")};
}

void nothing(ReplayLab &) { }

void stopIsNotPermitted(ReplayLab &lab)
{
    lab.cluster().script(kStop, ReplayLab::answers(403, "no"));
}

void stopMeetsARebalance(ReplayLab &lab)
{
    lab.cluster().script(kStop, ReplayLab::answers(409, "because a rebalance was underway"), 3);
}

void theAnswerToStopIsLost(ReplayLab &lab)
{
    lab.cluster().script(kStop, {.error = lost()});
}

void itNeverStops(ReplayLab &lab)
{
    lab.cluster().stopTakes = 24h;
}

void membersOfAKilledWorker(ReplayLab &lab)
{
    lab.sink().zombiesUntil = lab.world.clock->monotonic() + 45s;
}

void membersThatStay(ReplayLab &lab)
{
    lab.sink().zombiesUntil = lab.world.clock->monotonic() + 24h;
}

void unseenMembers(ReplayLab &lab)
{
    lab.world.kafka->capabilities.groups = false;
    membersOfAKilledWorker(lab);
}

void unseenMembersThatStay(ReplayLab &lab)
{
    lab.world.kafka->capabilities.groups = false;
    membersThatStay(lab);
}

void positionsAreRefused(ReplayLab &lab)
{
    lab.cluster().script(kPatch, ReplayLab::answers(400, "no"));
}

void positionsMeetARebalance(ReplayLab &lab)
{
    lab.cluster().script(kPatch, ReplayLab::answers(409, "because a rebalance was underway"), 2);
}

void theWriteIsLost(ReplayLab &lab)
{
    lab.cluster().script(kPatch, {.answer = RestAnswer {.status = 200, .body = "{}"}, .takesEffect = false});
}

void itsAnswerIsLost(ReplayLab &lab)
{
    lab.cluster().script(kPatch, {.hangs = true});
}

void itIsLostOnTheWay(ReplayLab &lab)
{
    lab.cluster().script(kPatch, {.takesEffect = false, .hangs = true});
}

void itIsHalfApplied(ReplayLab &lab)
{
    const auto kept = lab.log(2);
    lab.cluster().before(kPatch, [&lab] { lab.world.kafka->partitions.erase({ReplayLab::topic(), 2}); });
    lab.at(ReplayStep::SetPositions, StepState::Failed,
        [&lab, kept] { lab.world.kafka->partitions[{ReplayLab::topic(), 2}] = kept; });
}

void nobodyAnswersAfterIt(ReplayLab &lab)
{
    lab.cluster().script(kPatch, ReplayLab::answers(500, "Failed to alter consumer group offsets"));
    const Error refused {.kind = ErrorKind::Unreachable, .message = QStringLiteral("refused")};
    lab.cluster().before(kPatch, [&lab, refused] { lab.cluster().script(kGetOffsets, {.error = refused}, 1000); });
}

void whatIsReadBackDiffers(ReplayLab &lab)
{
    lab.cluster().after(kPatch, [&lab] { lab.sink().offsets[1] = ReplayLab::entry(1, 7); });
}

//! Another program's replay, between our last look and our resume.
void othersSetPositionsAfterIt(ReplayLab &lab)
{
    lab.at(ReplayStep::ReadBack, StepState::Done, [&lab] {
        lab.sink().offsets = {ReplayLab::entry(0, 950), ReplayLab::entry(1, 1950), ReplayLab::entry(2, 2950)};
    });
}

void resumeIsRefused(ReplayLab &lab)
{
    lab.cluster().script(kResume, ReplayLab::answers(403, "no"));
}

void noPositionMoves(ReplayLab &lab)
{
    lab.sink().delivers = false;
}

void failATask(ReplayLab &lab)
{
    lab.cluster().failTask(QStringLiteral("orders"), 1, QStringLiteral("org.Boom: no"));
}

void aTaskFails(ReplayLab &lab)
{
    lab.sink().delivers = false;
    lab.cluster().after(kResume, [&lab] { lab.cluster().later(200ms, std::bind_front(failATask, std::ref(lab))); });
}

void resume(ReplayLab &lab)
{
    lab.setState("RUNNING");
}

void resumedBeforeTheyAreSet(ReplayLab &lab)
{
    lab.at(ReplayStep::CheckBounds, StepState::Done, [&lab] { resume(lab); });
}

void resumedWhileItStops(ReplayLab &lab)
{
    lab.cluster().stopTakes = 10s;
    lab.at(
        ReplayStep::Stop, StepState::Done, [&lab] { lab.cluster().later(3s, std::bind_front(resume, std::ref(lab))); });
}

void resumedAfterTheyAreSet(ReplayLab &lab)
{
    lab.at(ReplayStep::SetPositions, StepState::Done, [&lab] {
        resume(lab);
        lab.sink().offsets[0] = ReplayLab::entry(0, 950);
    });
}

void retentionPasses(ReplayLab &lab)
{
    lab.at(ReplayStep::Snapshot, StepState::Done, [&lab] { lab.log(0).start = 950; });
}

void theTopicIsMadeAnew(ReplayLab &lab)
{
    lab.at(ReplayStep::Snapshot, StepState::Done,
        [&lab] { lab.world.kafka->topicIds[ReplayLab::topic()] = QStringLiteral("second-id"); });
}

void partitionsAreAdded(ReplayLab &lab)
{
    lab.at(ReplayStep::Snapshot, StepState::Done,
        [&lab] { lab.world.kafka->partitions[{ReplayLab::topic(), 3}] = {.end = 5}; });
}

void itsConfigurationChanges(ReplayLab &lab)
{
    lab.at(ReplayStep::SeeStopped, StepState::Done,
        [&lab] { lab.sink().info.config.emplace_back(QStringLiteral("tasks.max"), QStringLiteral("7")); });
}

void somebodyMovesThem(ReplayLab &lab)
{
    lab.at(ReplayStep::Snapshot, StepState::Done, [&lab] { lab.sink().offsets[1] = ReplayLab::entry(1, 7); });
}

void itIsDeleted(ReplayLab &lab)
{
    lab.at(ReplayStep::Stop, StepState::Done, [&lab] {
        const Error gone {.kind = ErrorKind::NotFound, .message = QStringLiteral("gone")};
        lab.cluster().script(QStringLiteral("GET /connectors/orders/status"), {.error = gone}, 99);
    });
}

//! One way in which a replay of 300 records goes, and what it must end in.
struct Course
{
    const char *name;
    void (*upset)(ReplayLab &);
    Outcome outcome;
    Are positions;
    const char *state; // of the connector at the end
    int patches;       // times that positions were sent; below zero: several
    const char *says;  // in what was observed
};

constexpr auto kGood = "300 delivered again";
constexpr auto kElse = "Somebody else took it out of STOPPED";
constexpr auto kUnfit = "does not fit any more";

constexpr Course kCourses[] {
    {"nothing goes wrong", nothing, Outcome::Confirmed, Are::Before, "RUNNING", 1, kGood},
    {"stop is not permitted", stopIsNotPermitted, Outcome::Refused, Are::Before, "RUNNING", 0,
        "No position was changed"},
    {"stop meets a rebalance", stopMeetsARebalance, Outcome::Confirmed, Are::Before, "RUNNING", 1, kGood},
    {"the answer to stop is lost", theAnswerToStopIsLost, Outcome::Confirmed, Are::Before, "RUNNING", 1, kGood},
    {"it never stops", itNeverStops, Outcome::Failed, Are::Before, "RUNNING", 0, "did not come to rest within 120 s"},
    {"a killed worker's members leave after 45 s", membersOfAKilledWorker, Outcome::Confirmed, Are::Before, "RUNNING",
        1, kGood},
    {"a killed worker's members stay", membersThatStay, Outcome::Failed, Are::Before, "RUNNING", 0,
        "still in its group: connector-consumer-orders-0"},
    {"members that cannot be seen leave after 45 s", unseenMembers, Outcome::Confirmed, Are::Before, "RUNNING", -1,
        kGood},
    {"members that cannot be seen stay", unseenMembersThatStay, Outcome::Failed, Are::Before, "RUNNING", -1,
        "The positions were not taken"},
    {"positions are refused", positionsAreRefused, Outcome::Refused, Are::Before, "RUNNING", 1,
        "No position was changed. It is RUNNING again."},
    {"positions meet a rebalance", positionsMeetARebalance, Outcome::Confirmed, Are::Before, "RUNNING", 3, kGood},
    {"the write is lost", theWriteIsLost, Outcome::Failed, Are::Before, "STOPPED", 1, "differ: orders-0: asked for"},
    {"its answer is lost", itsAnswerIsLost, Outcome::Confirmed, Are::Before, "RUNNING", 1, kGood},
    {"it is lost on the way", itIsLostOnTheWay, Outcome::Confirmed, Are::Before, "RUNNING", 2, kGood},
    {"it is half applied", itIsHalfApplied, Outcome::Failed, Are::Mixed, "STOPPED", 1,
        "orders-2: asked for {\"kafka_offset\":2900}, found {\"kafka_offset\":3000}"},
    {"nobody answers after it", nobodyAnswersAfterIt, Outcome::Unknown, Are::Before, "STOPPED", 1, "is not known"},
    {"what is read back differs", whatIsReadBackDiffers, Outcome::Failed, Are::Other, "STOPPED", 1,
        "orders-1: asked for {\"kafka_offset\":1900}, found {\"kafka_offset\":7}"},
    {"somebody sets others before it is resumed", othersSetPositionsAfterIt, Outcome::Failed, Are::Other, "STOPPED", 1,
        "Somebody else set other positions after they were read back"},
    {"resume is refused", resumeIsRefused, Outcome::Failed, Are::After, "STOPPED", 1, "It is left STOPPED"},
    {"no position moves", noPositionMoves, Outcome::Unknown, Are::After, "RUNNING", 1, "no position moved within 90 s"},
    {"a task fails on the way", aTaskFails, Outcome::Failed, Are::After, "RUNNING", 1, "task 1 failed"},
    {"somebody resumes it before positions are set", resumedBeforeTheyAreSet, Outcome::Refused, Are::Before, "RUNNING",
        1, kElse},
    {"somebody resumes it while it stops", resumedWhileItStops, Outcome::Refused, Are::Before, "RUNNING", 0, kElse},
    {"somebody resumes it after positions were set", resumedAfterTheyAreSet, Outcome::Unknown, Are::Other, "RUNNING", 1,
        kElse},
    {"retention passes the position", retentionPasses, Outcome::Refused, Are::Before, "RUNNING", 0, "950"},
    {"the topic is made anew", theTopicIsMadeAnew, Outcome::Refused, Are::Before, "RUNNING", 0, kUnfit},
    {"partitions are added", partitionsAreAdded, Outcome::Refused, Are::Before, "RUNNING", 0, kUnfit},
    {"its configuration changes", itsConfigurationChanges, Outcome::Refused, Are::Before, "RUNNING", 0, kUnfit},
    {"somebody moves its positions", somebodyMovesThem, Outcome::Refused, Are::Other, "RUNNING", 0,
        "Somebody else changed the positions"},
    {"it is deleted", itIsDeleted, Outcome::Failed, Are::Before, "STOPPED", 0, "does not exist any more"},
};

} // namespace

class tst_ReplayRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: CR-22, KF-07, KF-08, KF-09, SG-12, SG-13, SG-14, SG-15
    void goes_data()
    {
        QTest::addColumn<int>("course");
        for (int i = 0; i < int(std::size(kCourses)); ++i) {
            QTest::newRow(kCourses[i].name) << i;
        }
    }
    void goes()
    {
        QFETCH(int, course);
        const auto &expected = kCourses[course];
        ReplayLab lab;
        expected.upset(lab);
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100));
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QCOMPARE(plan->again, 300);
        const auto id = lab.run(*plan);
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        const auto done = lab.end(*id);
        QVERIFY2(done.observed.contains(QString::fromLatin1(expected.says)), qPrintable(done.observed));
        QCOMPARE(done.outcome, std::optional(expected.outcome));
        if (expected.patches >= 0) {
            QCOMPARE(lab.sent("PATCH"), expected.patches);
        }
        QCOMPARE(lab.sink().status.connector.raw, QString::fromLatin1(expected.state));
        const auto now = lab.positions();
        const auto before = ReplayLab::where(1000, 2000, 3000), after = ReplayLab::where(900, 1900, 2900);
        switch (expected.positions) {
        case Are::Before:
            QCOMPARE(now, before);
            break;
        case Are::After:
            QCOMPARE(now, after);
            break;
        case Are::Mixed:
            QCOMPARE(now, ReplayLab::where(900, 1900, 3000));
            break;
        case Are::Other:
            QVERIFY(now != before && now != after);
            break;
        }
        // The log says how far each step came, and every one that began has an end.
        const auto progress = replayProgress(done);
        QVERIFY(progress);
        for (const auto &step : progress->steps) {
            QVERIFY2(step.state != StepState::Begun, qPrintable(stepWord(step.step)));
        }
        if (expected.outcome == Outcome::Confirmed) {
            QCOMPARE(lab.delivered(), plan->again); // as previewed, each record once
        }
        QVERIFY(lab.on(lab.operations->verify(ReplayLab::lab(), {})).value().intact);
    }

    //! What was paused or stopped is so again, and nothing else is sent.
    void goesBackToTheFormerState_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<QStringList>("sent");
        const auto patch = kPatch;
        QTest::newRow("paused") << QByteArray("PAUSED")
                                << QStringList {kStop, patch, QStringLiteral("PUT /connectors/orders/pause")};
        QTest::newRow("stopped") << QByteArray("STOPPED") << QStringList {patch};
    }
    void goesBackToTheFormerState()
    {
        QFETCH(QByteArray, state);
        ReplayLab lab;
        lab.setState(state.constData());
        lab.world.kafka->groups.clear();
        lab.start();
        const auto done = lab.carryOut(ReplayLab::backBy(100));
        QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
        QCOMPARE(lab.sink().status.connector.raw, QString::fromLatin1(state));
        QCOMPARE(lab.positions(), ReplayLab::where(900, 1900, 2900));
        QStringList sent;
        for (const auto &call : lab.cluster().writes()) {
            sent << call.request;
        }
        QTEST(sent, "sent");
        QCOMPARE(lab.cluster().writes().at(size_t(state == "PAUSED" ? 1 : 0)).body,
            done.requests.at(state == "PAUSED" ? 1 : 0).body);
    }

    // Rows: SG-19
    void eachStepIsOnDiskBeforeItsEffect()
    {
        ReplayLab lab;
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        QStringList known;
        const auto look = [&](const QString &what) {
            const auto logged = operationsOf(OperationsLog(lab.logFile()).read().value());
            const auto &steps = logged.front().operation.steps;
            known << QStringLiteral("%1 %2 %3").arg(what, steps.back().what, steps.back().state);
            if (logged.front().operation.plan != planText(plan)) {
                known << QStringLiteral("another plan");
            }
        };
        lab.cluster().before(kStop, [&] { look(QStringLiteral("stop")); });
        lab.cluster().before(kPatch, [&] { look(QStringLiteral("patch")); });
        lab.cluster().before(kResume, [&] { look(QStringLiteral("resume")); });
        QCOMPARE(lab.end(lab.run(plan).value()).outcome, std::optional(Outcome::Confirmed));
        QCOMPARE(known,
            QStringList({QStringLiteral("stop stop begun"), QStringLiteral("patch set-positions begun"),
                QStringLiteral("resume resume begun")}));
    }

    // Rows: SG-19
    void whatCannotBeWrittenDownIsNotDone()
    {
        ReplayLab lab;
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        const auto directory = lab.dir.path() + QStringLiteral("/log");
        lab.at(ReplayStep::CheckBounds, StepState::Done, [&] {
            QVERIFY(QDir().rename(directory, directory + QStringLiteral("-away")));
            QFile inTheWay(directory);
            QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        });
        const auto done = lab.end(lab.run(plan).value());
        QCOMPARE(lab.sent("PATCH"), 0);
        QCOMPARE(lab.sent("PUT /connectors/orders/resume"), 0);
        QVERIFY2(done.observed.contains(QStringLiteral("could not be written down")), qPrintable(done.observed));
        QVERIFY(done.error && done.error->kind == ErrorKind::StorageFailed);
        QVERIFY(QFile::remove(directory) && QDir().rename(directory + QStringLiteral("-away"), directory));
    }

    // Rows: SG-17
    void aSourcesPositionsStayByteForByte()
    {
        const QByteArray partition = R"({"server":"shop","shard":9007199254740993})";
        const QByteArray before
            = R"({"lsn":9223372036854775807,"ts":1.50,"snap":"é","big":123456789012345678901234567890})";
        const QByteArray after
            = R"({"lsn":9223372036854775806,"ts":1.50,"snap":"é","big":123456789012345678901234567891})";
        ReplayLab lab;
        auto &source = lab.cluster().add(QStringLiteral("shop"), ConnectorType::Source, {"RUNNING"});
        source.offsets = {{partition, before}};
        lab.start();
        const ConnectorRef ref {ReplayLab::lab(), {QStringLiteral("main")}, QStringLiteral("shop")};
        const auto plan = lab.plan({.connector = ref, .source = {{partition, after}}});
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        auto confirmation = ReplayLab::typed();
        confirmation.typedName = QStringLiteral("shop");
        const auto id = lab.on(lab.replay->run(*plan, confirmation));
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        const auto done = lab.end(*id);
        QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
        QCOMPARE(source.offsets, (std::vector<ConnectorOffset> {{partition, after}}));
        QCOMPARE(replayProgress(done)->snapshot, (std::optional(std::vector<ConnectorOffset> {{partition, before}})));
        const auto back = lab.on(lab.replay->wayBack(ReplayLab::lab(), *id, {}));
        const auto undo = back ? lab.plan(*back) : Result<ReplayPlan>(failure(back.error()));
        QVERIFY2(undo, undo ? "" : qPrintable(undo.error().message));
        const auto undone = lab.end(lab.on(lab.replay->run(*undo, confirmation)).value());
        QVERIFY2(undone.outcome == Outcome::Confirmed, qPrintable(undone.observed));
        QCOMPARE(source.offsets, (std::vector<ConnectorOffset> {{partition, before}}));
        QCOMPARE(undone.request.compensates, *id);
    }
};

QTEST_GUILESS_MAIN(tst_ReplayRun)
#include "tst_replayrun.moc"
