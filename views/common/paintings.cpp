// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/paintings.h"

#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/symbolicon.h"
#include "views/common/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace headgate {

namespace {

//! Minimum and maximum of each bucket, in the order they came, so that at most two points a pixel are drawn.
QList<float> reduced(const QList<float> &values, int buckets)
{
    if (values.size() <= 2 * buckets || buckets < 1) {
        return values;
    }
    QList<float> out;
    for (int b = 0; b < buckets; ++b) {
        const auto first = values.begin() + values.size() * b / buckets;
        const auto last = values.begin() + values.size() * (b + 1) / buckets;
        const auto [low, high] = std::minmax_element(first, last);
        out << (low < high ? *low : *high) << (low < high ? *high : *low);
    }
    return out;
}

struct NumberLook
{
    QString text;
    QString unit;
    QString symbol;
    QColor text1, unit1;
};

NumberLook lookOf(const NumberText &number, const QColor &digits)
{
    const auto &c = colours();
    switch (number.face) {
    case NumberFace::Value:
        return {number.text, number.unit, {}, digits.isValid() ? digits : c.text, c.textMuted};
    case NumberFace::Zero:
        return {number.text, number.unit, {}, digits.isValid() ? digits : c.textMuted, c.textMuted};
    case NumberFace::NoData:
        return {number.text.isEmpty() ? QString(QChar(0x2013)) : number.text, {}, {}, c.textMuted, c.textMuted};
    case NumberFace::Stale:
        return {number.text, number.age.isEmpty() ? number.unit : number.age, QStringLiteral("state-stale"), c.stale.fg,
            c.stale.fg};
    case NumberFace::NotSetUp:
        return {spoken(number), {}, {}, c.link, c.link};
    case NumberFace::NoRight:
        return {spoken(number), {}, QStringLiteral("mode-guarded"), c.textMuted, c.textMuted};
    }
    Q_UNREACHABLE();
}

QFont unitFont(const QFont &font)
{
    auto small = font;
    small.setWeight(QFont::Normal);
    // Beside a figure the unit is much smaller, beside body text only a little.
    const auto body = fontOf(TextStyle::Body);
    const bool figure = font.pointSizeF() > body.pointSizeF() * 1.2;
    small.setPointSizeF(figure ? body.pointSizeF() * 0.92 : font.pointSizeF());
    return small;
}

constexpr int symbolSide = 14;
constexpr qreal unitGap = 4;

} // namespace

void paintSpark(QPainter *painter, const QRectF &rect, const QList<float> &all, const QColor &colour)
{
    const auto values = reduced(all, int(rect.width()));
    float top = 0;
    for (const float v : values) {
        top = std::isnan(v) ? top : std::max(top, v);
    }
    if (values.size() < 2) {
        return; // one sample is a number, not a line
    }
    constexpr qreal dot = 2;
    const QRectF inner = rect.adjusted(0.5, dot, -dot - 0.5, -dot);
    const qreal step = inner.width() / double(values.size() - 1);
    QPainterPath path;
    std::optional<QPointF> last;
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) {
            last.reset();
            continue;
        }
        const QPointF point(
            inner.left() + step * double(i), inner.bottom() - (top > 0 ? double(values[i] / top) * inner.height() : 0));
        last ? path.lineTo(point) : path.moveTo(point);
        last = point;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path);
    if (last) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawEllipse(*last, dot, dot);
    }
    painter->restore();
}

void paintLimitBar(QPainter *painter, const QRectF &rect, double used, double added, double limit)
{
    const auto &c = colours();
    const double scale = rect.width() / std::max({used + added, limit * 1.1, 1e-9});
    const QRectF bar(rect.left(), rect.center().y() - 4, rect.width(), 8);
    const bool over = used + added >= limit;
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->fillRect(bar, c.gridLine);
    painter->fillRect(QRectF(bar.left(), bar.top(), used * scale, bar.height()), over ? c.warn.graphic : c.textMuted);
    painter->fillRect(
        QRectF(bar.left() + used * scale, bar.top(), added * scale, bar.height()), over ? c.warn.graphic : c.accent);
    painter->fillRect(QRectF(bar.left() + limit * scale - 0.75, bar.center().y() - 6, 1.5, 12), c.text);
    painter->restore();
}

qreal numberWidth(const NumberText &number, const QFont &font)
{
    const auto look = lookOf(number, {});
    const auto unit = look.unit.isEmpty() ? 0 : unitGap + QFontMetricsF(unitFont(font)).horizontalAdvance(look.unit);
    return (look.symbol.isEmpty() ? 0 : symbolSide + unitGap) + digitsWidth(font, look.text) + unit;
}

void paintNumber(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const NumberText &number,
    const QFont &font, const QColor &digits)
{
    const auto look = lookOf(number, digits);
    const auto width = numberWidth(number, font);
    const bool right = QStyle::visualAlignment(painter->layoutDirection(), alignment) & Qt::AlignRight;
    const QRectF block(right ? rect.right() - width : rect.left(), rect.top(), width, rect.height());
    qreal used = 0;
    // The pieces lead as the painter reads; none of them is turned in itself.
    const auto take = [&](qreal wide) {
        const QRectF piece(block.left() + used, block.top(), wide, block.height());
        used += wide + unitGap;
        return mirrored(painter, block, piece);
    };
    painter->save();
    if (!look.symbol.isEmpty()) {
        const auto place = take(symbolSide);
        paintSymbol(painter,
            QRectF(place.left(), rect.center().y() - symbolSide / 2.0, symbolSide, symbolSide).toRect(), look.symbol,
            look.text1);
    }
    painter->setFont(font);
    painter->setPen(look.text1);
    drawDigits(painter, take(digitsWidth(font, look.text)), Qt::AlignLeft, look.text);
    if (!look.unit.isEmpty()) {
        // On the digits' base line, whatever the sizes.
        const QFontMetricsF big(font);
        const qreal base = rect.top() + (rect.height() - big.height()) / 2 + big.ascent();
        painter->setFont(unitFont(font));
        painter->setPen(look.unit1);
        const auto wide = QFontMetricsF(unitFont(font)).horizontalAdvance(look.unit);
        painter->drawText(QPointF(take(wide).left(), base), look.unit);
    }
    painter->restore();
}

int paintShortcut(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &keys)
{
    const auto &c = colours();
    const auto font = fontOf(TextStyle::Caption);
    const QFontMetrics metrics(font);
    const int width = metrics.horizontalAdvance(keys) + 10;
    const int height = metrics.height() + 3;
    const bool right = QStyle::visualAlignment(painter->layoutDirection(), alignment) & Qt::AlignRight;
    const QRect box(right ? rect.right() - width + 1 : rect.left(), rect.center().y() - height / 2, width, height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(c.border);
    painter->setBrush(c.sunken);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter->setFont(font);
    painter->setPen(c.textMuted);
    painter->drawText(box, Qt::AlignCenter, keys);
    painter->restore();
    return width;
}

void paintName(QPainter *painter, const QRectF &rect, const QString &text)
{
    const auto leading = QStyle::visualAlignment(painter->layoutDirection(), Qt::AlignLeft);
    painter->drawText(rect, int(Qt::AlignVCenter | leading) | Qt::TextSingleLine | Qt::TextForceLeftToRight,
        QFontMetricsF(painter->font()).elidedText(text, Qt::ElideMiddle, rect.width()));
}

} // namespace headgate
