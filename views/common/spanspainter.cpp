// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/spanspainter.h"
#include "views/common/lane.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace headgate {

namespace {

QFont fontOf(const Span &span, const QFont &font)
{
    const auto used = span.code ? fixed(font) : font;
    return span.strong ? strong(used) : used;
}

QColor colourOf(const Span &span, const QColor &strongColour)
{
    const bool tinted = span.strong && span.role == TextRole::Text && strongColour.isValid();
    return tinted ? strongColour : headgate::colourOf(span.role);
}

void setUp(QTextLayout &layout, const Spans &spans, const QFont &font, Qt::LayoutDirection direction,
    const QColor &strongColour = {})
{
    layout.setText(plainText(spans));
    layout.setFont(font);
    QList<QTextLayout::FormatRange> formats;
    int start = 0;
    for (const auto &span : spans) {
        QTextCharFormat format;
        format.setFont(fontOf(span, font));
        format.setForeground(colourOf(span, strongColour));
        formats.push_back({start, int(span.text.size()), format});
        start += int(span.text.size());
    }
    layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(direction);
    layout.setTextOption(option);
}

//! Lays lines out; returns the height. A fixed-font piece must not make its line taller than the others.
qreal layOut(QTextLayout &layout, const QFont &font, qreal width, int maxLines)
{
    const qreal lineHeight = std::ceil(QFontMetricsF(font).height() * 1.2);
    qreal y = 0;
    layout.beginLayout();
    for (int n = 0; maxLines == 0 || n < maxLines; ++n) {
        auto line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        line.setPosition({0, y + (lineHeight - line.height()) / 2});
        y += lineHeight;
    }
    layout.endLayout();
    return y;
}

//! Drops what does not fit into `width`, piece by piece from the end, and puts an ellipsis there.
Spans elided(Spans spans, const QFont &font, qreal width)
{
    qreal room = width;
    for (size_t i = 0; i < spans.size(); ++i) {
        const QFontMetricsF metrics(fontOf(spans[i], font));
        const auto needed = metrics.horizontalAdvance(spans[i].text);
        const bool last = i + 1 == spans.size();
        const auto ellipsis = last ? 0 : metrics.horizontalAdvance(QChar(0x2026));
        if (needed <= room - (needed > room - ellipsis ? 0 : ellipsis) && needed <= room) {
            room -= needed;
            continue;
        }
        spans[i].text = metrics.elidedText(
            spans[i].text, Qt::ElideRight, std::max<qreal>(room, metrics.horizontalAdvance(QChar(0x2026))));
        spans.resize(i + 1);
        break;
    }
    return spans;
}

} // namespace

qreal spansWidth(const Spans &spans, const QFont &font)
{
    qreal width = 0;
    for (const auto &span : spans) {
        width += QFontMetricsF(fontOf(span, font)).horizontalAdvance(span.text);
    }
    return width;
}

qreal spansHeight(const Spans &spans, const QFont &font, qreal width, int maxLines)
{
    QTextLayout layout;
    setUp(layout, spans, font, Qt::LeftToRight);
    return layOut(layout, font, width, maxLines);
}

void paintSpans(QPainter *painter, const QRectF &rect, const Spans &spans, const QFont &font, int maxLines,
    const QColor &strongColour)
{
    if (maxLines == 1) {
        const qreal height = std::ceil(QFontMetricsF(font).height() * 1.2);
        paintSpansLine(painter, {rect.left(), rect.top(), rect.width(), height}, spans, font, strongColour);
        return;
    }
    QTextLayout layout;
    setUp(layout, spans, font, painter->layoutDirection(), strongColour);
    layOut(layout, font, rect.width(), maxLines);
    layout.draw(painter, rect.topLeft());
}

qreal paintSpansLine(
    QPainter *painter, const QRectF &rect, const Spans &spans, const QFont &font, const QColor &strongColour)
{
    QTextLayout layout;
    setUp(layout, spansWidth(spans, font) > rect.width() ? elided(spans, font, rect.width()) : spans, font,
        painter->layoutDirection(), strongColour);
    auto option = layout.textOption();
    option.setWrapMode(QTextOption::NoWrap); // already elided
    layout.setTextOption(option);
    layout.beginLayout();
    auto line = layout.createLine();
    if (line.isValid()) {
        line.setLineWidth(rect.width());
        line.setPosition({0, 0});
    }
    layout.endLayout();
    if (!line.isValid()) {
        return 0;
    }
    const QFontMetricsF metrics(font);
    layout.draw(
        painter, {rect.left(), rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent() - line.ascent()});
    return line.naturalTextWidth();
}

SpansLabel::SpansLabel(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SpansLabel::setSpans(Spans spans)
{
    if (spans == m_spans) {
        return;
    }
    m_spans = std::move(spans);
    setAccessibleName(plainText(m_spans));
    updateGeometry();
    update();
}

void SpansLabel::setMaxLines(int lines)
{
    m_maxLines = lines;
    updateGeometry();
}

void SpansLabel::setTextStyle(TextStyle style)
{
    m_style = style;
    updateGeometry();
}

void SpansLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

QFont SpansLabel::usedFont() const
{
    return fontOf(m_style);
}

int SpansLabel::heightForWidth(int width) const
{
    return int(std::ceil(spansHeight(m_spans, usedFont(), width, m_maxLines)));
}

QSize SpansLabel::sizeHint() const
{
    const int width = int(std::ceil(spansWidth(m_spans, usedFont()))) + 1;
    return {width, int(std::ceil(spansHeight(m_spans, usedFont(), width, 1)))};
}

QSize SpansLabel::minimumSizeHint() const
{
    return {40, sizeHint().height()};
}

void SpansLabel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto strongColour = m_tone == Tone::Neutral ? QColor() : toneColours(m_tone).fg;
    if (m_maxLines == 1) {
        paintSpansLine(&p, rect(), m_spans, usedFont(), strongColour);
    } else {
        paintSpans(&p, rect(), m_spans, usedFont(), m_maxLines, strongColour);
    }
}

void SpansLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

} // namespace headgate
