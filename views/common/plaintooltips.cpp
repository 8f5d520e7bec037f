// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plaintooltips.h"

#include "models/common/showntext.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QToolTip>
#include <QWidget>

namespace headgate {

PlainToolTips::PlainToolTips(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool PlainToolTips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !watched->isWidgetType()) {
        return false;
    }
    auto *widget = static_cast<QWidget *>(watched);
    const auto text = widget->toolTip();
    if (text.isEmpty()) {
        return false; // item views ask their delegate
    }
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), neverMarkup(text), widget);
    return true;
}

} // namespace headgate
