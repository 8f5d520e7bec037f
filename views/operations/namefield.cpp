// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/namefield.h"

#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/symbolicon.h"
#include "views/common/theme.h"

#include <QPainter>

namespace headgate {

NameField::NameField(QWidget *parent)
    : QLineEdit(parent)
{
    setFont(fontOf(TextStyle::Code));
    setMinimumHeight(34);
    isRightToLeft() ? setTextMargins(110, 0, 0, 0) : setTextMargins(0, 0, 110, 0);
}

void NameField::setLettersToGo(int letters)
{
    m_letters = letters;
    setAccessibleDescription(note());
    update();
}

QString NameField::note() const
{
    if (m_letters < 0) {
        return tr("another name");
    }
    return m_letters == 0 ? QString() : tr("%n letter(s) to go", nullptr, m_letters);
}

void NameField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter p(this);
    readAs(&p, layoutDirection());
    const QRect inner = rect().adjusted(12, 0, -12, 0);
    if (m_letters == 0) {
        const auto place = Lane(&p, inner).takeTrailing(16);
        paintSymbol(&p, QRect(place.x(), (height() - 16) / 2, 16, 16), QStringLiteral("check"), colours().ok.graphic);
        return;
    }
    p.setFont(fontOf(TextStyle::Caption));
    p.setPen(m_letters < 0 ? colours().fail.fg : colours().textMuted);
    p.drawText(inner, int(Qt::AlignVCenter | Qt::AlignRight), note());
}

} // namespace headgate
