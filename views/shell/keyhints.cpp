// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/keyhints.h"

#include "views/common/fonts.h"
#include "views/common/keyhintsline.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace headgate {

namespace {

constexpr int keyColumn = 110;

int rowHeight()
{
    return QFontMetrics(fontOf(TextStyle::Body)).height() + 10;
}

} // namespace

KeysSheet::KeysSheet(QWidget *window)
    : QFrame(window)
{
    setObjectName(QStringLiteral("keysSheet"));
    setFocusPolicy(Qt::StrongFocus);
    hide();
}

void KeysSheet::openWith(const QString &title, std::vector<KeyHint> ofPage, std::vector<KeyHint> everywhere)
{
    m_title = title;
    m_ofPage = std::move(ofPage);
    m_everywhere = std::move(everywhere);
    setAccessibleName(
        title + QLatin1String(". ") + spokenHints(m_ofPage) + QLatin1String("; ") + spokenHints(m_everywhere));
    const int rows = int(std::max(m_ofPage.size(), m_everywhere.size()));
    const QSize wanted(680, 70 + rows * rowHeight() + 20);
    const auto *window = parentWidget();
    setGeometry(
        (window->width() - wanted.width()) / 2, 96, wanted.width(), std::min(wanted.height(), window->height() - 112));
    show();
    raise();
    setFocus();
}

void KeysSheet::paintColumn(QPainter *painter, QRect column, const QString &title, const std::vector<KeyHint> &hints)
{
    painter->setFont(fontOf(TextStyle::BodyStrong));
    painter->setPen(colours().text);
    painter->drawText(
        QRect(column.left(), column.top(), column.width(), rowHeight()), int(Qt::AlignVCenter | Qt::AlignLeft), title);
    column.setTop(column.top() + rowHeight() + 6);
    for (const auto &hint : hints) {
        Lane lane(painter, QRect(column.left(), column.top(), column.width(), rowHeight()));
        paintShortcut(painter, lane.takeLeading(keyColumn), Qt::AlignLeft, hint.keys);
        painter->setFont(fontOf(TextStyle::Body));
        painter->setPen(colours().text);
        painter->drawText(lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft),
            painter->fontMetrics().elidedText(hint.what, Qt::ElideRight, lane.rest().width()));
        column.setTop(column.top() + rowHeight());
    }
}

void KeysSheet::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    p.fillRect(rect(), colours().raised);
    p.setPen(colours().controlBorder);
    p.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    const QRect inner = rect().adjusted(20, 16, -20, -12);
    Lane lane(&p, inner);
    const auto first = lane.takeLeading(inner.width() / 2 - 12, 24);
    paintColumn(&p, first, m_title, m_ofPage);
    paintColumn(&p, lane.rest(), tr("Everywhere"), m_everywhere);
}

bool KeysSheet::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // any key closes it and does nothing else
        return true;
    }
    return QFrame::event(event);
}

void KeysSheet::keyPressEvent(QKeyEvent *event)
{
    event->accept();
    hide();
}

void KeysSheet::focusOutEvent(QFocusEvent *event)
{
    hide();
    QFrame::focusOutEvent(event);
}

} // namespace headgate
