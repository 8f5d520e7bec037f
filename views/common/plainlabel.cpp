// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plainlabel.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace headgate {

PlainLabel::PlainLabel(const QString &text, TextStyle style, QWidget *parent)
    : QLabel(parent)
    , m_style(style)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setFont(fontOf(style));
}

PlainLabel *PlainLabel::muted()
{
    setProperty("role", QStringLiteral("muted"));
    return this;
}

void PlainLabel::setStyleOfText(TextStyle style)
{
    m_style = style;
    setFont(fontOf(style));
}

void PlainLabel::setElided(bool elided)
{
    m_elided = elided;
    setProperty("elides", elided);
    setSizePolicy(elided ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize PlainLabel::minimumSizeHint() const
{
    const auto hint = QLabel::minimumSizeHint();
    return m_elided ? QSize(24, hint.height()) : hint;
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter p(this);
    const auto room = contentsRect();
    const auto shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, room.width());
    setToolTip(shown == text() ? QString() : text());
    style()->drawItemText(&p, room, int(alignment()), palette(), isEnabled(), shown, foregroundRole());
}

void PlainLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange) {
        setFont(fontOf(m_style));
    }
    QLabel::changeEvent(event);
}

} // namespace headgate
