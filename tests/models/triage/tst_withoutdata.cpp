// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/language.h"
#include "models/common/pageface.h"
#include "models/triage/problemwords.h"
#include "support/cast/picture.h"

#include <QTest>

using namespace headgate;

namespace {

Error errorOf(ErrorKind kind)
{
    return {.kind = kind, .message = QStringLiteral("because"), .target = QStringLiteral("connect-eu-1:8083")};
}

ContextPicture pictureWithout(std::vector<ErrorKind> clusters)
{
    auto snapshot = cast::unreachablePlatform();
    const auto first = snapshot.clusters.front();
    snapshot.clusters.clear();
    for (size_t i = 0; i < clusters.size(); ++i) {
        snapshot.clusters.push_back(first);
        snapshot.clusters.back().name = {QStringLiteral("connect-%1").arg(i)};
        snapshot.clusters.back().error = errorOf(clusters[i]);
    }
    return cast::picture(snapshot, {});
}

} // namespace

//! What gives no data says why: nobody there, a login, a right, a file of ours.
class tst_WithoutData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installLanguage(*QCoreApplication::instance()); }

    void theChipNamesTheMatter_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("chip");
        QTest::addColumn<QString>("says"); // in the cause
        const auto row = [](ErrorKind kind, const char *chip, const char *says) {
            QTest::newRow(chip) << int(kind) << QString::fromLatin1(chip) << QString::fromLatin1(says);
        };
        row(ErrorKind::Unreachable, "Cluster unreachable", "No worker answers: because.");
        row(ErrorKind::AuthenticationFailed, "Login refused", "Check user and password");
        row(ErrorKind::NotPermitted, "Not permitted", "Ask the platform's owner for this right");
        row(ErrorKind::SecretsUnavailable, "Secret missing", "Unlock the key ring");
        row(ErrorKind::TlsFailed, "No encrypted connection", "certificate authority");
        row(ErrorKind::InvalidInput, "Set-up incomplete", "This cannot be used: because.");
        row(ErrorKind::InvalidAnswer, "No usable answer", "Kafka Connect's REST port");
    }
    void theChipNamesTheMatter()
    {
        QFETCH(int, kind);
        QFETCH(QString, says);
        const auto picture = pictureWithout({ErrorKind(kind)});
        const auto problems = findProblems(*picture.snapshot, picture.policy, {}, picture.now, picture.monotonicNow);
        const auto lost = std::ranges::find(problems, ProblemKind::ClusterUnreachable, &Problem::kind);
        QVERIFY(lost != problems.end());
        QTEST(chipOf(*lost), "chip");
        const auto cause = plainText(causeOf(*lost, picture));
        QVERIFY2(cause.contains(says), qPrintable(cause));
        QVERIFY(cause.endsWith(QLatin1String("What is shown is what was seen last.")));
    }

    void whoWaitsIsToldForHowLong()
    {
        auto picture = cast::picture(PlatformSnapshot {}, {});
        picture.askedSince = Monotonic(std::chrono::seconds(100));
        picture.monotonicNow = picture.askedSince + std::chrono::milliseconds(900);
        QCOMPARE(pageFace(picture).sentence, QStringLiteral("Asking connect-eu"));
        QVERIFY(pageFace(picture).remedy == PageRemedy::None);
        picture.monotonicNow = picture.askedSince + std::chrono::seconds(4);
        QCOMPARE(pageFace(picture).sentence, QStringLiteral("Asking connect-eu for 4 s"));
        QVERIFY(pageFace(picture).remedy == PageRemedy::OpenContexts);
    }

    void theBannerNamesEveryLostCluster()
    {
        const auto both = pageFace(pictureWithout({ErrorKind::Unreachable, ErrorKind::DeadlineExceeded}));
        QCOMPARE(both.strong, QStringLiteral("2 Connect clusters do not answer: connect-0, connect-1."));
        const auto one = pageFace(pictureWithout({ErrorKind::Unreachable, ErrorKind::NotPermitted}));
        QCOMPARE(one.strong, QStringLiteral("No worker of connect-0 answers."));
    }
};

QTEST_GUILESS_MAIN(tst_WithoutData)
#include "tst_withoutdata.moc"
