// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/policyfile.h"

#include <QFile>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

class TestPolicyFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shippedFileIsTheDefault();
    void readsItsOwnValues();
    void whatIsWrittenIsRead();
    void refusesWithTheLine_data();
    void refusesWithTheLine();
};

void TestPolicyFile::shippedFileIsTheDefault()
{
    QFile file(QStringLiteral(SHIPPED_POLICY));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(parseTriagePolicy(file.readAll()).value(), TriagePolicy {});
    QCOMPARE(parseTriagePolicy("").value(), TriagePolicy {});
    QCOMPARE(parseTriagePolicy("# only words\n").value(), TriagePolicy {});
}

void TestPolicyFile::readsItsOwnValues()
{
    const auto policy = parseTriagePolicy("lagBehind: 2.5\nmissedPollsUntilStale: 7\nunknown: kept out\n").value();
    QCOMPARE(policy.lagBehind, Milliseconds(2500));
    QCOMPARE(policy.missedPollsUntilStale, 7);
    QCOMPARE(policy.recoveredAfter, TriagePolicy {}.recoveredAfter);
}

void TestPolicyFile::whatIsWrittenIsRead()
{
    const TriagePolicy policy {1s, 2s, 3500ms, 4, 5s};
    QCOMPARE(parseTriagePolicy(writeTriagePolicy(policy)).value(), policy);
}

void TestPolicyFile::refusesWithTheLine_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("says");
    // clang-format off
    QTest::newRow("word")       << QByteArray("lagBehind: soon")                 << "line 1: \"lagBehind\" is no time in seconds";
    QTest::newRow("zero")       << QByteArray("\nlagBehind: 0")                  << "line 2: \"lagBehind\" is no time in seconds";
    QTest::newRow("negative")   << QByteArray("recoveredAfter: -1")              << "is no time in seconds";
    QTest::newRow("infinite")   << QByteArray("recoveredAfter: .inf")            << "is no time in seconds";
    QTest::newRow("two days")   << QByteArray("healthDeadline: 172800")          << "is no time in seconds";
    QTest::newRow("half poll")  << QByteArray("missedPollsUntilStale: 1.5")      << "is no count";
    QTest::newRow("list")       << QByteArray("lagBehind: [1]")                  << "is no time in seconds";
    QTest::newRow("no map")     << QByteArray("- 1")                             << "not a policy file";
    QTest::newRow("broken")     << QByteArray("a: [")                            << "line ";
    QTest::newRow("too large")  << QByteArray(100'000, '#')                      << "64 kB";
    // clang-format on
}

void TestPolicyFile::refusesWithTheLine()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, says);
    const auto policy = parseTriagePolicy(yaml);
    QVERIFY(!policy);
    QVERIFY2(policy.error().message.contains(says), qPrintable(policy.error().message));
}

QTEST_GUILESS_MAIN(TestPolicyFile)
#include "tst_policyfile.moc"
