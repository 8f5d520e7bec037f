// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/replayviewmodel.h"
#include "views/replay/block.h"

namespace headgate {

class FactGrid;
class FigureLabel;

//! What a plan does: figures, what stands behind them, and every warning, those that forbid first.
class EffectBlock final : public Block
{
    Q_OBJECT
public:
    explicit EffectBlock(QWidget *parent = nullptr);
    void show(const ReplayViewModel::State &state, Instant now);

private:
    struct Line
    {
        QString text;
        bool forbids = false;

        bool operator==(const Line &) const = default;
    };
    std::vector<Line> linesOf(const ReplayViewModel::State &state) const;
    void showLines(std::vector<Line> lines);

    QWidget *m_figureRow;
    std::vector<FigureLabel *> m_figures;
    FactGrid *m_facts;
    QVBoxLayout *m_warnings;
    std::vector<Line> m_lines;
};

} // namespace headgate
