// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/effectblock.h"

#include "models/common/agetext.h"
#include "models/operations/impacttext.h"
#include "models/replay/replayfigures.h"
#include "models/replay/replaytext.h"
#include "views/common/factgrid.h"
#include "views/common/factlabel.h"
#include "views/common/glyph.h"
#include "views/common/hairline.h"
#include "views/common/plainlabel.h"

#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace headgate {

namespace {

constexpr int figureCount = 5;
constexpr size_t mostLines = 12;

} // namespace

EffectBlock::EffectBlock(QWidget *parent)
    : Block(3, tr("Effect"), parent)
    , m_figureRow(new QWidget(this))
    , m_facts(new FactGrid(this))
    , m_warnings(new QVBoxLayout)
{
    auto *row = new QHBoxLayout(m_figureRow);
    row->setContentsMargins(padding, 0, padding, 12);
    row->setSpacing(20);
    for (int i = 0; i < figureCount; ++i) {
        m_figures.push_back(new FigureLabel({}, m_figureRow));
        row->addWidget(m_figures.back(), 1);
    }
    m_facts->setObjectName(QStringLiteral("replayFacts"));
    body()->addWidget(m_figureRow);
    body()->addWidget(makeHairline(Qt::Horizontal, this));
    auto *lower = new QVBoxLayout;
    lower->setContentsMargins(padding, 10, padding, 12);
    lower->setSpacing(10);
    lower->addWidget(m_facts);
    m_warnings->setSpacing(6);
    lower->addLayout(m_warnings);
    body()->addLayout(lower);
}

std::vector<EffectBlock::Line> EffectBlock::linesOf(const ReplayViewModel::State &state) const
{
    std::vector<Line> lines;
    for (const auto &drift : state.drift) {
        lines.push_back({driftText(drift), true});
    }
    for (const auto &warning : state.plan->warnings) {
        if (warning.kind != PlanWarningKind::NothingMoves
            || state.request != ReplayRequest {.connector = state.request.connector}) {
            lines.push_back({warningText(warning), forbids(warning.kind)});
        }
    }
    if (lines.size() > mostLines) {
        const int more = int(lines.size() - mostLines) + 1;
        lines.resize(mostLines - 1);
        lines.push_back({tr("%n more; the exported plan names them all.", nullptr, more), false});
    }
    return lines;
}

void EffectBlock::showLines(std::vector<Line> lines)
{
    if (lines == m_lines) {
        return;
    }
    while (auto *item = m_warnings->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &line : lines) {
        auto *row = new QWidget(this);
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        auto *glyph = new Glyph(16, row);
        glyph->setLook(line.forbids ? StateLook {QStringLiteral("state-failed"), {}, Tone::Fail}
                                    : StateLook {QStringLiteral("state-degraded"), {}, Tone::Warn});
        auto *text = new PlainLabel(line.text, line.forbids ? TextStyle::BodyStrong : TextStyle::Body, row);
        text->setObjectName(line.forbids ? QStringLiteral("planForbids") : QStringLiteral("planWarning"));
        text->setAccessibleName(line.forbids ? tr("Forbids: %1").arg(line.text) : line.text);
        text->setWordWrap(true);
        layout->addWidget(glyph, 0, Qt::AlignTop);
        layout->addWidget(text, 1);
        m_warnings->addWidget(row);
    }
    m_lines = std::move(lines);
}

void EffectBlock::show(const ReplayViewModel::State &state, Instant now)
{
    setVisible(state.plan.has_value());
    if (!state.plan) {
        return;
    }
    const auto figures = replayFigures(*state.plan);
    m_figureRow->setVisible(!figures.empty());
    for (size_t i = 0; i < m_figures.size(); ++i) {
        m_figures[i]->setVisible(i < figures.size());
        if (i < figures.size()) {
            m_figures[i]->setCaption(figures[i].caption);
            m_figures[i]->setNumber(figures[i].number);
        }
    }
    auto rows = replayFacts(*state.plan);
    if (state.facts && state.facts->operation.blast) {
        std::ranges::move(besideReplay(*state.facts->operation.blast), std::back_inserter(rows));
    }
    m_facts->setRows(rows);
    showLines(linesOf(state));
    const auto at = state.plan->madeAt;
    setNote(state.fromFile    ? tr("counted %1, in the plan file").arg(momentText(at, now))
            : state.reading   ? tr("being counted anew")
            : state.operation ? tr("counted %1, and again just before sending").arg(momentText(at, now))
                              : tr("counted %1, counted again just before sending").arg(momentText(state.readAt, now)));
}

} // namespace headgate
