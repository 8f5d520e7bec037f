// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cast/picture.h"
#include "support/cast/pictures.h"
#include "support/window/viewtest.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/filteredit.h"
#include "views/common/theme.h"
#include "views/common/traceview.h"
#include "views/connectors/connectorspage.h"
#include "views/connectors/connectortable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

constexpr QSize wide(1252, 820);
constexpr QSize small(976, 600);

ConnectorRef ref(const char *name)
{
    return {{QStringLiteral("eu-prod")}, {QStringLiteral("connect-eu")}, QString::fromLatin1(name)};
}

ConnectorTable *table(const QWidget &page)
{
    return page.findChild<ConnectorTable *>();
}

using cast::words;

//! A page shown with the cast, ready for keys.
struct Shown
{
    explicit Shown(const ContextPicture &picture = cast::picture(), QSize size = wide)
    {
        page.resize(size);
        page.setPicture(picture);
        page.show();
        page.activateWindow();
        table(page)->setFocus();
    }
    ConnectorsPage page {DetailSources {}};
};

Task<QStringList> topicsOf(ConnectorRef)
{
    co_return QStringList {QStringLiteral("invoices"), QStringLiteral("invoices.dlq")};
}

Task<std::vector<ConnectorOffset>> offsetsOf(ConnectorRef)
{
    co_return std::vector<ConnectorOffset> {
        {R"({"kafka_topic":"invoices","kafka_partition":3})", R"({"kafka_offset":9007199254740993})"}};
}

} // namespace

class TestConnectorsPage : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:
    void pictures_data();
    void pictures();
    void countersFilterTheRows_data();
    void countersFilterTheRows();
    void filterLineIsUnderstoodOrSaysWhere();
    void noHitNamesTheFilterAndEscClears();
    void faultsOnlyByKey();
    void theConfigurationIsCopied();
    void refreshKeepsSelectionScrollAndSort();
    void selectedRowStaysWhereItIsOnScreen();
    void tenThousandRowsKeepTheirPlace();
    void keysOnlyAskForOperations();
    void restartLabelsSayWhatTheyRestart();
    void readOnlyDisablesEveryMutatingAction();
    void traceOpensAndEscComesBack();
    void offsetsAndTopicsAreAskedOnDemand();
    void statesLookAndReadDifferently();
    void lostWorkerBannerSaysHowLong();
    void hostileNamesStayText();
    void marksGoIntoTheExport();
    void narrowShowsThePaneAsAPage();
    void placesSelectTheirConnector();
    void onScreenIsWhatIsSeen();
};

void TestConnectorsPage::pictures_data()
{
    QTest::addColumn<ContextPicture>("picture");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("filter");
    const auto normal = cast::picture();
    QTest::newRow("connectors-light") << normal << wide << false << QString();
    QTest::newRow("connectors-dark") << normal << wide << true << QString();
    QTest::newRow("connectors-narrow") << normal << small << false << QString();
    QTest::newRow("connectors-no-hit") << normal << wide << false << QStringLiteral("owner:Billng");
    QTest::newRow("connectors-empty") << cast::picture(cast::emptyPlatform(), {}) << wide << false << QString();
    QTest::newRow("connectors-loading") << cast::picture(PlatformSnapshot {}, {}) << wide << false << QString();
    QTest::newRow("connectors-unreachable")
        << cast::picture(cast::unreachablePlatform(), cast::problems()) << wide << false << QString();
    QTest::newRow("connectors-stale") << cast::picture(cast::stalePlatform(), cast::problems()) << wide << true
                                      << QString();
    QTest::newRow("connectors-forbidden") << cast::picture(cast::forbiddenPlatform(), {}) << wide << false << QString();
    QTest::newRow("connectors-many") << cast::picture(cast::manyConnectors(10'000), {}) << wide << false << QString();
}

void TestConnectorsPage::pictures()
{
    QFETCH(ContextPicture, picture);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(QString, filter);
    Theme::instance().choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
    ConnectorsPage page({topicsOf, offsetsOf});
    page.setNarrow(size.width() < 1100);
    page.resize(size);
    page.setPicture(picture);
    page.showPlace({.page = PageId::Connectors, .filter = filter});
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const auto image = cast::photograph(page, QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(image.pixelColor(2, 2), colours().surface);
}

void TestConnectorsPage::countersFilterTheRows_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("rows");
    QTest::newRow("failed") << QStringLiteral("state:failed") << 1;
    QTest::newRow("degraded") << QStringLiteral("state:degraded") << 4;
    QTest::newRow("lagging") << QStringLiteral("state:lagging") << 1;
    QTest::newRow("paused") << QStringLiteral("state:paused") << 2;
}

// Rows: UX-01
void TestConnectorsPage::countersFilterTheRows()
{
    QFETCH(QString, filter);
    QFETCH(int, rows);
    Shown shown;
    shown.page.showPlace({.page = PageId::Connectors, .filter = filter});
    QCOMPARE(shown.page.findChild<FilterEdit *>()->text(), filter); // seen, and so to be taken away
    QCOMPARE(shown.page.filter(), filter);
    QCOMPARE(table(shown.page)->model()->rowCount(), rows);
    shown.page.showPlace({.page = PageId::Connectors, .filter = QString()});
    QCOMPARE(table(shown.page)->model()->rowCount(), 22);
}

// Rows: UX-29
void TestConnectorsPage::filterLineIsUnderstoodOrSaysWhere()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.page));
    const QSignalSpy said(&shown.page, &Page::said);
    QTest::keyClick(table(shown.page), Qt::Key_Slash);
    auto *edit = shown.page.findChild<FilterEdit *>();
    QVERIFY(edit->hasFocus());
    QTest::keyClicks(edit, QStringLiteral("type:source"));
    QTRY_COMPARE(table(shown.page)->model()->rowCount(), 8);
    QCOMPARE(edit->understanding(), FilterEdit::Understanding::Valid);
    QTest::keyClicks(edit, QStringLiteral(" nokey:x"));
    QTRY_COMPARE(edit->understanding(), FilterEdit::Understanding::Invalid);
    QVERIFY2(edit->sentence().contains(QLatin1String("(at letter 13)")), qPrintable(edit->sentence()));
    QCOMPARE(said.last()[0].toString(), edit->sentence());
    QCOMPARE(table(shown.page)->model()->rowCount(), 8); // as before, until it is understood
}

void TestConnectorsPage::noHitNamesTheFilterAndEscClears()
{
    Shown shown;
    shown.page.showPlace({.page = PageId::Connectors, .filter = QStringLiteral("owner:Billng")});
    auto *face = shown.page.findChild<FaceCard *>();
    QVERIFY(face->isVisible());
    QCOMPARE(face->text(), QStringLiteral("No connector fits owner:Billng. 22 rows are there without the filter."));
    QVERIFY(shown.page.goBack());
    QVERIFY(!face->isVisible());
    QCOMPARE(table(shown.page)->model()->rowCount(), 22);
    QVERIFY(!shown.page.goBack());
}

void TestConnectorsPage::faultsOnlyByKey()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.page));
    QTest::keyClick(table(shown.page), '!');
    QCOMPARE(table(shown.page)->model()->rowCount(), 6);
    QTest::keyClick(table(shown.page), '!');
    QCOMPARE(table(shown.page)->model()->rowCount(), 22);
}

void TestConnectorsPage::refreshKeepsSelectionScrollAndSort()
{
    Shown shown(cast::picture(cast::manyConnectors(500), {}));
    auto *view = table(shown.page);
    view->sortByColumn(int(ConnectorColumn::Name), Qt::DescendingOrder);
    const auto chosen = view->model()->index(200, 0);
    view->setCurrentIndex(chosen);
    const auto key = view->selected();
    const auto scroll = view->verticalScrollBar()->value();
    QVERIFY(scroll > 0);
    auto next = cast::manyConnectors(500);
    for (auto &facts : next.connectors) {
        facts.recordsPerSecond.value = 7;
    }
    shown.page.setPicture(cast::picture(next, {}));
    QCOMPARE(view->selected(), key);
    QCOMPARE(view->verticalScrollBar()->value(), scroll);
    QCOMPARE(view->horizontalHeader()->sortIndicatorSection(), int(ConnectorColumn::Name));
    QCOMPARE(view->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
}

void TestConnectorsPage::selectedRowStaysWhereItIsOnScreen()
{
    Shown shown(cast::picture(cast::manyConnectors(500), {}));
    auto *view = table(shown.page);
    view->setCurrentIndex(view->model()->index(300, 0));
    const int before = view->visualRect(view->currentIndex()).top();
    auto next = cast::manyConnectors(500);
    for (std::size_t i = 0; i < 40; ++i) { // forty healthy ones fail and move to the top, above the selected one
        next.connectors[i * 12 + 3].standing = Standing::Failed;
    }
    shown.page.setPicture(cast::picture(next, {}));
    QVERIFY(view->currentIndex().row() > 300);
    QCOMPARE(view->visualRect(view->currentIndex()).top(), before);
}

void TestConnectorsPage::tenThousandRowsKeepTheirPlace()
{
    const auto snapshot = cast::manyConnectors(10'000);
    Shown shown(cast::picture(snapshot, {}));
    auto *view = table(shown.page);
    view->setCurrentIndex(view->model()->index(9'000, 0));
    const auto key = view->selected();
    const auto scroll = view->verticalScrollBar()->value();
    shown.page.setPicture(cast::picture(snapshot, {}));
    QCOMPARE(view->selected(), key);
    QCOMPARE(view->verticalScrollBar()->value(), scroll);
    QVERIFY(shown.page.onScreen().size() < 60); // the session asks for what is seen, not for ten thousand
}

// Rows: UX-05, N02
void TestConnectorsPage::keysOnlyAskForOperations()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.page));
    const QSignalSpy asked(&shown.page, &Page::actRequested);
    QVERIFY(table(shown.page)->select(ref("invoices-jdbc-sink")));
    QTest::keyClick(table(shown.page), Qt::Key_R);
    QCOMPARE(asked.count(), 1);
    const auto request = asked[0][0].value<OperationRequest>();
    QCOMPARE(request.kind, OperationKind::RestartFailed);
    QCOMPARE(request.connector, ref("invoices-jdbc-sink"));
    QVERIFY(table(shown.page)->select(ref("orders-s3-sink")));
    QTest::keyClick(table(shown.page), Qt::Key_R); // nothing failed there: nothing is asked
    QCOMPARE(asked.count(), 1);
}

// Rows: UX-05
void TestConnectorsPage::restartLabelsSayWhatTheyRestart()
{
    Shown shown;
    QVERIFY(table(shown.page)->select(ref("invoices-jdbc-sink")));
    const auto text = [&](const char *id) {
        return shown.page.findChild<QAction *>(QString::fromLatin1(id))->text();
    };
    QCOMPARE(text("connectors.restartFailed"), QStringLiteral("Restart 1 failed task..."));
    QCOMPARE(text("connectors.restartAll"), QStringLiteral("Restart connector and 3 tasks..."));
    QCOMPARE(text("connectors.restartConnector"), QStringLiteral("Restart connector only..."));
}

// Rows: UX-09
void TestConnectorsPage::readOnlyDisablesEveryMutatingAction()
{
    auto picture = cast::picture();
    picture.mode = Mode::ReadOnly;
    Shown shown(picture);
    int mutating = 0;
    for (const auto *action : shown.page.findChildren<QAction *>()) {
        if (isMutating(action)) {
            ++mutating;
            QVERIFY(!action->isEnabled());
            QCOMPARE(reasonOf(action), QStringLiteral("eu-prod is read-only"));
        }
    }
    QCOMPARE(mutating, 6);
    QCOMPARE(shown.page.findChild<QLabel *>(QStringLiteral("actionsReason"))->text(),
        QStringLiteral("eu-prod is read-only"));
}

void TestConnectorsPage::traceOpensAndEscComesBack()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.page));
    QVERIFY(table(shown.page)->select(ref("invoices-jdbc-sink")));
    QTest::keyClick(table(shown.page), Qt::Key_T);
    const auto *trace = shown.page.findChild<TraceView *>(QStringLiteral("trace"));
    QVERIFY(trace->isVisible());
    QCOMPARE(trace->text(), cast::invoicesTrace());
    QVERIFY(shown.page.goBack());
    QVERIFY(table(shown.page)->hasFocus());
}

// Rows: N02
void TestConnectorsPage::offsetsAndTopicsAreAskedOnDemand()
{
    ConnectorsPage page({topicsOf, offsetsOf});
    page.resize(wide);
    page.setPicture(cast::picture());
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QVERIFY(table(page)->select(ref("invoices-jdbc-sink")));
    QTRY_VERIFY(words(page).contains(QLatin1String("invoices, invoices.dlq")));
    QVERIFY(!words(page).contains(QLatin1String("9007199254740993")));
    page.findChild<QPushButton *>(QStringLiteral("askOffsets"))->click();
    QTRY_VERIFY(words(page).contains(QLatin1String("9007199254740993"))); // beyond 2^53, every digit
}

// Rows: UX-36
void TestConnectorsPage::statesLookAndReadDifferently()
{
    const std::vector<std::pair<PlatformSnapshot, QString>> states {
        {cast::emptyPlatform(), QStringLiteral("No connector yet")},
        {cast::unreachablePlatform(), QStringLiteral("No worker of connect-eu answers.")},
        {cast::stalePlatform(), QStringLiteral("Data is 6 min old.")},
        {cast::forbiddenPlatform(), QStringLiteral("connect-eu does not let this login see its connectors.")},
        {PlatformSnapshot {}, QStringLiteral("Asking connect-eu")},
    };
    std::vector<QImage> seen;
    for (const auto &[snapshot, sentence] : states) {
        const Shown shown(cast::picture(snapshot, {}));
        QVERIFY2(words(shown.page).contains(sentence), qPrintable(words(shown.page)));
        for (const auto &[other, theirs] : states) {
            QVERIFY(theirs == sentence || !words(shown.page).contains(theirs));
        }
        const auto image = const_cast<ConnectorsPage &>(shown.page).grab().toImage();
        QVERIFY(std::ranges::find(seen, image) == seen.end());
        seen.push_back(image);
    }
}

// Rows: CR-20
void TestConnectorsPage::lostWorkerBannerSaysHowLong()
{
    Shown shown;
    const auto *banner = shown.page.findChild<Banner *>();
    QCOMPARE(banner->text(),
        QStringLiteral("connect-eu-3:8083 is not answering. Task states may be stale for up to 5 min 10 s."));
    connect(&shown.page, &Page::goTo, &shown.page, &Page::showPlace); // as the shell does
    banner->button()->click();
    QCOMPARE(table(shown.page)->model()->rowCount(), 4);
}

// Rows: UI-01, UI-04
void TestConnectorsPage::hostileNamesStayText()
{
    auto snapshot = cast::snapshot();
    auto extra = snapshot.connectors.front();
    std::vector<ConnectorFacts> rows;
    for (const auto &name : cast::hostileNames()) {
        extra.ref.name = extra.status.name = extra.team = extra.system = name;
        extra.info->config = {{name, name}};
        extra.topics = {name};
        rows.push_back(extra);
    }
    std::ranges::sort(rows, {}, &ConnectorFacts::ref);
    snapshot.connectors = rows;
    Shown shown(cast::picture(snapshot, {}));
    auto *view = table(shown.page);
    QCOMPARE(view->model()->rowCount(), int(rows.size()));
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        view->setCurrentIndex(view->model()->index(row, 0));
        auto all = words(shown.page);
        for (int column = 0; column < connectorColumns; ++column) {
            const auto index = view->model()->index(row, column);
            all += index.data().toString() + index.data(Qt::ToolTipRole).toString();
        }
        for (const char16_t c : {u'\x1b', u'\x07', u'\x202E', u'\x200B', u'\x200D'}) {
            QVERIFY2(!all.contains(QChar(c)), qPrintable(all));
        }
        for (const auto *label : shown.page.findChildren<QLabel *>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
    cast::photograph(shown.page, QStringLiteral("connectors-hostile"));
    QVERIFY(shown.page.csv().contains("'=HYPERLINK"));
}

void TestConnectorsPage::marksGoIntoTheExport()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.page));
    QCOMPARE(shown.page.csv().count("\r\n"), 23);
    QVERIFY(table(shown.page)->select(ref("orders-s3-sink")));
    QTest::keyClick(table(shown.page), Qt::Key_Space);
    QCOMPARE(shown.page.csv().count("\r\n"), 2);
    shown.page.setPicture(cast::picture()); // a mark survives a refresh
    QVERIFY(shown.page.csv().contains("orders-s3-sink"));
    QTest::keyClick(table(shown.page), Qt::Key_Space);
    QCOMPARE(shown.page.csv().count("\r\n"), 23);
}

void TestConnectorsPage::narrowShowsThePaneAsAPage()
{
    Shown shown(cast::picture(), small);
    shown.page.setNarrow(true);
    auto *pane = shown.page.findChild<QWidget *>(QStringLiteral("connectorPane"));
    QVERIFY(!pane->isVisible());
    QVERIFY(table(shown.page)->select(ref("invoices-jdbc-sink")));
    QTest::keyClick(table(shown.page), Qt::Key_Return);
    QVERIFY(pane->isVisible() && !table(shown.page)->isVisible());
    cast::photograph(shown.page, QStringLiteral("connectors-narrow-pane"));
    QVERIFY(shown.page.goBack());
    QVERIFY(table(shown.page)->isVisible() && !pane->isVisible());
}

void TestConnectorsPage::placesSelectTheirConnector()
{
    ConnectorsPage page({});
    page.resize(wide);
    page.show();
    page.showPlace({.page = PageId::Connectors, .connector = ref("refunds-snowflake-sink")}); // before its row is known
    page.setPicture(cast::picture());
    QCOMPARE(table(page)->selected(), ref("refunds-snowflake-sink"));
    QCOMPARE(page.selected(), ref("refunds-snowflake-sink"));
    page.showPlace({.page = PageId::Connectors, .filter = QStringLiteral("state:failed")});
    page.showPlace(
        {.page = PageId::Connectors, .connector = ref("orders-s3-sink")}); // a filter does not hide what was asked for
    QCOMPARE(table(page)->selected(), ref("orders-s3-sink"));
}

void TestConnectorsPage::onScreenIsWhatIsSeen()
{
    Shown shown(cast::picture(), {1252, 300});
    const auto refs = shown.page.onScreen();
    QVERIFY(!refs.empty() && refs.size() < 12);
    QCOMPARE(refs.front(), ref("invoices-jdbc-sink"));
}

void TestConnectorsPage::theConfigurationIsCopied()
{
    auto picture = cast::picture();
    auto snapshot = *picture.snapshot;
    auto &sink = *std::ranges::find(
        snapshot.connectors, QStringLiteral("invoices-jdbc-sink"), [](const auto &c) { return c.ref.name; });
    sink.info = ConnectorInfo {.name = sink.ref.name,
        .config = {{QStringLiteral("topics"), QStringLiteral("invoices")},
            {QStringLiteral("connection.password"), QStringLiteral("••••••")}}};
    picture.snapshot = std::make_shared<PlatformSnapshot>(std::move(snapshot));
    Shown shown(picture);
    QVERIFY(table(shown.page)->select(ref("invoices-jdbc-sink")));
    QSignalSpy said(&shown.page, &Page::said);
    auto *clipboard = QGuiApplication::clipboard();
    shown.page.findChild<QAction *>(QStringLiteral("connectors.copyProperties"))->trigger();
    QCOMPARE(clipboard->text().section(u'\n', 0, 1), QStringLiteral("name=invoices-jdbc-sink\ntopics=invoices"));
    QCOMPARE(said.takeLast().front().toString(),
        QStringLiteral("The configuration is copied as properties. 1 value is masked: connection.password."));
    // A request would set the mask: it is not made, and what was copied before stays.
    shown.page.findChild<QAction *>(QStringLiteral("connectors.copyCurl"))->trigger();
    QVERIFY(clipboard->text().startsWith(QLatin1String("name=")));
    QVERIFY(said.takeLast().front().toString().startsWith(QLatin1String("Not copied: 1 value is masked")));
}

QTEST_MAIN(TestConnectorsPage)
#include "tst_connectorspage.moc"
