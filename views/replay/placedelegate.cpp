// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/placedelegate.h"

#include "models/common/cellroles.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/theme.h"

#include <QPainter>

namespace headgate {

namespace {

constexpr qreal barHeight = 12;
constexpr qreal cutWidth = 14;

void paintLog(QPainter *p, const QRectF &bar)
{
    const auto &c = colours();
    p->setPen(c.border);
    p->setBrush(c.sunken);
    p->drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintWindow(QPainter *p, const QRectF &window)
{
    const auto &c = colours();
    p->fillRect(window, c.accentBg);
    QPen stroke(c.accent, 1);
    stroke.setCosmetic(true);
    p->save();
    p->setClipRect(window, Qt::IntersectClip);
    p->setPen(stroke);
    p->setOpacity(0.55);
    for (qreal x = window.left() - window.height(); x < window.right(); x += 5) {
        p->drawLine(QPointF(x, window.bottom()), QPointF(x + window.height(), window.top()));
    }
    p->restore();
    p->setPen(stroke);
    p->setBrush(Qt::NoBrush);
    p->drawRect(window.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintBefore(QPainter *p, qreal x, const QRectF &bar)
{
    p->fillRect(QRectF(x - 1, bar.top() - 3, 2, bar.height() + 6), colours().text);
}

void paintFlag(QPainter *p, qreal x, const QRectF &bar, bool outside)
{
    const auto colour = outside ? colours().fail.graphic : colours().accent;
    p->fillRect(QRectF(x - 1, bar.top() - 4, 2, bar.height() + 8), colour);
    p->setPen(Qt::NoPen);
    p->setBrush(colour);
    const QPointF flag[] {{x - 4, bar.top() - 4}, {x + 4, bar.top() - 4}, {x, bar.top() + 2}};
    p->drawPolygon(flag, 3);
}

//! The log goes on to the left of what is shown.
void paintCut(QPainter *p, const QRectF &bar)
{
    p->fillRect(QRectF(bar.left() + 3, bar.top() - 1, 8, bar.height() + 2), colours().surface);
    p->setPen(QPen(colours().textMuted, 1.2));
    for (const qreal x : {bar.left() + 3, bar.left() + 7}) {
        p->drawLine(QPointF(x, bar.bottom() + 1), QPointF(x + 4, bar.top() - 1));
    }
}

} // namespace

void paintPlace(QPainter *painter, const QRectF &room, const PlaceInLog &place)
{
    if (!place.known) {
        painter->setPen(colours().textMuted);
        painter->setFont(fontOf(TextStyle::Caption));
        painter->drawText(room, int(Qt::AlignVCenter | Qt::AlignLeft), PlaceLegend::tr("bounds not known"));
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF bar(room.left(), room.center().y() - barHeight / 2, room.width(), barHeight);
    const qreal left = bar.left() + (place.start ? 0 : cutWidth);
    const qreal width = bar.right() - 6 - left;
    const auto at = [&](double fraction) {
        return left + fraction * width;
    };
    const auto from = place.start ? at(*place.start) : bar.left();
    paintLog(painter, {from, bar.top(), at(1) - from, bar.height()});
    if (place.before && place.after && *place.after < *place.before) {
        paintWindow(painter, {at(*place.after), bar.top(), at(*place.before) - at(*place.after), bar.height()});
    }
    if (!place.start) {
        paintCut(painter, bar);
    }
    if (place.before) {
        paintBefore(painter, at(*place.before), bar);
    }
    if (place.after) {
        paintFlag(painter, at(*place.after), bar, place.outside);
    }
    painter->restore();
}

void PlaceDelegate::paintCell(
    QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto place = index.data(PlaceRole);
    if (place.isValid()) {
        paintPlace(painter, inner, place.value<PlaceInLog>());
    } else {
        RowDelegate::paintCell(painter, inner, option, index);
    }
}

PlaceLegend::PlaceLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

namespace {

constexpr int markWidth = 24;
constexpr int markGap = 6;
constexpr int entryGap = 14;

QStringList legendWords()
{
    return {PlaceLegend::tr("new position"), PlaceLegend::tr("before"), PlaceLegend::tr("delivered again"),
        PlaceLegend::tr("log")};
}

} // namespace

QSize PlaceLegend::sizeHint() const
{
    const QFontMetrics metrics(fontOf(TextStyle::Caption));
    int width = 0;
    for (const auto &word : legendWords()) {
        width += markWidth + markGap + metrics.horizontalAdvance(word) + entryGap;
    }
    return {width, metrics.height() + 6};
}

void PlaceLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    readAs(&painter, layoutDirection());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(fontOf(TextStyle::Caption));
    Lane lane(&painter, rect());
    const auto words = legendWords();
    for (int i = 0; i < words.size(); ++i) {
        const auto place = lane.takeLeading(markWidth, markGap);
        const QRectF bar(place.left(), rect().center().y() - 4, markWidth, 9);
        const auto middle = bar.center().x();
        switch (i) {
        case 0:
            paintFlag(&painter, middle, bar, false);
            break;
        case 1:
            paintBefore(&painter, middle, bar);
            break;
        case 2:
            paintWindow(&painter, bar);
            break;
        default:
            paintLog(&painter, bar);
        }
        painter.setPen(colours().textMuted);
        const int width = painter.fontMetrics().horizontalAdvance(words[i]);
        painter.drawText(
            lane.takeLeading(width, entryGap), int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextDontClip, words[i]);
    }
}

} // namespace headgate
