// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/chip.h"

#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/symbolicon.h"

#include <QFontMetrics>
#include <QPainter>

namespace headgate {

namespace {

constexpr int glyph = 14;
constexpr int gap = 4;
constexpr int padding = 6;

} // namespace

QSize chipSize(const StateLook &look)
{
    const QFontMetrics metrics(fontOf(TextStyle::Chip));
    const int icon = look.icon.isEmpty() ? 0 : glyph + gap;
    return {2 * padding + icon + metrics.horizontalAdvance(look.word) + 1,
        std::max(tokens::size::chip, metrics.height() + 4)};
}

QRect paintChip(QPainter *painter, const QRect &rect, const StateLook &look)
{
    const auto tone = toneColours(look.tone);
    const auto wanted = chipSize(look);
    const QRect box = mirrored(painter, rect,
        QRect(rect.x(), rect.y() + (rect.height() - wanted.height()) / 2, std::min(wanted.width(), rect.width()),
            wanted.height()));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(tone.border);
    painter->setBrush(tone.bg);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::chip, tokens::radius::chip);
    Lane lane(painter, box.adjusted(padding, 0, 1 - padding, 0));
    if (!look.icon.isEmpty()) {
        const auto place = lane.takeLeading(glyph, gap);
        paintSymbol(painter, QRect(place.x(), box.y() + (box.height() - glyph) / 2, glyph, glyph), look.icon, tone.fg);
    }
    painter->setFont(fontOf(TextStyle::Chip));
    painter->setPen(tone.fg);
    const auto room = lane.rest();
    painter->drawText(room, int(Qt::AlignVCenter | Qt::AlignLeft),
        painter->fontMetrics().elidedText(look.word, Qt::ElideRight, room.width()));
    painter->restore();
    return box;
}

Chip::Chip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Chip::setLook(StateLook look)
{
    if (look == m_look) {
        return;
    }
    m_look = std::move(look);
    setAccessibleName(m_look.word);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    return chipSize(m_look);
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    paintChip(&p, rect(), m_look);
}

} // namespace headgate
