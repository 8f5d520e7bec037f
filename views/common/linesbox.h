// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/spans.h"

#include <QWidget>

namespace headgate {

/*! A few lines of code, trace or record on `sunken` with a border: each line elided at the right, its whole text as
 * tool tip and to be copied by the context menu. For long texts there is TraceView. */
class LinesBox final : public QWidget
{
public:
    explicit LinesBox(QWidget *parent = nullptr);
    void setLines(std::vector<Spans> lines);
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    std::vector<Spans> m_lines;
};

} // namespace headgate
