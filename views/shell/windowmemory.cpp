// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/windowmemory.h"

#include "views/common/actions.h"
#include "views/common/theme.h"
#include "views/shell/mainwindow.h"

#include <QAction>
#include <QMetaEnum>
#include <QScreen>
#include <QSettings>
#include <QSplitter>

namespace headgate {

namespace {

QString sizeKey()
{
    return QStringLiteral("window/size");
}

QString maximizedKey()
{
    return QStringLiteral("window/maximized");
}

QString themeKey()
{
    return QStringLiteral("window/theme");
}

QString splitterKey(const QSplitter *splitter)
{
    return QStringLiteral("window/splitters/") + splitter->objectName();
}

QString actionKey(const QAction *action)
{
    return QStringLiteral("window/choices/") + action->objectName();
}

//! A narrow window hides one side: its splitter says nothing about the wide one.
bool showsAllSides(const QSplitter *splitter)
{
    for (int i = 0; i < splitter->count(); ++i) {
        if (splitter->widget(i)->isHidden()) {
            return false;
        }
    }
    return true;
}

} // namespace

WindowMemory::WindowMemory(MainWindow &window)
    : m_window(window)
{
    restore();
    connect(&window, &MainWindow::closeAgreed, this, &WindowMemory::save);
}

void WindowMemory::restore()
{
    const QSettings settings;
    bool known = false;
    const auto themes = QMetaEnum::fromType<Theme::Choice>();
    const int theme = themes.keyToValue(settings.value(themeKey()).toString().toLatin1().constData(), &known);
    if (known) {
        Theme::instance().choose(Theme::Choice(theme));
    }
    if (const auto size = settings.value(sizeKey()).toSize(); size.isValid()) {
        m_window.resize(size.boundedTo(m_window.screen()->availableSize()).expandedTo(m_window.minimumSize()));
    }
    m_window.setWindowState(settings.value(maximizedKey()).toBool() ? Qt::WindowMaximized : Qt::WindowNoState);
    for (auto *splitter : m_window.findChildren<QSplitter *>()) {
        splitter->restoreState(settings.value(splitterKey(splitter)).toByteArray());
    }
    for (auto *action : m_window.findChildren<QAction *>()) {
        if (isRemembered(action)) {
            action->setChecked(settings.value(actionKey(action), action->isChecked()).toBool());
        }
    }
}

void WindowMemory::save() const
{
    QSettings settings;
    const auto themes = QMetaEnum::fromType<Theme::Choice>();
    settings.setValue(themeKey(), QString::fromLatin1(themes.valueToKey(int(Theme::instance().choice()))));
    const bool maximized = m_window.isMaximized();
    settings.setValue(maximizedKey(), maximized);
    settings.setValue(sizeKey(), maximized ? m_window.normalGeometry().size() : m_window.size());
    for (const auto *splitter : m_window.findChildren<QSplitter *>()) {
        Q_ASSERT(!splitter->objectName().isEmpty());
        if (showsAllSides(splitter)) {
            settings.setValue(splitterKey(splitter), splitter->saveState());
        }
    }
    for (const auto *action : m_window.findChildren<QAction *>()) {
        if (isRemembered(action)) {
            settings.setValue(actionKey(action), action->isChecked());
        }
    }
}

} // namespace headgate
