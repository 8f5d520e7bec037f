// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cast/picture.h"
#include "support/cast/pictures.h"
#include "support/window/viewtest.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/theme.h"
#include "views/common/traceview.h"
#include "views/triage/problemcard.h"
#include "views/triage/triagepage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

constexpr QSize wide(1252, 820); //!< the page in a window of 1440 x 900
constexpr QSize small(976, 600); //!< and of 1024 x 700

std::vector<ProblemCard *> cards(const QWidget &page)
{
    const auto found = page.findChildren<ProblemCard *>();
    return {found.begin(), found.end()};
}

using cast::words;

} // namespace

class TestTriagePage : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:
    void whoWaitsTooLongGoesElsewhere();
    void pictures_data();
    void pictures();
    void cardsAreWalkedByKeys();
    void onlyTheSelectedCardHasAPrimaryButton();
    void numbersPressButtonsAndOnlyAsk();
    void fromTheRecordToAReplayPastIt();
    void readOnlyPressesNothing();
    void refreshKeepsSelectionScrollAndFocus();
    void handOverGoesToTheClipboard();
    void traceOpensAndEscComesBack();
    void narrowShowsEvidenceAsAPage();
    void statesLookAndReadDifferently();
    void lostWorkerIsSaidOnce();
    void hostileNamesStayText();
    void foldsPastTwelve();
};

void TestTriagePage::pictures_data()
{
    QTest::addColumn<ContextPicture>("picture");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    const auto normal = cast::picture();
    auto well = cast::picture(cast::wellPlatform(), {});
    well.wellSince = cast::at("2026-03-10T07:12:00Z");
    QTest::newRow("triage-light") << normal << wide << false;
    QTest::newRow("triage-dark") << normal << wide << true;
    QTest::newRow("triage-narrow") << normal << small << false;
    QTest::newRow("triage-well") << well << wide << false;
    QTest::newRow("triage-empty") << cast::picture(cast::emptyPlatform(), {}) << wide << false;
    QTest::newRow("triage-loading") << cast::picture(PlatformSnapshot {}, {}) << wide << false;
    QTest::newRow("triage-unreachable") << cast::picture(cast::unreachablePlatform(), cast::problems()) << wide << true;
    QTest::newRow("triage-stale") << cast::picture(cast::stalePlatform(), cast::problems()) << wide << false;
    QTest::newRow("triage-forbidden") << cast::picture(cast::forbiddenPlatform(), {}) << wide << false;
    QTest::newRow("triage-many") << cast::picture(cast::manyConnectors(10'000), cast::manyProblems(240)) << wide
                                 << false;
}

void TestTriagePage::pictures()
{
    QFETCH(ContextPicture, picture);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    Theme::instance().choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
    TriagePage page;
    page.setNarrow(size.width() < 1100);
    page.setPicture(picture);
    page.resize(size);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const auto image = cast::photograph(page, QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(image.pixelColor(2, size.height() - 2), colours().window);
}

void TestTriagePage::cardsAreWalkedByKeys()
{
    TriagePage page;
    page.resize(wide);
    page.setPicture(cast::picture());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const auto all = cards(page);
    QCOMPARE(int(all.size()), 3);
    all[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QVERIFY(all[1]->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down); // stays at the last one
    QVERIFY(all[2]->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QVERIFY(all[1]->hasFocus());
    const QSignalSpy gone(&page, &Page::goTo);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().connector.name, QStringLiteral("clickstream-http-sink"));
}

void TestTriagePage::whoWaitsTooLongGoesElsewhere()
{
    auto waiting = cast::picture(PlatformSnapshot {}, {});
    waiting.askedSince = Monotonic(std::chrono::seconds(100));
    waiting.monotonicNow = waiting.askedSince + std::chrono::seconds(3);
    TriagePage page;
    page.setPicture(waiting);
    page.resize(wide);
    page.show();
    const QSignalSpy gone(&page, &Page::goTo);
    auto *const card = page.findChild<QWidget *>(QStringLiteral("faceCard"));
    QVERIFY(card);
    auto *const button = card->findChild<QPushButton *>();
    QVERIFY(button && button->isVisible());
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(gone.count(), 1);
    QVERIFY(gone[0][0].value<Place>().page == PageId::Contexts);
}

void TestTriagePage::onlyTheSelectedCardHasAPrimaryButton()
{
    TriagePage page;
    page.setPicture(cast::picture());
    const auto primaries = [&page] {
        int count = 0;
        for (const auto *button : page.findChildren<QPushButton *>()) {
            count += button->property("kind").toString() == QLatin1String("primary") ? 1 : 0;
        }
        return count;
    };
    QCOMPARE(primaries(), 1);
    Q_EMIT cards(page)[2]->chosen();
    QCOMPARE(primaries(), 1);
    QCOMPARE(cards(page)[2]->findChild<QPushButton *>(QStringLiteral("cardButton1"))->property("kind").toString(),
        QStringLiteral("primary"));
}

// Rows: N02
void TestTriagePage::numbersPressButtonsAndOnlyAsk()
{
    TriagePage page;
    page.resize(wide);
    page.setPicture(cast::picture());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const QSignalSpy asked(&page, &Page::actRequested);
    cards(page)[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_2);
    QCOMPARE(asked.count(), 1);
    const auto request = asked[0][0].value<OperationRequest>();
    QCOMPARE(request.kind, OperationKind::RestartTask);
    QCOMPARE(request.task, 1);
    QCOMPARE(request.connector.name, QStringLiteral("invoices-jdbc-sink"));
    QVERIFY(words(page).contains(QLatin1String("will stop at the same record again")));
}

// Rows: UX-09
//! To a plan with the position just behind the record; where only a range is known there is nothing to skip.
void TestTriagePage::fromTheRecordToAReplayPastIt()
{
    auto problems = cast::problems();
    auto &problem = problems.front();
    problem.record->tp = {QStringLiteral("invoices"), 3};
    problem.record->offset = 18'442'907;
    problem.record->rangeEnd = -1;
    TriagePage page;
    page.resize(wide);
    page.setPicture(cast::picture(cast::snapshot(), problems));
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const QSignalSpy gone(&page, &Page::goTo);
    cards(page)[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_4);
    QCOMPARE(gone.count(), 1);
    const auto place = gone[0][0].value<Place>();
    QCOMPARE(place.page, PageId::Replay);
    QCOMPARE(place.connector.name, QStringLiteral("invoices-jdbc-sink"));
    const PartitionPosition past {
        {QStringLiteral("invoices"), 3}, {.kind = PositionKind::PastRecord, .number = 18'442'907}};
    QCOMPARE(place.positions, std::vector<PartitionPosition> {past});
    problem.record->rangeEnd = 18'443'400;
    page.setPicture(cast::picture(cast::snapshot(), problems));
    QVERIFY(!words(page).contains(QLatin1String("Replay past this record")));
}

void TestTriagePage::readOnlyPressesNothing()
{
    auto picture = cast::picture();
    picture.mode = Mode::ReadOnly;
    TriagePage page;
    page.resize(wide);
    page.setPicture(picture);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const QSignalSpy asked(&page, &Page::actRequested);
    cards(page)[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_2);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_3);
    QCOMPARE(asked.count(), 0);
    const auto *button = cards(page)[0]->findChild<QPushButton *>(QStringLiteral("cardButton2"));
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->accessibleDescription(), QStringLiteral("eu-prod is read-only"));
    QVERIFY(words(page).contains(QLatin1String("eu-prod is read-only"))); // beside it, not only in a tool tip
}

void TestTriagePage::refreshKeepsSelectionScrollAndFocus()
{
    TriagePage page;
    page.resize(wide);
    auto picture = cast::picture(cast::snapshot(), cast::manyProblems(12));
    page.setPicture(picture);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    auto *scroll = page.findChild<QScrollArea *>(QStringLiteral("board"));
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 300);
    cards(page)[5]->setFocus();
    scroll->verticalScrollBar()->setValue(300);
    const auto before = scroll->verticalScrollBar()->value();
    QCOMPARE(before, 300);
    picture.now += 90s;
    page.setPicture(picture);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QCOMPARE(scroll->verticalScrollBar()->value(), before);
    QVERIFY(cards(page)[5]->hasFocus());
    QCOMPARE(cards(page)[5]->card().duration, QStringLiteral("12 min"));
}

void TestTriagePage::handOverGoesToTheClipboard()
{
    TriagePage page;
    page.resize(wide);
    page.setPicture(cast::picture());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const QSignalSpy said(&page, &Page::said);
    cards(page)[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_H);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("invoices-3 @ 18,442,907")));
    QCOMPARE(said.count(), 1);
}

void TestTriagePage::traceOpensAndEscComesBack()
{
    TriagePage page;
    page.resize(wide);
    page.setPicture(cast::picture());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    cards(page)[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_T);
    auto *trace = page.findChild<TraceView *>(QStringLiteral("trace"));
    QVERIFY(trace->isVisible());
    QCOMPARE(trace->text(), cast::invoicesTrace());
    cast::photograph(page, QStringLiteral("triage-trace"));
    QVERIFY(page.goBack());
    QVERIFY(!trace->isVisible());
    QVERIFY(cards(page)[0]->hasFocus());
    QVERIFY(!page.goBack()); // nothing is open: the shell may go back
}

void TestTriagePage::narrowShowsEvidenceAsAPage()
{
    TriagePage page;
    page.setNarrow(true);
    page.resize(small);
    page.setPicture(cast::picture());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    auto *evidence = page.findChild<QWidget *>(QStringLiteral("evidence"));
    QVERIFY(!evidence->isVisible());
    cards(page)[0]->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(evidence->isVisible());
    QVERIFY(!cards(page)[0]->isVisible());
    cast::photograph(page, QStringLiteral("triage-narrow-evidence"));
    QVERIFY(page.goBack());
    QVERIFY(cards(page)[0]->isVisible());
}

void TestTriagePage::statesLookAndReadDifferently()
{
    const std::vector<std::pair<PlatformSnapshot, QString>> states {
        {cast::emptyPlatform(), QStringLiteral("No connector yet")},
        {cast::unreachablePlatform(), QStringLiteral("No worker of connect-eu answers.")},
        {cast::stalePlatform(), QStringLiteral("Data is 6 min old.")},
        {cast::forbiddenPlatform(), QStringLiteral("connect-eu does not let this login see its connectors.")},
        {PlatformSnapshot {}, QStringLiteral("Asking connect-eu")},
        {cast::wellPlatform(), QStringLiteral("All is well")},
    };
    std::vector<QImage> seen;
    for (const auto &[snapshot, sentence] : states) {
        TriagePage page;
        page.resize(wide);
        page.setPicture(cast::picture(snapshot, {}));
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QVERIFY2(words(page).contains(sentence), qPrintable(words(page)));
        for (const auto &[other, theirs] : states) {
            QVERIFY(theirs == sentence || !words(page).contains(theirs));
        }
        const auto image = page.grab().toImage();
        QVERIFY(std::ranges::find(seen, image) == seen.end());
        seen.push_back(image);
    }
}

void TestTriagePage::lostWorkerIsSaidOnce()
{
    TriagePage page;
    auto picture = cast::picture();
    page.setPicture(picture);
    const auto *banner = page.findChild<Banner *>();
    QVERIFY(banner->isHidden()); // its card says it with more evidence
    auto problems = *picture.problems;
    problems.pop_back();
    picture.problems = std::make_shared<const std::vector<Problem>>(problems);
    page.setPicture(picture);
    QVERIFY(!banner->isHidden());
    const QSignalSpy gone(&page, &Page::goTo);
    banner->button()->click();
    QCOMPARE(gone[0][0].value<Place>().filter, QStringLiteral("worker:connect-eu-3:8083"));
}

// Rows: UI-01, UI-04
void TestTriagePage::hostileNamesStayText()
{
    for (const auto &name : cast::hostileNames()) {
        auto problems = cast::problems();
        problems[0].connector.name = name;
        problems[0].system = name;
        problems[0].trace.chain[2].message = name;
        problems[0].taskWorker = name;
        TriagePage page;
        page.resize(wide);
        page.setPicture(cast::picture(cast::snapshot(), problems));
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        const auto all = words(page);
        for (const char16_t c : {u'\x1b', u'\x07', u'\x202E', u'\x200B', u'\x200D'}) {
            QVERIFY2(!all.contains(QChar(c)), qPrintable(all));
        }
        for (const auto *label : page.findChildren<QLabel *>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        if (name.contains(u'<')) {
            QVERIFY(all.contains(QLatin1String("<b>bold</b><img src='file:///etc/passwd'>")));
            cast::photograph(page, QStringLiteral("triage-hostile"));
        }
    }
}

void TestTriagePage::foldsPastTwelve()
{
    TriagePage page;
    page.setPicture(cast::picture(cast::snapshot(), cast::manyProblems(42)));
    QCOMPARE(int(cards(page).size()), 12);
    const auto *folded = page.findChild<QFrame *>(QStringLiteral("folded"));
    QVERIFY(!folded->isHidden());
    QCOMPARE(folded->findChildren<QPushButton *>().size(), 20);
}

QTEST_MAIN(TestTriagePage)
#include "tst_triagepage.moc"
