// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/ownership.h"

#include <QTest>

using namespace headgate;

class TestOwnership : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstMatchWins_data();
    void firstMatchWins();
    void readsEveryField();
    void refusesWithTheLine_data();
    void refusesWithTheLine();
    void emptyFileIsNoRule();
};

void TestOwnership::firstMatchWins_data()
{
    QTest::addColumn<QString>("connector");
    QTest::addColumn<QString>("team");
    // clang-format off
    QTest::newRow("exact")          << "invoices-jdbc-sink" << "Billing";
    QTest::newRow("star")           << "orders-s3-sink" << "Orders";
    QTest::newRow("star in middle") << "clickstream-http-sink" << "Web analytics";
    QTest::newRow("question mark")  << "crm-1" << "CRM";
    QTest::newRow("no second sign") << "crm-12" << "";
    QTest::newRow("case counts")    << "Orders-s3" << "";
    QTest::newRow("whole name")     << "my-orders-s3" << "";
    QTest::newRow("first wins")     << "orders-cdc-source" << "Payments";
    QTest::newRow("empty")          << "" << "";
    // clang-format on
}

void TestOwnership::firstMatchWins()
{
    const auto rules = parseOwnership(R"(
owners:
  - {connector: invoices-jdbc-sink, team: Billing}
  - {connector: "orders-cdc-*", team: Payments}
  - {connector: "orders-*", team: Orders}
  - {connector: "click*-sink", team: "Web analytics"}
  - {connector: "crm-?", team: CRM}
)");
    QVERIFY(rules);
    QFETCH(QString, connector);
    const auto *rule = ownerOf(connector, *rules);
    QTEST(rule ? rule->team : QString(), "team");
}

void TestOwnership::readsEveryField()
{
    const auto rules
        = parseOwnership("owners:\n  - connector: a*\n    team: T\n    owner: O\n    system: S\n    contact: C\n"
                         "    rollbackOwner: R\n    unknown: kept out\n");
    QVERIFY(rules && rules->size() == 1);
    const OwnershipRule expected {QStringLiteral("a*"), QStringLiteral("T"), QStringLiteral("O"), QStringLiteral("S"),
        QStringLiteral("C"), QStringLiteral("R")};
    QCOMPARE(rules->front(), expected);
}

void TestOwnership::refusesWithTheLine_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("says");
    // clang-format off
    QTest::newRow("broken")     << QByteArray("owners:\n  - {a: b") << "line ";
    QTest::newRow("not a list") << QByteArray("owners: x") << "\"owners\" is not a list";
    QTest::newRow("no glob")    << QByteArray("owners:\n  - connector: a\n  - team: T\n") << "line 3";
    QTest::newRow("too large")  << QByteArray(2 * 1024 * 1024, '#') << "1 MB";
    QTest::newRow("deep")       << QByteArray(100'000, '[') << "ownership.yaml";
    // clang-format on
}

void TestOwnership::refusesWithTheLine()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, says);
    const auto rules = parseOwnership(yaml);
    QVERIFY(!rules);
    QCOMPARE(rules.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(rules.error().message.contains(says), qPrintable(rules.error().message));
}

void TestOwnership::emptyFileIsNoRule()
{
    QVERIFY(parseOwnership("").has_value());
    QVERIFY(parseOwnership("owners:\n").value().empty());
    QVERIFY(parseOwnership("# nobody yet\n").value().empty());
}

QTEST_GUILESS_MAIN(TestOwnership)
#include "tst_ownership.moc"
