// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operations/operation.h"

#include <QTest>

using namespace headgate;
using Kind = OperationKind;

Q_DECLARE_METATYPE(headgate::OperationKind)

namespace {

constexpr Milliseconds settle {1500};

//! "RUNNING[0:RUNNING 1:FAILED]"; "FAILED'" fails with another trace.
ConnectorStatus statusOf(const QString &picture)
{
    ConnectorStatus status;
    status.name = QStringLiteral("orders");
    status.connector = parseState(picture.section(u'[', 0, 0));
    const auto tasks = picture.section(u'[', 1).chopped(1).split(u' ', Qt::SkipEmptyParts);
    for (const auto &task : tasks) {
        auto word = task.section(u':', 1);
        const auto trace = word.endsWith(u'\'') ? QStringLiteral("new cause password=x\n\tat y")
                                                : QStringLiteral("old cause\n\tat y");
        const auto state = parseState(word.remove(u'\''));
        status.tasks.push_back({.id = task.section(u':', 0, 0).toInt(),
            .state = state,
            .trace = state.run == RunState::Failed ? trace : QString()});
    }
    return status;
}

//! "0 RUNNING[] | 500 RUNNING[0:RUNNING]": what was seen at which millisecond.
std::vector<ObservedAt> historyOf(const QString &film)
{
    std::vector<ObservedAt> history;
    const auto pictures = film.split(QStringLiteral(" | "), Qt::SkipEmptyParts);
    for (const auto &picture : pictures) {
        history.push_back(
            {Monotonic(Milliseconds(picture.section(u' ', 0, 0).toInt())), statusOf(picture.section(u' ', 1))});
    }
    return history;
}

} // namespace

class TestObservation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verdict_data();
    void verdict();
    void saysWhatWasSeen();
};

// Rows: CR-21, MO-01
void TestObservation::verdict_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("film");
    QTest::addColumn<std::optional<Outcome>>("outcome");
    const auto row
        = [](const char *title, Kind kind, const char *before, const char *film, std::optional<Outcome> outcome) {
              QTest::newRow(title) << kind << QString::fromLatin1(before) << QString::fromLatin1(film) << outcome;
          };
    const auto ok = std::optional(Outcome::Confirmed);
    const auto failed = std::optional(Outcome::Failed);
    const std::optional<Outcome> open;
    // clang-format off
    row("nothing seen",               Kind::Pause, "RUNNING[0:RUNNING]", "", open);
    row("pause: tasks still run",     Kind::Pause, "RUNNING[0:RUNNING]", "0 PAUSED[0:RUNNING] | 9000 PAUSED[0:RUNNING]", open);
    row("pause: just reached",        Kind::Pause, "RUNNING[0:RUNNING]", "0 PAUSED[0:RUNNING] | 700 PAUSED[0:PAUSED]", open);
    row("pause: held",                Kind::Pause, "RUNNING[0:RUNNING]", "0 PAUSED[0:RUNNING] | 700 PAUSED[0:PAUSED] | 2200 PAUSED[0:PAUSED]", ok);
    row("pause: a task failed",       Kind::Pause, "RUNNING[0:RUNNING 1:FAILED]", "0 PAUSED[0:PAUSED 1:FAILED] | 1500 PAUSED[0:PAUSED 1:FAILED]", ok);
    row("pause: taken back",          Kind::Pause, "RUNNING[0:RUNNING]", "0 PAUSED[0:PAUSED] | 500 RUNNING[0:RUNNING] | 2000 RUNNING[0:RUNNING]", failed);
    row("pause: one late answer",     Kind::Pause, "RUNNING[0:RUNNING]", "0 PAUSED[0:PAUSED] | 500 RUNNING[0:RUNNING]", open);
    row("pause: stopped by others",   Kind::Pause, "RUNNING[0:RUNNING]", "0 PAUSED[0:PAUSED] | 100 STOPPED[] | 1600 STOPPED[]", failed);
    row("pause: overtaken unseen",    Kind::Pause, "RUNNING[0:RUNNING]", "0 RUNNING[0:RUNNING] | 100 STOPPED[] | 1600 STOPPED[]", failed);
    row("pause: nothing happens",     Kind::Pause, "RUNNING[0:RUNNING]", "0 RUNNING[0:RUNNING] | 9000 RUNNING[0:RUNNING]", open);
    row("stop: has tasks",            Kind::Stop,  "RUNNING[0:RUNNING]", "0 STOPPED[0:RUNNING] | 9000 STOPPED[0:RUNNING]", open);
    row("stop: empty",                Kind::Stop,  "RUNNING[0:RUNNING]", "0 STOPPED[0:RUNNING] | 900 STOPPED[] | 2400 STOPPED[]", ok);
    row("resume: tasks missing",      Kind::Resume, "STOPPED[]", "0 RUNNING[] | 3000 RUNNING[]", open);
    row("resume: no tasks for good",  Kind::Resume, "STOPPED[]", "0 RUNNING[] | 15000 RUNNING[]", ok);
    row("resume: held",               Kind::Resume, "STOPPED[]", "0 RUNNING[] | 100 RUNNING[0:RUNNING] | 1600 RUNNING[0:RUNNING]", ok);
    row("resume: new task fails",     Kind::Resume, "STOPPED[]", "0 RUNNING[0:RUNNING] | 700 RUNNING[0:FAILED]", failed);
    row("resume: old failure stays",  Kind::Resume, "PAUSED[0:PAUSED 1:FAILED]", "0 RUNNING[0:RUNNING 1:FAILED] | 1500 RUNNING[0:RUNNING 1:FAILED]", ok);
    row("restart: green flash",       Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[0:RESTARTING] | 100 RUNNING[0:RUNNING] | 600 RUNNING[0:RUNNING] | 700 RUNNING[0:FAILED]", failed);
    row("restart: flash not over",    Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[0:RUNNING] | 1400 RUNNING[0:RUNNING]", open);
    row("restart: held",              Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[0:FAILED] | 100 RUNNING[0:RUNNING] | 1600 RUNNING[0:RUNNING]", ok);
    row("restart: old FAILED lingers",Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[0:FAILED] | 1000 RUNNING[0:FAILED]", open);
    row("restart: flash was missed",  Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[0:FAILED] | 1000 RUNNING[0:FAILED']", failed);
    row("restart: never left FAILED", Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[0:FAILED] | 15000 RUNNING[0:FAILED]", failed);
    row("restart: others' failure",   Kind::RestartFailed, "RUNNING[0:FAILED 1:RUNNING]", "0 RUNNING[0:RUNNING 1:FAILED] | 1500 RUNNING[0:RUNNING 1:FAILED]", ok);
    row("restart: task is away",      Kind::RestartFailed, "RUNNING[0:FAILED]", "0 RUNNING[] | 1500 RUNNING[]", open);
    row("restart all: one fails",     Kind::RestartAllTasks, "RUNNING[0:RUNNING 1:RUNNING]", "0 RUNNING[0:RUNNING 1:RUNNING] | 700 RUNNING[0:RUNNING 1:FAILED]", failed);
    row("restart all: unassigned",    Kind::RestartAllTasks, "RUNNING[0:RUNNING]", "0 RUNNING[0:RUNNING] | 1500 RUNNING[0:UNASSIGNED]", open);
    row("restart all: paused",        Kind::RestartAllTasks, "PAUSED[0:PAUSED]", "0 PAUSED[0:PAUSED] | 1500 PAUSED[0:PAUSED]", ok);
    row("restart one: held",          Kind::RestartTask, "RUNNING[0:RUNNING 1:FAILED]", "0 RUNNING[0:FAILED 1:RUNNING] | 1500 RUNNING[0:FAILED 1:RUNNING]", ok);
    row("restart one: fails again",   Kind::RestartTask, "RUNNING[0:RUNNING 1:FAILED]", "0 RUNNING[0:RUNNING 1:RESTARTING] | 500 RUNNING[0:RUNNING 1:FAILED]", failed);
    row("restart connector: held",    Kind::RestartConnector, "FAILED[]", "0 RUNNING[] | 1500 RUNNING[]", ok);
    row("restart connector: again",   Kind::RestartConnector, "FAILED[]", "0 RUNNING[] | 100 FAILED[]", failed);
    row("unknown state",              Kind::Resume, "PAUSED[0:PAUSED]", "0 BANANA[0:BANANA] | 9000 BANANA[0:BANANA]", open);
    // clang-format on
}

void TestObservation::verdict()
{
    QFETCH(Kind, kind);
    QFETCH(QString, before);
    QFETCH(QString, film);
    OperationPreview preview;
    preview.request.kind = kind;
    preview.request.task = 1;
    preview.before = observedConnector(statusOf(before), std::nullopt);
    QTEST(judgeObservation(preview, historyOf(film), settle).outcome, "outcome");
}

void TestObservation::saysWhatWasSeen()
{
    OperationPreview preview;
    preview.request.kind = Kind::Pause;
    preview.before = observedConnector(statusOf(QStringLiteral("RUNNING[0:RUNNING 1:RUNNING]")), std::nullopt);
    const auto seen = [&](const char *film) {
        return judgeObservation(preview, historyOf(QString::fromLatin1(film)), settle).seen;
    };
    QCOMPARE(seen("0 PAUSED[0:PAUSED 1:RUNNING]"), QStringLiteral("PAUSED, 1 of 2 tasks paused"));
    preview.request.kind = Kind::Stop;
    QCOMPARE(seen("0 STOPPED[]"), QStringLiteral("STOPPED, no tasks"));
    QCOMPARE(seen("0 STOPPED[0:RUNNING]"), QStringLiteral("STOPPED, 1 of 1 tasks running"));
    preview.request.kind = Kind::RestartAllTasks;
    QCOMPARE(seen("0 RUNNING[0:RUNNING 1:RUNNING] | 9 RUNNING[0:FAILED' 1:RUNNING]"),
        QStringLiteral("Task 0 failed again: new cause password=••••••")); // redacted, first line only
}

QTEST_GUILESS_MAIN(TestObservation)
#include "tst_observation.moc"
