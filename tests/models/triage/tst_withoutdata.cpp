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

    void whatWasNeverSeenIsNotShown()
    {
        auto picture = pictureWithout({ErrorKind::Unreachable});
        auto snapshot = *picture.snapshot;
        snapshot.clusters.front().statusAt = {};
        snapshot.kafka = {};
        snapshot.kafkaError = errorOf(ErrorKind::Unreachable);
        picture = cast::picture(snapshot, {});
        const auto causes = [&] {
            QStringList all;
            for (const auto &each : findProblems(snapshot, picture.policy, {}, picture.now, picture.monotonicNow)) {
                all << plainText(causeOf(each, picture));
            }
            return all.join(u'\n');
        }();
        QVERIFY2(causes.contains(QLatin1String("Nothing was seen of it yet.")), qPrintable(causes));
        QVERIFY2(causes.contains(QLatin1String("So lag is not known;")), qPrintable(causes));
        QVERIFY2(!causes.contains(QLatin1String("seen last")), qPrintable(causes));
    }

    void aLostWorkerWithoutTasksHandsNothingOver()
    {
        const auto picture = cast::picture(cast::snapshot(), {});
        auto problems = findProblems(*picture.snapshot, picture.policy, {}, picture.now, picture.monotonicNow);
        auto &lost = *std::ranges::find(problems, ProblemKind::WorkerUnreachable, &Problem::kind);
        lost.tasks.clear();
        const auto cause = plainText(causeOf(lost, picture));
        QVERIFY2(cause.contains(QLatin1String("No task is listed on it.")), qPrintable(cause));
        QVERIFY2(!cause.contains(QLatin1String("0 task")), qPrintable(cause));
        lost.message.clear();
        QVERIFY(plainText(causeOf(lost, picture)).startsWith(QLatin1String("It does not answer, ")));
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
