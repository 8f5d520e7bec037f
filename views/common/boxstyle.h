// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace headgate {

//! Fusion, with check boxes in the theme's colours: a box that is seen empty, filled where it is checked.
class BoxStyle final : public QProxyStyle
{
public:
    BoxStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
};

} // namespace headgate
