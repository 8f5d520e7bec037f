// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/menuchoice.h"

#include "views/common/lane.h"
#include "views/common/symbolicon.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace headgate {

namespace {

constexpr int chevron = 14;

} // namespace

MenuChoice::MenuChoice(const QString &accessibleName, QWidget *parent)
    : QPushButton(parent)
{
    setProperty("kind", QStringLiteral("menu"));
    setAccessibleName(accessibleName);
    connect(this, &QPushButton::clicked, this, &MenuChoice::open);
}

void MenuChoice::setItems(std::vector<Item> items)
{
    if (items == m_items) {
        return;
    }
    const auto before = chosen();
    m_items = std::move(items);
    m_chosen = 0;
    choose(before);
    showChosen();
}

QVariant MenuChoice::chosen() const
{
    return m_chosen < m_items.size() ? m_items[m_chosen].value : QVariant();
}

void MenuChoice::choose(const QVariant &value)
{
    const auto found = std::ranges::find(m_items, value, &Item::value);
    if (found != m_items.end()) {
        m_chosen = size_t(found - m_items.begin());
        showChosen();
    }
}

void MenuChoice::showChosen()
{
    setText(
        m_chosen < m_items.size() ? QString(m_items[m_chosen].text).replace(u'&', QStringLiteral("&&")) : QString());
    updateGeometry();
}

void MenuChoice::open()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(objectName() + QStringLiteral("Menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (size_t i = 0; i < m_items.size(); ++i) {
        auto *action = menu->addAction(QString(m_items[i].text).replace(u'&', QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(i == m_chosen);
        connect(action, &QAction::triggered, this, [this, value = m_items[i].value] {
            choose(value);
            Q_EMIT chosenChanged(value);
        });
    }
    menu->popup(mapToGlobal(QPoint(0, height())));
}

void MenuChoice::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down) {
        open();
        return;
    }
    QPushButton::keyPressEvent(event);
}

void MenuChoice::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    QPainter painter(this);
    readAs(&painter, layoutDirection());
    const auto place = Lane(&painter, rect().adjusted(0, 0, -6, 0)).takeTrailing(chevron);
    paintSymbol(&painter, QRect(place.x(), rect().center().y() - chevron / 2 + 1, chevron, chevron),
        QStringLiteral("chevron-down"), isEnabled() ? colours().textMuted : colours().textDisabled);
}

} // namespace headgate
