// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/viewtest.h"
#include "support/window/windowlab.h"
#include "views/common/actions.h"
#include "views/common/theme.h"
#include "views/shell/commandpalette.h"

#include <QAction>
#include <QLineEdit>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

//! Everything in the window is found in the palette, and run from it.
class TestCommandPalette : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void paletteFindsEveryAction();
    void paletteRunsByEnter();
    void paletteGoesToConnectors();
};

// Rows: UX-28
void TestCommandPalette::paletteFindsEveryAction()
{
    WindowLab lab;
    lab.open();
    lab.window->openPalette();
    auto *palette = lab.window->palette();
    int actions = 0;
    for (const auto *action : lab.window->findChildren<QAction *>()) {
        const bool partOfField = qobject_cast<const QLineEdit *>(action->parent()); // a button within a field
        if (action->isSeparator() || action->text().isEmpty() || partOfField) {
            continue;
        }
        QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
        palette->setQuery(action->text().remove(QLatin1Char('&')));
        bool found = false;
        for (int row = 0; row < palette->model().rowCount(); ++row) {
            const auto *entry = palette->model().entryAt(row);
            if (entry && entry->id == action->objectName()) {
                found = true;
                QCOMPARE(entry->reason.isEmpty(), action->isEnabled());
            }
        }
        QVERIFY2(found, qPrintable(action->objectName()));
        ++actions;
    }
    QVERIFY(actions > 15);
}

void TestCommandPalette::paletteRunsByEnter()
{
    WindowLab lab;
    lab.open();
    Theme::instance().choose(Theme::Choice::Light);
    QTest::keyClick(lab.window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *query = lab.find<QLineEdit>("paletteQuery");
    QTRY_VERIFY(query->hasFocus());
    QTest::keyClicks(query, QStringLiteral("colours dark"));
    QTest::keyClick(query, Qt::Key_Return);
    QVERIFY(Theme::instance().isDark());
    QVERIFY(!lab.window->palette()->isVisible());
    Theme::instance().choose(Theme::Choice::Light);
}

void TestCommandPalette::paletteGoesToConnectors()
{
    WindowLab lab;
    lab.open();
    lab.window->openPalette();
    auto *palette = lab.window->palette();
    palette->setQuery(QStringLiteral("loyal"));
    QCOMPARE(palette->model().fitting(), 1);
    const auto *entry = palette->model().entryAt(palette->model().firstEntryRow());
    QCOMPARE(entry->kind, PaletteEntry::Kind::Connector);
    QCOMPARE(entry->note, QStringLiteral("Paused"));
    palette->setQuery(QStringLiteral(">loyal"));
    QCOMPARE(palette->model().fitting(), 0);
    palette->setQuery(QStringLiteral("@eu"));
    QCOMPARE(palette->model().fitting(), 1);
}

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
