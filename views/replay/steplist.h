// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayprogress.h"

#include <QWidget>

namespace headgate {

/*! The steps of a replay on a line: which are proven, which one is at work, which wait. Nothing is shown as done that
 * was not observed. */
class StepList final : public QWidget
{
    Q_OBJECT
public:
    explicit StepList(QWidget *parent = nullptr);
    //! `running` false: what was begun and has no end is not known.
    void setSteps(std::vector<StepProgress> steps, bool running, Instant now);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        QString title, note, time;
        StepState state = StepState::Waiting;

        bool operator==(const Line &) const = default;
    };
    int noteHeight(const Line &line, int width) const;

    std::vector<Line> m_lines;
};

} // namespace headgate
