// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/language.h"
#include "models/proof/prooftext.h"

#include <QTest>

using namespace headgate;

namespace {

const RecordPlace kPlace {{QStringLiteral("orders"), 0}, 18'442'907};

FixProof proofOf(int passed, int refused, int open, const char *tolerance = "all", const char *topic = "orders-dead")
{
    FixProof proof {.records = passed + refused + open};
    proof.proposed
        = {.errors = {.tolerance = QString::fromLatin1(tolerance), .deadLetterTopic = QString::fromLatin1(topic)},
            .passed = passed,
            .refused = refused,
            .open = open};
    proof.now = {.errors = {.tolerance = QStringLiteral("none"), .deadLetterTopic = {}}, .refused = 1, .first = kPlace};
    if (refused > 0) {
        proof.proposed.first = kPlace;
    }
    return proof;
}

} // namespace

class TestProofText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installLanguage(*QCoreApplication::instance()); }

    void verdicts_data()
    {
        QTest::addColumn<FixProof>("proof");
        QTest::addColumn<ProofVerdict>("verdict");
        QTest::addColumn<QString>("text");
        QTest::newRow("one dead letter") << proofOf(499, 1, 0) << ProofVerdict::Holds
                                         << QStringLiteral("Of 500 records 499 pass, 1 to the dead letter topic "
                                                           "orders-dead, at orders-0 @ 18,442,907.");
        QTest::newRow("more") << proofOf(498, 2, 0) << ProofVerdict::Holds
                              << QStringLiteral("Of 500 records 498 pass, 2 to the dead letter topic orders-dead, "
                                                "the first at orders-0 @ 18,442,907.");
        QTest::newRow("all") << proofOf(500, 0, 0) << ProofVerdict::Holds << QStringLiteral("All of 500 records pass.");
        QTest::newRow("stops") << proofOf(499, 1, 0, "none", "") << ProofVerdict::Stops
                               << QStringLiteral(
                                      "Of 500 records 499 pass, 1 stops the task, at orders-0 @ 18,442,907.");
        QTest::newRow("lost") << proofOf(1, 1, 0, "all", "") << ProofVerdict::Holds
                              << QStringLiteral("Of 2 records 1 passes, 1 lost without a trace, at orders-0 @ "
                                                "18,442,907.");
        QTest::newRow("open") << proofOf(0, 1, 4) << ProofVerdict::Unproven
                              << QStringLiteral("Of 5 records 4 not proven, 1 to the dead letter topic "
                                                "orders-dead, at orders-0 @ 18,442,907.");
        QTest::newRow("none") << proofOf(0, 0, 0) << ProofVerdict::Unproven
                              << QStringLiteral("No record could be read, so nothing is proven.");
    }
    void verdicts()
    {
        QFETCH(FixProof, proof);
        QFETCH(ProofVerdict, verdict);
        QFETCH(QString, text);
        QCOMPARE(verdictText(proof), text);
        QCOMPARE(verdictOf(proof), verdict);
    }

    void settingsThatConnectRefusesAreNoFix()
    {
        for (const auto warning :
            {ProofWarning::ToleranceUnknown, ProofWarning::DeadLetterIsRead, ProofWarning::DeadLetterCannotBeMade}) {
            auto proof = proofOf(500, 0, 0);
            proof.warnings = {warning};
            QCOMPARE(verdictOf(proof), ProofVerdict::Stops);
        }
    }

    void thePresentSettingsStandBeside()
    {
        QCOMPARE(presentText(proofOf(499, 1, 0)),
            QStringLiteral("As it is set now, 1 stops the task, at orders-0 @ 18,442,907."));
    }

    void everyGapAndWarningHasItsSentence()
    {
        for (int kind = 0; kind <= int(ProofGapKind::References); ++kind) {
            const auto text = gapText({ProofGapKind(kind), QStringLiteral("com.acme.Thing")});
            QVERIFY2(text.endsWith(u'.'), qPrintable(text));
        }
        for (int warning = 0; warning <= int(ProofWarning::FaultNotSeen); ++warning) {
            QVERIFY(proofWarningText(ProofWarning(warning), proofOf(1, 1, 0)).endsWith(u'.'));
        }
    }

    void secretsAreNotShown()
    {
        QVERIFY(!changeText({QStringLiteral("value.converter.basic.auth.user.info"), QStringLiteral("me:hunter2")})
                .contains(QStringLiteral("hunter2")));
    }

    void whatWasReadIsSaid()
    {
        auto proof = proofOf(1, 0, 0);
        proof.reaches = {{{QStringLiteral("orders"), 0}, 18'442'700, 18'443'200, 500, true}};
        proof.partitionsLeft = 2;
        proof.limit = ProofLimit::Time;
        QCOMPARE(reachText(proof),
            QStringLiteral("Read: orders-0 from 18,442,700 to 18,443,199. Not read: 2 more partitions. Reading ended "
                           "after 10 s."));
    }
};

QTEST_GUILESS_MAIN(TestProofText)
#include "tst_prooftext.moc"
