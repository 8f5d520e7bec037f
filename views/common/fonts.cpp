// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace headgate {

namespace {

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * factor);
    } else {
        font.setPixelSize(qRound(font.pixelSize() * factor));
    }
    return font;
}

QFont weighted(QFont font, QFont::Weight weight)
{
    font.setWeight(weight);
    return font;
}

bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

struct DigitCell
{
    qreal width = 0;
    bool differ = false;
};

DigitCell measureDigits(const QFont &font)
{
    const QFontMetricsF metrics(font);
    DigitCell cell;
    qreal narrow = 1e9;
    for (char c = '0'; c <= '9'; ++c) {
        const auto width = metrics.horizontalAdvance(QLatin1Char(c));
        cell.width = std::max(cell.width, width);
        narrow = std::min(narrow, width);
    }
    cell.differ = cell.width - narrow > 0.1;
    return cell;
}

//! Letters of such scripts join and run to the left: the text is drawn as a whole, its digits as they come.
bool isJoined(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) {
        const auto direction = c.direction();
        return direction == QChar::DirR || direction == QChar::DirAL;
    });
}

DigitCell digitCell(const QFont &font)
{
    static QHash<QString, DigitCell> cells; // a handful of fonts, asked thousands of times a second
    const auto key = font.key();
    const auto known = cells.constFind(key);
    return known != cells.constEnd() ? *known : *cells.insert(key, measureDigits(font));
}

} // namespace

QFont fontOf(TextStyle style)
{
    const auto base = QApplication::font();
    switch (style) {
    case TextStyle::Caption:
        return scaled(base, 0.85);
    case TextStyle::Small:
        return scaled(base, 0.92);
    case TextStyle::Body:
        return base;
    case TextStyle::BodyStrong:
        return weighted(base, QFont::DemiBold);
    case TextStyle::Chip:
        return weighted(scaled(base, 0.92), QFont::Medium);
    case TextStyle::Section:
        return weighted(scaled(base, 1.08), QFont::DemiBold);
    case TextStyle::Title:
        return weighted(scaled(base, 1.4), QFont::DemiBold);
    case TextStyle::Figure:
        return weighted(scaled(base, 1.55), QFont::DemiBold);
    case TextStyle::Code:
        return fixed(base);
    case TextStyle::CodeStrong:
        return weighted(fixed(base), QFont::DemiBold);
    }
    Q_UNREACHABLE();
}

QFont strong(const QFont &base)
{
    return weighted(base, QFont::DemiBold);
}

QFont fixed(const QFont &base)
{
    auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pointSizeF() > 0) {
        font.setPointSizeF(base.pointSizeF() * 0.92);
    } else {
        font.setPixelSize(qRound(base.pixelSize() * 0.92));
    }
    font.setWeight(base.weight());
    return font;
}

double fontScale()
{
    constexpr double designedHeight = 16;
    return std::max(1.0, QFontMetrics(fontOf(TextStyle::Body)).height() / designedHeight);
}

void chooseApplicationFont()
{
    if (QFontDatabase::families().contains(QLatin1String("Inter"))) {
        auto font = QApplication::font();
        font.setFamily(QStringLiteral("Inter"));
        QApplication::setFont(font);
    }
}

qreal digitsWidth(const QFont &font, const QString &text)
{
    const QFontMetricsF metrics(font);
    const auto cell = digitCell(font);
    if (!cell.differ || isJoined(text)) {
        return metrics.horizontalAdvance(text);
    }
    qreal width = 0;
    for (const QChar c : text) {
        width += isDigit(c) ? cell.width : metrics.horizontalAdvance(c);
    }
    return width;
}

qreal drawDigits(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter->font());
    const auto cell = digitCell(painter->font());
    const auto width = digitsWidth(painter->font(), text);
    const bool right = QStyle::visualAlignment(painter->layoutDirection(), alignment) & Qt::AlignRight;
    qreal x = right ? rect.right() - width : rect.left();
    const qreal y = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    if (!cell.differ || isJoined(text)) {
        painter->drawText(QPointF(x, y), text);
        return width;
    }
    for (const QChar c : text) {
        const auto advance = metrics.horizontalAdvance(c);
        const auto room = isDigit(c) ? cell.width : advance;
        painter->drawText(QPointF(x + (room - advance) / 2, y), QString(c));
        x += room;
    }
    return width;
}

} // namespace headgate
