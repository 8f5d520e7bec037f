// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/boxstyle.h"

#include "views/common/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>
#include <array>

namespace headgate {

BoxStyle::BoxStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void BoxStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const auto &c = Theme::instance().colours();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool filled = enabled && option->state & (State_On | State_NoChange);
    const qreal side = std::min(option->rect.width(), option->rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(filled ? c.accent : enabled ? c.controlBorder : c.border);
    painter->setBrush(filled ? c.accent : enabled ? c.surface : c.sunken);
    painter->drawRoundedRect(box, 3, 3);
    painter->setPen(QPen(enabled ? c.onAccent : c.textDisabled, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](qreal x, qreal y) {
        return box.topLeft() + QPointF(x * box.width(), y * box.height());
    };
    if (option->state.testFlag(State_On)) {
        const std::array<QPointF, 3> tick {at(0.24, 0.54), at(0.43, 0.72), at(0.77, 0.32)};
        painter->drawPolyline(tick.data(), int(tick.size()));
    } else if (option->state.testFlag(State_NoChange)) {
        painter->drawLine(at(0.27, 0.5), at(0.73, 0.5));
    }
    painter->restore();
}

} // namespace headgate
