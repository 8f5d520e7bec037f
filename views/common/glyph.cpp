// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/glyph.h"

#include "views/common/symbolicon.h"

#include <QPainter>

namespace headgate {

Glyph::Glyph(int side, QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(side, side);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void Glyph::setLook(const StateLook &look)
{
    m_symbol = look.icon;
    m_tone = look.tone;
    update();
}

void Glyph::setSymbol(const QString &name, TextRole role)
{
    m_symbol = name;
    m_role = role;
    m_tone.reset();
    update();
}

void Glyph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSymbol(&painter, rect(), m_symbol, m_tone ? toneColours(*m_tone).fg : colourOf(m_role));
}

} // namespace headgate
