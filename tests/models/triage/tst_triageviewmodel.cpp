// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/language.h"
#include "models/triage/problemwords.h"
#include "models/triage/recordwords.h"
#include "models/triage/triageviewmodel.h"
#include "models/triage/witnesswords.h"
#include "support/cast/picture.h"

#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

QStringList buttonTexts(const TriageCard &card)
{
    QStringList texts;
    for (const auto &button : card.buttons) {
        texts << button.text;
    }
    return texts;
}

QStringList factTexts(const TriageCard &card)
{
    QStringList texts;
    for (const auto &fact : card.facts) {
        texts << QString(fact.caption + QStringLiteral(": ") + plainText(fact.value));
    }
    return texts;
}

} // namespace

class TestTriageViewModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installLanguage(*QCoreApplication::instance()); }

    void failedTaskReadsLikeTheStory();
    void growingLagReadsLikeTheStory();
    void lostWorkerReadsLikeTheStory();
    void everyKindHasAllSentences();
    void recordThatWasNotFoundIsSaid_data();
    void recordThatWasNotFoundIsSaid();
    void whoSaysWhatIsOneSentence_data();
    void whoSaysWhatIsOneSentence();
    void restSumsUpWhoNeedsNothing();
    void allIsWellOnlyOnFreshKnowledge_data();
    void allIsWellOnlyOnFreshKnowledge();
    void selectionFollowsItsCard();
    void theWorstIsSelectedUntilSomebodyChooses();
    void saysNothingWhenNothingChanged();
    void foldsPastTwelve();
    void readOnlyDisablesOperationsWithReason();
    void evidenceTellsTheStory();
    void handOverIsComplete();
    void recoveringShowsItsPresentValue();
};

void TestTriageViewModel::failedTaskReadsLikeTheStory()
{
    const auto picture = cast::picture();
    const auto card = cardOf(picture.problems->at(0), picture);
    QCOMPARE(card.title, QStringLiteral("invoices-jdbc-sink"));
    QCOMPARE(card.chip, QStringLiteral("Task 1 of 3 failed"));
    QCOMPARE(card.since, QStringLiteral("since 09:31:07"));
    QCOMPARE(card.duration, QStringLiteral("11 min"));
    QCOMPARE(plainText(card.cause),
        QStringLiteral("billing-db refused a record: numeric field overflow. Task 1 stopped there."));
    QCOMPARE(factTexts(card),
        (QStringList {QStringLiteral("Record: invoices-3 @ 18,442,907"),
            QStringLiteral("Task, worker: 1 on connect-eu-5"), QStringLiteral("Setting: errors.tolerance=none"),
            QStringLiteral("Lag: 41,208 records")}));
    QCOMPARE(plainText(card.touches),
        QStringLiteral("billing-db (team Billing); 4 of 12 partitions of invoices wait; tasks 0 and 2 go on"));
    QCOMPARE(plainText(card.recoveredWhen).simplified(),
        QStringLiteral("3 of 3 tasks run for 1 min, then lag falls now 2 of 3"));
    QCOMPARE(buttonTexts(card),
        (QStringList {QStringLiteral("Look at the record"), QStringLiteral("Restart task 1..."),
            QStringLiteral("Pause..."), QStringLiteral("Replay past this record...")}));
    QCOMPARE(card.buttons[1].note, QStringLiteral("will stop at the same record again"));
    QVERIFY(card.buttons[1].reason.isEmpty());
}

// Rows: L22
void TestTriageViewModel::growingLagReadsLikeTheStory()
{
    const auto picture = cast::picture();
    const auto card = cardOf(picture.problems->at(1), picture);
    QCOMPARE(card.chip, QStringLiteral("Lag grows"));
    QCOMPARE(plainText(card.cause),
        QStringLiteral("journey-api takes less than comes in: 6,420 records/s arrive, 5,490 are written, lag grows by "
                       "930 records/s."));
    QCOMPARE(factTexts(card),
        (QStringList {QStringLiteral("Lag: 2.84 M records"), QStringLiteral("Behind: 7 min 22 s"),
            QStringLiteral("In, out: 6,420 / 5,490 records/s"), QStringLiteral("Catches up: never at this rate")}));
    QCOMPARE(card.facts[0].spark.size(), 60);
    QCOMPARE(
        plainText(card.touches), QStringLiteral("journey-api (team Web analytics); clickstream.events, 24 partitions"));

    auto falling = picture.problems->at(1);
    falling.lagSlope = -2840;
    QCOMPARE(factTexts(cardOf(falling, picture)).back(), QStringLiteral("Catches up: in 16 min"));
}

void TestTriageViewModel::lostWorkerReadsLikeTheStory()
{
    const auto picture = cast::picture();
    const auto card = cardOf(picture.problems->at(2), picture);
    QCOMPARE(card.title, QStringLiteral("connect-eu-3:8083"));
    QCOMPARE(card.chip, QStringLiteral("Worker unreachable"));
    QCOMPARE(plainText(card.cause),
        QStringLiteral("Connection refused, 14 tries. With Connect's default delay the group gives its 9 tasks to the "
                       "other workers by "
                       "09:45:02, unless it comes back before."));
    QCOMPARE(plainText(card.touches),
        QStringLiteral(
            "salesforce-accounts-source, sessions-elastic-sink, shipments-s3-sink and stock-levels-mongo-source"));
    QCOMPARE(buttonTexts(card),
        (QStringList {QStringLiteral("Show the 4 connectors"), QStringLiteral("Copy report for its host")}));
    QCOMPARE(card.buttons[0].filter, QStringLiteral("worker:connect-eu-3:8083"));
}

void TestTriageViewModel::everyKindHasAllSentences()
{
    const auto picture = cast::picture();
    for (int kind = 0; kind <= int(ProblemKind::DeadLettersGrow); ++kind) {
        auto problem = picture.problems->at(0);
        problem.kind = ProblemKind(kind);
        problem.witnesses
            = {.agree = false, .kind = WitnessKind::NotInGroup, .silentTasks = {0}, .tasksTotal = 2, .worker = {}};
        problem.message = QStringLiteral("flushing updates to the status topic");
        const auto card = cardOf(problem, picture);
        for (const auto &text :
            {card.title, card.chip, card.since, card.duration, plainText(card.cause), plainText(card.recoveredWhen)}) {
            QVERIFY2(!text.isEmpty() && !text.contains(QLatin1String("%1")) && !text.contains(QLatin1String("(s)")),
                qPrintable(text));
        }
        QVERIFY(!card.buttons.empty());
        QVERIFY(card.spoken().contains(card.chip));
    }
}

void TestTriageViewModel::restSumsUpWhoNeedsNothing()
{
    const auto rest = healthyRest(cast::picture(), 6);
    QCOMPARE(rest.title, QStringLiteral("The other 16 connectors need nothing"));
    QCOMPARE(rest.summary, QStringLiteral("13 run well since 07:12 · 2 paused on purpose · 1 stopped · seen 2 s ago"));
    QCOMPARE(int(rest.lines.size()), 6);
    QCOMPARE(rest.lines.front().name, QStringLiteral("telemetry-mqtt-source"));
    QCOMPARE(rest.lines.front().rate, QStringLiteral("8,910 /s"));
    QCOMPARE(rest.lines.back().name, QStringLiteral("8 more run well"));
    auto unknown = cast::picture();
    auto snapshot = *unknown.snapshot;
    for (auto &facts : snapshot.connectors) {
        facts.recordsPerSecond = Observed<double>::none(Absence::NoData, QStringLiteral("one sample so far"));
    }
    unknown.snapshot = std::make_shared<const PlatformSnapshot>(std::move(snapshot));
    const auto dashes = healthyRest(unknown, 6);
    QCOMPARE(dashes.lines.back().rate, dashes.lines.front().rate); // a sum of nothing known is no zero
    QVERIFY(!dashes.lines.back().rate.contains(u'0'));
}

void TestTriageViewModel::allIsWellOnlyOnFreshKnowledge_data()
{
    QTest::addColumn<PlatformSnapshot>("snapshot");
    QTest::addColumn<QString>("title");
    QTest::addColumn<PageState>("state");
    QTest::newRow("well") << cast::wellPlatform() << QStringLiteral("All is well since 07:12") << PageState::Normal;
    QTest::newRow("nobody made a connector")
        << cast::emptyPlatform() << QStringLiteral("No connector yet") << PageState::Empty;
    QTest::newRow("old picture") << cast::stalePlatform() << QString() << PageState::Old;
    QTest::newRow("nobody answers") << cast::unreachablePlatform() << QString() << PageState::Unreachable;
    QTest::newRow("may not look") << cast::forbiddenPlatform() << QString() << PageState::NotPermitted;
    QTest::newRow("nothing known") << PlatformSnapshot {} << QString() << PageState::Loading;
}

// Rows: UX-36
void TestTriageViewModel::allIsWellOnlyOnFreshKnowledge()
{
    QFETCH(PlatformSnapshot, snapshot);
    QFETCH(QString, title);
    QFETCH(PageState, state);
    auto picture = cast::picture(snapshot, {});
    picture.wellSince = cast::at("2026-03-10T07:12:00Z");
    const auto board = boardOf(picture, 6);
    QCOMPARE(board.wellTitle, title);
    QCOMPARE(board.face.state, state);
}

void TestTriageViewModel::selectionFollowsItsCard()
{
    TriageViewModel model;
    auto picture = cast::picture();
    model.show(picture);
    QCOMPARE(model.selected(), 0);
    model.select(2);
    auto problems = *picture.problems;
    problems.erase(problems.begin());
    picture.problems = std::make_shared<const std::vector<Problem>>(problems);
    model.show(picture);
    QCOMPARE(model.selected(), 1);
    QCOMPARE(model.board().cards[1].title, QStringLiteral("connect-eu-3:8083"));
    problems.pop_back();
    picture.problems = std::make_shared<const std::vector<Problem>>(problems);
    model.show(picture);
    QCOMPARE(model.selected(), 0); // its card left: the nearest one
    picture.problems = nullptr;
    model.show(picture);
    QCOMPARE(model.selected(), -1);
}

void TestTriageViewModel::theWorstIsSelectedUntilSomebodyChooses()
{
    TriageViewModel model;
    auto picture = cast::picture();
    const auto all = *picture.problems;
    picture.problems = std::make_shared<const std::vector<Problem>>(all.begin() + 1, all.end());
    model.show(picture);
    picture.problems = std::make_shared<const std::vector<Problem>>(all); // a worse one comes
    model.show(picture);
    QCOMPARE(model.selected(), 0);
    model.select(0);
    picture.problems = std::make_shared<const std::vector<Problem>>(all.begin() + 1, all.end());
    model.show(picture);
    picture.problems = std::make_shared<const std::vector<Problem>>(all);
    model.select(0);
    model.show(picture);
    QCOMPARE(model.selected(), 1); // what a person reads stays under their eyes
}

void TestTriageViewModel::saysNothingWhenNothingChanged()
{
    TriageViewModel model;
    auto picture = cast::picture();
    model.show(picture);
    const QSignalSpy changed(&model, &TriageViewModel::changed);
    const QSignalSpy selection(&model, &TriageViewModel::selectionChanged);
    model.show(picture);
    QCOMPARE(changed.count() + selection.count(), 0);
    picture.now += 60s;
    model.show(picture);
    QCOMPARE(changed.count(), 1);
}

void TestTriageViewModel::foldsPastTwelve()
{
    const auto board = boardOf(cast::picture(cast::snapshot(), cast::manyProblems(42)), 6);
    QCOMPARE(int(board.cards.size()), 12);
    QCOMPARE(int(board.folded.size()), 20);
    QCOMPARE(board.foldedTitle, QStringLiteral("30 more problems"));
    QCOMPARE(board.summary, QStringLiteral("42 problems, worst first."));
}

// Rows: UX-09
void TestTriageViewModel::readOnlyDisablesOperationsWithReason()
{
    auto picture = cast::picture();
    picture.mode = Mode::ReadOnly;
    for (const auto &problem : *picture.problems) {
        for (const auto &button : cardOf(problem, picture).buttons) {
            QCOMPARE(
                button.reason, button.act == CardAct::Operate ? QStringLiteral("eu-prod is read-only") : QString());
        }
    }
}

// Rows: N16
void TestTriageViewModel::evidenceTellsTheStory()
{
    const auto picture = cast::picture();
    const auto evidence = evidenceOf(picture.problems->at(0), picture);
    QCOMPARE(int(evidence.flow.size()), 3);
    QCOMPARE(evidence.flow[0].name, QStringLiteral("invoices"));
    QCOMPARE(evidence.flow[1].caption, QStringLiteral("2 of 3 tasks"));
    QCOMPARE(evidence.flow[2].name, QStringLiteral("billing-db"));
    QVERIFY(evidence.flow[2].brokenBefore && !evidence.flow[1].brokenBefore);

    const auto first
        = std::ranges::find_if(evidence.trace, [](const Spans &line) { return line.front().role == TextRole::Fail; });
    QVERIFY(first != evidence.trace.end());
    QVERIFY(plainText(*first).contains(QLatin1String("PSQLException: ERROR: numeric field overflow")));
    QVERIFY(evidence.advice.startsWith(QLatin1String("Known pattern:")));
    QCOMPARE(evidence.recordPlace, QStringLiteral("invoices-3 @ 18,442,907"));
    QVERIFY(
        evidence.record.join(u'\n').contains(QLatin1String("amount   104250000.00"))); // the number as it was written
    QVERIFY(evidence.record.join(u'\n').contains(QStringLiteral("customer ••••••")));

    auto broken = *cast::picture().problems->front().record;
    broken.valueText = QStringLiteral("{invoice: 4224, amount: 129,90}");
    QVERIFY(recordLines(broken, cast::now()).last().endsWith(broken.valueText)); // whole: it is no JSON

    QStringList story;
    for (const auto &event : evidence.events) {
        story << QString(event.time + u' ' + event.what);
    }
    QCOMPARE(story,
        (QStringList {QStringLiteral("09:31:07 Failed since then"),
            QStringLiteral("09:33:40 Restarted task 1 of invoices-jdbc-sink by M. Keller"),
            QStringLiteral("09:33:52 task 1 FAILED again after 11.8 s")}));
    QCOMPARE(evidence.owner.front().second, QStringLiteral("Billing, on call D. Ferrari"));
}

void TestTriageViewModel::handOverIsComplete()
{
    const auto picture = cast::picture();
    const auto text = handOverText(picture.problems->at(0), picture);
    for (const auto *part : {"eu-prod / connect-eu / invoices-jdbc-sink: Task 1 of 3 failed", "since 09:31:07 (11 min)",
             "billing-db refused a record", "Record: invoices-3 @ 18,442,907", "Recovered when: 3 of 3 tasks run",
             "Known pattern:", "Owner: Billing, on call D. Ferrari", "As seen at 2026-03-10T09:42:16.000Z"}) {
        QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
    }
}

void TestTriageViewModel::recoveringShowsItsPresentValue()
{
    auto picture = cast::picture();
    picture.monotonicNow = Monotonic {100s};
    auto problem = picture.problems->at(0);
    problem.recoveredSince = Monotonic {76s};
    QVERIFY(plainText(recoveredWhenOf(problem, picture)).contains(QLatin1String("good for 24 s")));
}

void TestTriageViewModel::recordThatWasNotFoundIsSaid_data()
{
    QTest::addColumn<bool>("sought");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("fact");
    QTest::addColumn<QString>("says");
    const auto row
        = [](const char *name, bool sought, ErrorKind kind, const char *detail, const char *fact, const char *says) {
              QTest::newRow(name) << sought << int(kind) << QString::fromLatin1(detail) << QString::fromLatin1(fact)
                                  << QString::fromLatin1(says);
          };
    row("under way", true, ErrorKind::NotFound, "", "Record: reading for it", "reading for it");
    row("none refused", false, ErrorKind::NotFound, "412", "Record: not found", "412");
    row("no position", false, ErrorKind::NotFound, "", "Record: not found", "no position");
    row("unknown converter", false, ErrorKind::NotSupported, "", "Record: not found", "not looked for");
    row("no right", false, ErrorKind::NotPermitted, "", "Record: not found", "not found: ");
}

void TestTriageViewModel::recordThatWasNotFoundIsSaid()
{
    QFETCH(bool, sought);
    QFETCH(int, kind);
    QFETCH(QString, detail);
    QFETCH(QString, fact);
    QFETCH(QString, says);
    auto picture = cast::picture();
    auto problem = picture.problems->front();
    problem.record.reset();
    problem.recordSought = sought;
    if (!sought) {
        problem.recordError = Error {.kind = ErrorKind(kind), .detail = detail};
    }
    const auto card = cardOf(problem, picture);
    QVERIFY(!card.facts.empty());
    const QString shown = card.facts.front().caption + QStringLiteral(": ") + plainText(card.facts.front().value);
    QCOMPARE(shown, fact);
    QCOMPARE(card.buttons.front().act, CardAct::ReadTrace); // nothing to look at
    const auto evidence = evidenceOf(problem, picture);
    QVERIFY(evidence.record.isEmpty());
    QVERIFY2(evidence.recordHow.contains(says), qPrintable(evidence.recordHow));
}

void TestTriageViewModel::whoSaysWhatIsOneSentence_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QList<int>>("tasks");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, WitnessKind kind, QList<int> tasks, const char *sentence) {
        QTest::newRow(name) << int(kind) << tasks << QString::fromLatin1(sentence);
    };
    row("agree", WitnessKind::None, {}, "");
    row("silent", WitnessKind::WorkerSilent, {1},
        "REST says task 1 runs on w-2:8083, which does not answer since 09:39:52");
    row("one member", WitnessKind::NotInGroup, {0, 2},
        "REST says 2 of 3 tasks run, the group has 1 member at 09:39:52");
    row("unhealthy", WitnessKind::WorkerUnhealthy, {},
        "REST says RUNNING, w-2:8083 calls itself unhealthy since 09:39:52");
    row("standing", WitnessKind::OffsetsStand, {}, "REST says RUNNING, no position was committed since 09:39:52");
}

void TestTriageViewModel::whoSaysWhatIsOneSentence()
{
    QFETCH(int, kind);
    QFETCH(QList<int>, tasks);
    const WitnessReport report {.agree = kind == int(WitnessKind::None),
        .kind = WitnessKind(kind),
        .silentTasks = {tasks.begin(), tasks.end()},
        .tasksTotal = 3,
        .members = 1,
        .worker = QStringLiteral("w-2:8083"),
        .since = cast::at("2026-03-10T09:39:52Z")};
    QTEST(witnessSentence(report, cast::now()), "sentence");
}

QTEST_GUILESS_MAIN(TestTriageViewModel)
#include "tst_triageviewmodel.moc"
