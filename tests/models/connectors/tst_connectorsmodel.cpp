// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/cellroles.h"
#include "models/common/csvcell.h"
#include "models/connectors/connectorscsv.h"
#include "models/connectors/connectorsproxy.h"
#include "support/cast/picture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

QStringList names(const QAbstractItemModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row) {
        list << model.index(row, int(ConnectorColumn::Name)).data().toString();
    }
    return list;
}

FilterExpression filter(const char *text)
{
    return parseFilter(QString::fromUtf8(text)).value_or(FilterExpression {});
}

NumberText number(const QAbstractItemModel &model, const char *name, ConnectorColumn column)
{
    const auto row = int(names(model).indexOf(QString::fromLatin1(name)));
    return model.index(row, int(column)).data(NumberRole).value<NumberText>();
}

//! The cast with one connector changed by `change`.
ContextPicture changed(const char *name, const std::function<void(ConnectorFacts &)> &change)
{
    auto snapshot = cast::snapshot();
    for (auto &facts : snapshot.connectors) {
        if (facts.ref.name == QLatin1String(name)) {
            change(facts);
        }
    }
    return cast::picture(snapshot, cast::problems());
}

} // namespace

class TestConnectorsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passesTheModelTester();
    void failedFirstThenByName();
    void sortsByEveryColumnWithAbsentLast_data();
    void sortsByEveryColumnWithAbsentLast();
    void filters_data();
    void filters();
    void standingCountersAreFilters_data();
    void standingCountersAreFilters();
    void cellsTellTheCast();
    void sixFacesInTheLagColumn_data();
    void sixFacesInTheLagColumn();
    void unknownStateShowsTheWorkersWord();
    void agesAloneSayNothing();
    void oneChangeIsOneSignal_data();
    void oneChangeIsOneSignal();
    void becomingStaleIsTold();
    void oldSnapshotsAreLetGo();
    void refreshKeepsRowsOfAFilteredSortedTable();
    void tenThousandRows();
    void csvGuardsFormulas_data();
    void csvGuardsFormulas();
    void csvHoldsFullNumbersAndNoSecrets();
};

void TestConnectorsModel::passesTheModelTester()
{
    ConnectorsModel model;
    ConnectorsProxy proxy(&model);
    const QAbstractItemModelTester modelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxyTester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(cast::picture());
    QCOMPARE(model.rowCount(), 22);
    proxy.setFaultsOnly(true);
    model.show(cast::picture(cast::manyConnectors(300), {}));
    model.show(cast::picture(cast::emptyPlatform(), {}));
    model.show(ContextPicture {});
    QCOMPARE(model.rowCount(), 0);
}

// Rows: UX-01
void TestConnectorsModel::failedFirstThenByName()
{
    ConnectorsModel model;
    const ConnectorsProxy proxy(&model);
    model.show(cast::picture());
    const auto shown = names(proxy);
    QCOMPARE(shown.mid(0, 10),
        QStringLiteral(
            "invoices-jdbc-sink salesforce-accounts-source sessions-elastic-sink shipments-s3-sink "
            "stock-levels-mongo-source "
            "clickstream-http-sink consents-jdbc-source loyalty-redis-sink legacy-crm-sink audit-log-s3-sink")
            .split(u' '));
    auto running = shown.mid(9);
    std::ranges::sort(running);
    QCOMPARE(shown.mid(9), running);
}

void TestConnectorsModel::sortsByEveryColumnWithAbsentLast_data()
{
    QTest::addColumn<ConnectorColumn>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    const auto row
        = [](const char *name, ConnectorColumn column, Qt::SortOrder order, const char *first, const char *last) {
              QTest::newRow(name) << column << order << QString::fromLatin1(first) << QString::fromLatin1(last);
          };
    row("name", ConnectorColumn::Name, Qt::AscendingOrder, "audit-log-s3-sink", "telemetry-mqtt-source");
    row("biggest rate", ConnectorColumn::Records, Qt::DescendingOrder, "telemetry-mqtt-source", "legacy-crm-sink");
    row("smallest rate, absent still last", ConnectorColumn::Records, Qt::AscendingOrder, "consents-jdbc-source",
        "legacy-crm-sink");
    row("biggest lag", ConnectorColumn::Lag, Qt::DescendingOrder, "clickstream-http-sink", "consents-jdbc-source");
    row("last changed", ConnectorColumn::Changed, Qt::DescendingOrder, "orders-s3-sink", "prices-jdbc-source");
    row("owner", ConnectorColumn::Owner, Qt::AscendingOrder, "invoices-jdbc-sink", "sessions-elastic-sink");
}

void TestConnectorsModel::sortsByEveryColumnWithAbsentLast()
{
    QFETCH(ConnectorColumn, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(QString, first);
    QFETCH(QString, last);
    ConnectorsModel model;
    ConnectorsProxy proxy(&model);
    model.show(cast::picture());
    proxy.sort(int(column), order);
    const auto shown = names(proxy);
    QCOMPARE(shown.front(), first);
    QCOMPARE(shown.back(), last);
}

void TestConnectorsModel::filters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rows");
    QTest::newRow("text") << QStringLiteral("elastic") << 2;
    QTest::newRow("not") << QStringLiteral("!sink") << 8;
    QTest::newRow("owner") << QStringLiteral("owner:Billing") << 1;
    QTest::newRow("type") << QStringLiteral("type:source") << 8;
    QTest::newRow("state") << QStringLiteral("state:failed") << 1;
    QTest::newRow("topic") << QStringLiteral("topic:orders") << 2;
    QTest::newRow("worker") << QStringLiteral("worker:connect-eu-3:8083") << 4;
    QTest::newRow("two terms") << QStringLiteral("s3 type:sink") << 4;
    QTest::newRow("nothing fits") << QStringLiteral("owner:Billng") << 0;
}

// Rows: UX-29
void TestConnectorsModel::filters()
{
    QFETCH(QString, text);
    QFETCH(int, rows);
    ConnectorsModel model;
    ConnectorsProxy proxy(&model);
    model.show(cast::picture());
    const auto parsed = parseFilter(text);
    QVERIFY(parsed.has_value());
    proxy.setFilter(*parsed);
    QVERIFY2(proxy.rowCount() == rows, qPrintable(names(proxy).join(u' ')));
    proxy.setFilter({});
    QCOMPARE(proxy.rowCount(), 22);
}

void TestConnectorsModel::standingCountersAreFilters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::addColumn<PlatformSnapshot>("snapshot");
    const auto normal = cast::snapshot();
    const auto away = cast::unreachablePlatform();
    const auto counts = countStandings(normal);
    QTest::newRow("failed") << QStringLiteral("state:failed") << counts.failed << normal;
    QTest::newRow("degraded") << QStringLiteral("state:degraded") << counts.degraded << normal;
    QTest::newRow("lagging") << QStringLiteral("state:lagging") << counts.lagging << normal;
    QTest::newRow("paused") << QStringLiteral("state:paused") << counts.paused << normal;
    QTest::newRow("unreachable") << QStringLiteral("state:unreachable") << countStandings(away).unreachable << away;
}

// Rows: UX-01
void TestConnectorsModel::standingCountersAreFilters()
{
    QFETCH(QString, text);
    QFETCH(int, count);
    QFETCH(PlatformSnapshot, snapshot);
    ConnectorsModel model;
    ConnectorsProxy proxy(&model);
    model.show(cast::picture(snapshot, {}));
    proxy.setFilter(filter(qPrintable(text)));
    QVERIFY(count > 0);
    QCOMPARE(proxy.rowCount(), count);
}

// Rows: L19
void TestConnectorsModel::cellsTellTheCast()
{
    ConnectorsModel model;
    const ConnectorsProxy proxy(&model);
    model.show(cast::picture());
    const auto cell = [&](int row, ConnectorColumn column, int role = Qt::DisplayRole) {
        return proxy.index(row, int(column)).data(role);
    };
    QCOMPARE(cell(0, ConnectorColumn::State, StandingRole).toInt(), int(Standing::Failed));
    QCOMPARE(cell(0, ConnectorColumn::Tasks).toString(), QStringLiteral("2/3"));
    QVERIFY(cell(0, ConnectorColumn::Tasks, ProblemRole).toBool());
    QVERIFY(!cell(0, ConnectorColumn::Owner, ProblemRole).toBool());
    QCOMPARE(cell(0, ConnectorColumn::Name, SymbolRole).toString(), QStringLiteral("sink"));
    QCOMPARE(cell(0, ConnectorColumn::Changed).toString(), QStringLiteral("27 Feb"));
    QCOMPARE(cell(0, ConnectorColumn::Plugin).toString(), QStringLiteral("JdbcSinkConnector"));
    QCOMPARE(cell(8, ConnectorColumn::Tasks).toString(), QStringLiteral("none"));
    QCOMPARE(number(proxy, "clickstream-http-sink", ConnectorColumn::Lag).text, QStringLiteral("2.84 M"));
    QCOMPARE(number(proxy, "orders-cdc-source", ConnectorColumn::Lag).text, QStringLiteral("source"));
}

void TestConnectorsModel::sixFacesInTheLagColumn_data()
{
    QTest::addColumn<Observed<std::int64_t>>("lag");
    QTest::addColumn<NumberFace>("face");
    using Lag = Observed<std::int64_t>;
    QTest::newRow("value") << Lag::of(7, cast::now(), {}) << NumberFace::Value;
    QTest::newRow("zero") << Lag::of(0, cast::now(), {}) << NumberFace::Zero;
    QTest::newRow("no data") << Lag {} << NumberFace::NoData;
    QTest::newRow("stale") << Lag::of(7, cast::now() - 6min, {}) << NumberFace::Stale;
    QTest::newRow("not set up") << Lag::none(Absence::NotConfigured) << NumberFace::NotSetUp;
    QTest::newRow("no right") << Lag::none(Absence::NotPermitted) << NumberFace::NoRight;
}

// Rows: N14, L22
void TestConnectorsModel::sixFacesInTheLagColumn()
{
    QFETCH(Observed<std::int64_t>, lag);
    QFETCH(NumberFace, face);
    ConnectorsModel model;
    model.show(changed("orders-s3-sink", [&](ConnectorFacts &facts) { facts.lagRecords = lag; }));
    QCOMPARE(number(model, "orders-s3-sink", ConnectorColumn::Lag).face, face);
}

// Rows: UX-04
void TestConnectorsModel::unknownStateShowsTheWorkersWord()
{
    ConnectorsModel model;
    model.show(changed("orders-s3-sink", [](ConnectorFacts &facts) {
        facts.status.connector = parseState(QStringLiteral("BANANA"));
        facts.standing = Standing::Unknown;
    }));
    const auto row = int(names(model).indexOf(QStringLiteral("orders-s3-sink")));
    QCOMPARE(model.index(row, 0).data().toString(), QStringLiteral("BANANA"));
    QCOMPARE(model.index(row, 0).data(StandingRole).toInt(), int(Standing::Unknown));
}

void TestConnectorsModel::agesAloneSayNothing()
{
    ConnectorsModel model;
    model.show(cast::picture());
    const QSignalSpy told(&model, &QAbstractItemModel::dataChanged);
    auto later = cast::snapshot();
    later.generation = 2;
    later.takenAt += 2s;
    for (auto &facts : later.connectors) {
        facts.seenAt += 2s;
        facts.recordsPerSecond.at += 2s;
        facts.lagRecords.at += 2s;
    }
    auto picture = cast::picture(later, cast::problems());
    picture.now += 2s;
    model.show(picture);
    QCOMPARE(told.count(), 0);
}

void TestConnectorsModel::oneChangeIsOneSignal_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<ConnectorColumn>("left");
    QTest::addColumn<ConnectorColumn>("right");
    QTest::newRow("lag") << 0 << ConnectorColumn::Lag << ConnectorColumn::Lag;
    QTest::newRow("rate") << 1 << ConnectorColumn::Records << ConnectorColumn::Records;
    QTest::newRow("a task failed") << 2 << ConnectorColumn::State << ConnectorColumn::Tasks;
    QTest::newRow("owner") << 3 << ConnectorColumn::Owner << ConnectorColumn::Owner;
}

void TestConnectorsModel::oneChangeIsOneSignal()
{
    QFETCH(int, what);
    QFETCH(ConnectorColumn, left);
    QFETCH(ConnectorColumn, right);
    ConnectorsModel model;
    model.show(cast::picture());
    const QSignalSpy told(&model, &QAbstractItemModel::dataChanged);
    model.show(changed("orders-s3-sink", [&](ConnectorFacts &facts) {
        switch (what) {
        case 0:
            facts.lagRecords.value = 12'345;
            break;
        case 1:
            facts.recordsPerSecond.value = 1;
            break;
        case 2:
            facts.status.tasks[3].state = parseState(QStringLiteral("FAILED"));
            facts.standing = Standing::Failed;
            break;
        default:
            facts.team = QStringLiteral("Somebody");
        }
    }));
    QCOMPARE(told.count(), 1);
    const auto from = told[0][0].value<QModelIndex>();
    const auto to = told[0][1].value<QModelIndex>();
    QCOMPARE(from.row(), to.row());
    QCOMPARE(from.column(), int(left));
    QCOMPARE(to.column(), int(right));
}

// Rows: UX-36
void TestConnectorsModel::becomingStaleIsTold()
{
    ConnectorsModel model;
    auto picture = cast::picture();
    model.show(picture);
    QCOMPARE(number(model, "orders-s3-sink", ConnectorColumn::Lag).face, NumberFace::Value);
    const QSignalSpy told(&model, &QAbstractItemModel::dataChanged);
    picture.now += 5s; // seven seconds old: three polls missed
    model.show(picture);
    QVERIFY(told.count() > 0);
    QCOMPARE(number(model, "orders-s3-sink", ConnectorColumn::Lag).face, NumberFace::Stale);
    QCOMPARE(number(model, "orders-s3-sink", ConnectorColumn::Lag).age, QStringLiteral("7 s old"));
}

void TestConnectorsModel::oldSnapshotsAreLetGo()
{
    ConnectorsModel model;
    std::weak_ptr<const PlatformSnapshot> first;
    {
        const auto picture = cast::picture();
        first = picture.snapshot;
        model.show(picture);
    }
    QVERIFY(!first.expired());
    model.show(cast::picture());
    QVERIFY(first.expired()); // equal rows point into the new picture
}

void TestConnectorsModel::refreshKeepsRowsOfAFilteredSortedTable()
{
    ConnectorsModel model;
    ConnectorsProxy proxy(&model);
    model.show(cast::picture());
    const QPersistentModelIndex selected(
        proxy.indexOf({{QStringLiteral("eu-prod")}, {QStringLiteral("connect-eu")}, QStringLiteral("orders-s3-sink")}));
    QVERIFY(selected.isValid());
    const QSignalSpy reset(&proxy, &QAbstractItemModel::modelReset);
    model.show(changed("orders-s3-sink", [](ConnectorFacts &facts) { facts.standing = Standing::Failed; }));
    QCOMPARE(reset.count(), 0);
    QVERIFY(selected.isValid());
    QCOMPARE(proxy.factsAt(selected)->ref.name, QStringLiteral("orders-s3-sink"));
    QCOMPARE(selected.row(), 1); // moved up beside the other failed one, and the index went along
}

void TestConnectorsModel::tenThousandRows()
{
    ConnectorsModel model;
    ConnectorsProxy proxy(&model);
    const auto snapshot = cast::manyConnectors(10'000);
    model.show(cast::picture(snapshot, {}));
    QCOMPARE(proxy.rowCount(), 10'000);
    QCOMPARE(proxy.factsAt(proxy.index(0, 0))->standing, Standing::Failed);
    const QSignalSpy told(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy moved(&proxy, &QAbstractItemModel::layoutChanged);
    model.show(cast::picture(snapshot, {}));
    QCOMPARE(told.count() + moved.count(), 0);
    proxy.setFilter(filter("state:failed"));
    QVERIFY(proxy.rowCount() > 0 && proxy.rowCount() < 100);
}

void TestConnectorsModel::csvGuardsFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << QStringLiteral("orders") << QStringLiteral("orders");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("equals") << QStringLiteral("=1+1") << QStringLiteral("'=1+1");
    QTest::newRow("plus") << QStringLiteral("+1") << QStringLiteral("'+1");
    QTest::newRow("minus") << QStringLiteral("-a") << QStringLiteral("'-a");
    QTest::newRow("at") << QStringLiteral("@sum") << QStringLiteral("'@sum");
    QTest::newRow("tab") << QStringLiteral("\t=1") << QStringLiteral("'\t=1");
    QTest::newRow("behind blanks and quotes") << QStringLiteral("  '=1") << QStringLiteral("'  '=1");
    QTest::newRow("apostrophe") << QStringLiteral("'a") << QStringLiteral("''a");
    QTest::newRow("quotes and comma") << QStringLiteral("a \"b\", c") << QStringLiteral("\"a \"\"b\"\", c\"");
    QTest::newRow("formula with quotes") << QStringLiteral("=H(\"x\")") << QStringLiteral("\"'=H(\"\"x\"\")\"");
    QTest::newRow("line end") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
}

void TestConnectorsModel::csvGuardsFormulas()
{
    QFETCH(QString, text);
    QFETCH(QString, cell);
    QCOMPARE(csvCell(text), cell);
}

void TestConnectorsModel::csvHoldsFullNumbersAndNoSecrets()
{
    const auto snapshot = cast::snapshot();
    std::vector<const ConnectorFacts *> rows;
    for (const auto &facts : snapshot.connectors) {
        rows.push_back(&facts);
    }
    const auto csv = connectorsCsv(rows);
    QCOMPARE(csv.count("\r\n"), 23);
    QVERIFY(csv.contains("clickstream-http-sink,connect-eu,sink,Lagging,6/6,5490,2840000,"));
    QVERIFY(!csv.contains("password"));
}

QTEST_GUILESS_MAIN(TestConnectorsModel)
#include "tst_connectorsmodel.moc"
