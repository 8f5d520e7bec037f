// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/impactblock.h"

#include "models/operations/impacttext.h"
#include "views/common/factgrid.h"
#include "views/common/linesbox.h"
#include "views/common/plainlabel.h"

#include <QCheckBox>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

constexpr int listHeight = 96;

} // namespace

ImpactBlock::ImpactBlock(int captionWidth, QWidget *parent)
    : QWidget(parent)
    , m_stop(new QWidget(this))
    , m_position(new FactGrid(m_stop))
    , m_save(new QCheckBox(tr("Save its positions first, for a way back"), m_stop))
    , m_summary(new PlainLabel(this))
    , m_area(new QScrollArea(this))
    , m_lines(new LinesBox)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *stop = new QVBoxLayout(m_stop);
    stop->setContentsMargins(0, 0, 0, 0);
    stop->setSpacing(8);
    m_position->setObjectName(QStringLiteral("stopPosition"));
    m_position->setCaptionWidth(captionWidth);
    m_save->setObjectName(QStringLiteral("savePositions"));
    m_save->setChecked(true);
    stop->addWidget(m_position);
    stop->addWidget(m_save);
    column->addWidget(m_stop);
    m_summary->setObjectName(QStringLiteral("blastSummary"));
    m_summary->setWordWrap(true);
    column->addWidget(m_summary);
    m_lines->setObjectName(QStringLiteral("blastLines"));
    m_area->setObjectName(QStringLiteral("blastArea"));
    m_area->setAccessibleName(tr("Who else is touched"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setWidget(m_lines);
    column->addWidget(m_area);
}

void ImpactBlock::setPreview(const OperationPreview &preview)
{
    m_stop->setVisible(preview.stopFacts.has_value() && !preview.nothingToDo);
    if (preview.stopFacts) {
        m_position->setRows({{tr("Position"), positionsText(*preview.stopFacts)}});
        m_save->setVisible(preview.stopFacts->positions.has_value());
    }
    showBlast(preview);
}

void ImpactBlock::showBlast(const OperationPreview &preview)
{
    const auto text = preview.blast ? blastSummary(*preview.blast) : tr("Who else is touched is not known yet.");
    m_summary->setText(text);
    std::vector<Spans> lines;
    for (const auto &line : preview.blast ? blastLines(*preview.blast) : QStringList()) {
        lines.push_back({{.text = line}});
    }
    m_area->setVisible(!lines.empty());
    m_lines->setLines(std::move(lines));
    m_area->setFixedHeight(std::min(listHeight, m_lines->sizeHint().height()));
}

bool ImpactBlock::savesPositions() const
{
    return m_stop->isVisibleTo(this) && m_save->isVisibleTo(m_stop) && m_save->isChecked();
}

} // namespace headgate
