// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/statelook.h"

#include <QWidget>

namespace headgate {

QSize chipSize(const StateLook &look);
//! Tint, border, glyph and word of a state into `rect`, left-aligned and vertically centred; returns the rectangle
//! used.
QRect paintChip(QPainter *painter, const QRect &rect, const StateLook &look);

//! At most one per title, never as decoration. Its word may be a finding ("Task 1 of 3 failed").
class Chip final : public QWidget
{
    Q_OBJECT
public:
    explicit Chip(QWidget *parent = nullptr);
    void setLook(StateLook look);
    const StateLook &look() const { return m_look; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateLook m_look;
};

} // namespace headgate
