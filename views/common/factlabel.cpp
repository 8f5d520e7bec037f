// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/factlabel.h"

#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/spanspainter.h"
#include "views/common/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace headgate {

namespace {

constexpr qreal sparkWidth = 64;
constexpr qreal sparkHeight = 18;
constexpr qreal sparkGap = 8;

qreal lineHeight(TextStyle style)
{
    return std::ceil(QFontMetricsF(fontOf(style)).height() * 1.15);
}

void paintCaption(QPainter *p, const QRectF &rect, const QString &caption)
{
    p->setFont(fontOf(TextStyle::Caption));
    p->setPen(colours().textMuted);
    p->drawText(rect, int(Qt::AlignVCenter | Qt::AlignLeft),
        p->fontMetrics().elidedText(caption, Qt::ElideRight, int(rect.width())));
}

} // namespace

FactLabel::FactLabel(const QString &caption, QWidget *parent)
    : QWidget(parent)
    , m_caption(caption)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FactLabel::setCaption(const QString &caption)
{
    m_caption = caption;
    say();
}

void FactLabel::setSpans(Spans value)
{
    m_spans = std::move(value);
    m_number.reset();
    setToolTip(plainText(m_spans));
    say();
}

void FactLabel::setNumber(const NumberText &value)
{
    m_number = value;
    m_spans.clear();
    setToolTip(value.toolTip);
    say();
}

void FactLabel::setSpark(QList<float> values, const QColor &colour)
{
    m_spark = std::move(values);
    m_sparkColour = colour;
    update();
}

void FactLabel::say()
{
    setAccessibleName(m_caption + QLatin1String(": ") + (m_number ? spoken(*m_number) : plainText(m_spans)));
    updateGeometry();
    update();
}

QSize FactLabel::sizeHint() const
{
    const auto body = fontOf(TextStyle::Body);
    const qreal value = m_number ? numberWidth(*m_number, body) : spansWidth(m_spans, body);
    const qreal spark = m_spark.isEmpty() ? 0 : sparkWidth + sparkGap;
    const qreal caption = QFontMetricsF(fontOf(TextStyle::Caption)).horizontalAdvance(m_caption);
    return {int(std::ceil(std::max(value + spark, caption))) + 2,
        int(lineHeight(TextStyle::Caption) + lineHeight(TextStyle::Body) + 2)};
}

QSize FactLabel::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

void FactLabel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const qreal top = lineHeight(TextStyle::Caption);
    paintCaption(&p, {0, 0, double(width()), top}, m_caption);
    const QRectF line(0, top + 1, width(), lineHeight(TextStyle::Body));
    const auto body = fontOf(TextStyle::Body);
    qreal used = 0;
    if (m_number) {
        paintNumber(&p, line, Qt::AlignLeft, *m_number, body);
        used = numberWidth(*m_number, body);
    } else {
        used = paintSpansLine(&p, line, m_spans, body);
    }
    if (!m_spark.isEmpty() && used + sparkGap + sparkWidth <= width()) {
        const QRectF spark(used + sparkGap, line.center().y() - sparkHeight / 2, sparkWidth, sparkHeight);
        paintSpark(
            &p, mirrored(&p, line, spark), m_spark, m_sparkColour.isValid() ? m_sparkColour : colours().textMuted);
    }
}

FigureLabel::FigureLabel(const QString &caption, QWidget *parent)
    : QWidget(parent)
    , m_caption(caption)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(caption);
}

void FigureLabel::setCaption(const QString &caption)
{
    m_caption = caption;
    setNumber(m_number);
}

void FigureLabel::setNumber(const NumberText &value)
{
    m_number = value;
    setAccessibleName(m_caption + QLatin1String(": ") + spoken(value));
    setToolTip(value.toolTip);
    updateGeometry();
    update();
}

QSize FigureLabel::sizeHint() const
{
    const auto figure = fontOf(TextStyle::Figure);
    const qreal width = std::max(
        numberWidth(m_number, figure), QFontMetricsF(fontOf(TextStyle::Caption)).horizontalAdvance(m_caption));
    return {int(std::ceil(width)) + 2, int(lineHeight(TextStyle::Caption) + lineHeight(TextStyle::Figure))};
}

void FigureLabel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const qreal top = lineHeight(TextStyle::Caption);
    paintCaption(&p, {0, 0, double(width()), top}, m_caption);
    // Words are no figures: only digits get the big size.
    const bool digits
        = m_number.face == NumberFace::Value || m_number.face == NumberFace::Zero || m_number.face == NumberFace::Stale;
    auto font = fontOf(digits ? TextStyle::Figure : TextStyle::Section);
    for (const auto smaller : {TextStyle::Section, TextStyle::Body, TextStyle::Caption}) {
        font = numberWidth(m_number, font) > width() ? fontOf(smaller) : font; // never cut a number
    }
    paintNumber(&p, {0, top, double(width()), lineHeight(TextStyle::Figure)}, Qt::AlignLeft, m_number, font);
}

} // namespace headgate
