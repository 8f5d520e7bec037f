// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QWidget>

namespace headgate {

//! One box of a flow strip: "topic" over "invoices". A broken hop is drawn before the box that cannot be reached.
struct FlowStep
{
    QString icon;
    QString caption;
    QString name;
    Tone tone = Tone::Neutral;
    bool brokenBefore = false;
    QString link; //!< what linkActivated() says; empty = no link

    bool operator==(const FlowStep &) const = default;
};

/*! Topic -> connector -> system as boxes with arrows: where the flow is broken is seen without reading. Boxes share the
 * width; names are elided in the middle. */
class FlowStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit FlowStrip(QWidget *parent = nullptr);
    void setSteps(std::vector<FlowStep> steps);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

Q_SIGNALS:
    void linkActivated(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    std::vector<QRect> boxes() const;

    std::vector<FlowStep> m_steps;
};

} // namespace headgate
