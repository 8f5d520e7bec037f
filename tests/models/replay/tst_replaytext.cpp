// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/replaytext.h"

#include <QSet>
#include <QTest>

using namespace headgate;

class tst_ReplayText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyWarningHasASentenceOfItsOwn()
    {
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(PlanWarningKind::OrderGoesBack); ++kind) {
            const PlanWarning warning {.kind = PlanWarningKind(kind),
                .tp = {QStringLiteral("orders"), 3},
                .asked = 7,
                .bound = 1'000'000,
                .text = QStringLiteral("<b>x</b>")};
            const auto sentence = warningText(warning);
            QVERIFY2(!sentence.isEmpty(), qPrintable(QString::number(kind)));
            QVERIFY2(!sentence.contains(QLatin1String("%")), qPrintable(sentence)); // every place is filled
            sentences << sentence;
        }
        QCOMPARE(sentences.size(), int(PlanWarningKind::OrderGoesBack) + 1);
    }

    void bothBoundsAreTold()
    {
        const auto truncated = warningText({.kind = PlanWarningKind::LogTruncated,
            .tp = {QStringLiteral("orders"), 3},
            .asked = 7,
            .bound = 1'000'000});
        QVERIFY(truncated.contains(QLatin1String("orders-3")) && truncated.contains(QLatin1String("1,000,000"))
            && truncated.contains(QLatin1String(" 7 ")));
    }

    void everyOtherWordIsThere()
    {
        for (int kind = 0; kind <= int(PlanDriftKind::BoundPassed); ++kind) {
            QVERIFY(!driftText({.kind = PlanDriftKind(kind),
                                   .what = QStringLiteral("t"),
                                   .then = QStringLiteral("a"),
                                   .now = QStringLiteral("b")})
                    .contains(QLatin1Char('%')));
            QVERIFY(!driftText({.kind = PlanDriftKind(kind)}).isEmpty());
        }
        QSet<QString> steps, states, places;
        for (int step = 0; step <= int(ReplayStep::Close); ++step) {
            steps << replayStepText(ReplayStep(step));
        }
        for (int state = 0; state <= int(StepState::Skipped); ++state) {
            states << stepStateText(StepState(state));
        }
        for (int where = 0; where <= int(PositionsAre::NotRead); ++where) {
            places << positionsText(PositionsAre(where));
        }
        QCOMPARE(steps.size(), 11);
        QCOMPARE(states.size(), 6);
        QCOMPARE(places.size(), 5);
        QVERIFY(!choiceText(ReplayChoice::Continue).isEmpty() && !choiceText(ReplayChoice::Restore).isEmpty()
            && !choiceText(ReplayChoice::Leave).isEmpty());
    }

    // Rows: KF-10
    void boundsAreCalledBounds()
    {
        ReplayPlan plan {.type = ConnectorType::Sink, .again = 1500, .skipped = 2};
        QCOMPARE(againText(plan), QStringLiteral("1,500 records are delivered again, 2 are skipped."));
        plan.atMost = true;
        QCOMPARE(againText(plan), QStringLiteral("At most 1,500 records are delivered again, at most 2 are skipped."));
    }

    void whatWasNotMeasuredIsSaidSo()
    {
        ReplayPlan plan {.type = ConnectorType::Sink, .again = 1500};
        QVERIFY(bytesText(plan).startsWith(QLatin1String("not known")));
        QVERIFY(secondsText(plan).startsWith(QLatin1String("not known")));
        plan.sizes = SizeSample {.records = 300, .meanBytes = 1024, .standardError = 40};
        plan.recordsPerSecond = 12.5;
        QCOMPARE(bytesText(plan), QStringLiteral("about 1.5 MB, within 8 % (sample of 300 records)"));
        QCOMPARE(secondsText(plan), QStringLiteral("about 2 min at 12.5 records/s"));
    }
};

QTEST_GUILESS_MAIN(tst_ReplayText)
#include "tst_replaytext.moc"
