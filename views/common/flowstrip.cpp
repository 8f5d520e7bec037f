// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/flowstrip.h"

#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/symbolicon.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace headgate {

namespace {

constexpr int arrowWidth = 34;
constexpr int padding = 10;
constexpr int glyph = 14;

int naturalWidth(const FlowStep &step)
{
    const int caption = QFontMetrics(fontOf(TextStyle::Caption)).horizontalAdvance(step.caption)
        + (step.icon.isEmpty() ? 0 : glyph + 4);
    return std::max(caption, QFontMetrics(fontOf(TextStyle::Body)).horizontalAdvance(step.name)) + 2 * padding + 2;
}

void paintArrow(QPainter *p, const QRect &rect, bool broken)
{
    const auto &c = colours();
    const qreal y = rect.center().y() + 0.5;
    p->setPen(QPen(broken ? c.fail.graphic : c.textMuted, 1.25, broken ? Qt::DashLine : Qt::SolidLine));
    const bool toTheLeft = isMirrored(p);
    const QPointF tip(toTheLeft ? rect.left() + 2 : rect.right() - 2, y);
    const qreal back = toTheLeft ? 5 : -5;
    p->drawLine(QPointF(toTheLeft ? rect.right() - 3 : rect.left() + 3, y), tip);
    p->setPen(QPen(broken ? c.fail.graphic : c.textMuted, 1.25));
    p->drawLine(tip, tip + QPointF(back, -4));
    p->drawLine(tip, tip + QPointF(back, 4));
    if (broken) {
        const QPointF middle(rect.center().x(), y);
        p->setPen(QPen(c.fail.graphic, 1.75));
        p->drawLine(middle + QPointF(-4, -4), middle + QPointF(4, 4));
        p->drawLine(middle + QPointF(-4, 4), middle + QPointF(4, -4));
    }
}

void paintBox(QPainter *p, const QRect &box, const FlowStep &step)
{
    const auto tone = toneColours(step.tone);
    const bool neutral = step.tone == Tone::Neutral;
    p->setPen(tone.border);
    p->setBrush(tone.bg);
    p->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::card, tokens::radius::card);
    const QRect inner = box.adjusted(padding, 5, -padding, -5);
    const QFontMetrics small(fontOf(TextStyle::Caption));
    Lane lane(p, QRect(inner.x(), inner.y(), inner.width(), small.height() + 2));
    if (!step.icon.isEmpty()) {
        const auto place = lane.takeLeading(glyph, 4);
        paintSymbol(
            p, QRect(place.x(), inner.y() + (small.height() - glyph) / 2 + 1, glyph, glyph), step.icon, tone.fg);
    }
    p->setFont(fontOf(TextStyle::Caption));
    p->setPen(tone.fg);
    p->drawText(lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft),
        small.elidedText(step.caption, Qt::ElideRight, lane.rest().width()));
    p->setFont(fontOf(TextStyle::Body));
    p->setPen(neutral ? colours().text : tone.fg);
    const QFontMetrics body(p->font());
    paintName(p, QRectF(inner.x(), inner.bottom() - body.height(), inner.width(), body.height() + 1), step.name);
}

} // namespace

FlowStrip::FlowStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FlowStrip::setSteps(std::vector<FlowStep> steps)
{
    if (steps == m_steps) {
        return;
    }
    m_steps = std::move(steps);
    QStringList words;
    for (const auto &step : m_steps) {
        words << (step.brokenBefore ? tr("broken before %1 %2") : QStringLiteral("%1 %2")).arg(step.caption, step.name);
    }
    setAccessibleName(words.join(tr(", then ")));
    updateGeometry();
    update();
}

QSize FlowStrip::sizeHint() const
{
    int width = arrowWidth * std::max(0, int(m_steps.size()) - 1);
    for (const auto &step : m_steps) {
        width += naturalWidth(step);
    }
    const int text = QFontMetrics(fontOf(TextStyle::Caption)).height() + QFontMetrics(fontOf(TextStyle::Body)).height();
    return {width, std::max(46, text + 14)};
}

std::vector<QRect> FlowStrip::boxes() const
{
    std::vector<int> widths;
    int room = width() - arrowWidth * std::max(0, int(m_steps.size()) - 1);
    for (const auto &step : m_steps) {
        widths.push_back(naturalWidth(step));
    }
    int sum = 0;
    for (const int w : widths) {
        sum += w;
    }
    std::vector<QRect> rects;
    int x = 0;
    for (const int w : widths) {
        const int used = sum > room && sum > 0 ? w * room / sum : w;
        rects.push_back(QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, used, height())));
        x += used + arrowWidth;
    }
    return rects;
}

void FlowStrip::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    p.setRenderHint(QPainter::Antialiasing);
    const auto rects = boxes();
    for (size_t i = 0; i < rects.size(); ++i) {
        if (i > 0) {
            const int left = isMirrored(&p) ? rects[i].right() + 1 : rects[i].x() - arrowWidth;
            paintArrow(&p, QRect(left, 0, arrowWidth, height()), m_steps[i].brokenBefore);
        }
        paintBox(&p, rects[i], m_steps[i]);
    }
}

void FlowStrip::mousePressEvent(QMouseEvent *event)
{
    const auto rects = boxes();
    for (size_t i = 0; i < rects.size(); ++i) {
        if (rects[i].contains(event->pos()) && !m_steps[i].link.isEmpty()) {
            Q_EMIT linkActivated(m_steps[i].link);
        }
    }
}

} // namespace headgate
