// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/triage/evidencepane.h"

#include "views/common/buttons.h"
#include "views/common/factgrid.h"
#include "views/common/flowhops.h"
#include "views/common/flowstrip.h"
#include "views/common/glyph.h"
#include "views/common/keyhintsline.h"
#include "views/common/linesbox.h"
#include "views/common/plainlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace headgate {

namespace {

//! A section: strong heading, its widgets below.
QWidget *section(QLayout *heading, std::initializer_list<QWidget *> parts)
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(heading);
    for (auto *part : parts) {
        column->addWidget(part);
    }
    return widget;
}

QHBoxLayout *heading(const QString &text, std::initializer_list<QWidget *> right = {})
{
    auto *row = new QHBoxLayout;
    row->addWidget(new PlainLabel(text, TextStyle::BodyStrong));
    row->addStretch(1);
    for (auto *part : right) {
        row->addWidget(part);
    }
    return row;
}

QWidget *keyCap(const QString &keys)
{
    return new KeyHintsLine({{keys, {}}});
}

PlainLabel *caption()
{
    auto *label = (new PlainLabel({}, TextStyle::Caption))->muted();
    label->setWordWrap(true);
    return label;
}

std::vector<Spans> codeLines(const QStringList &lines)
{
    std::vector<Spans> spans;
    for (const auto &line : lines) {
        spans.push_back({{line, TextRole::Text, false, true}});
    }
    return spans;
}

} // namespace

EvidencePane::EvidencePane(QWidget *parent)
    : QScrollArea(parent)
    , m_glyph(new Glyph(16))
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_flow(new FlowStrip)
    , m_line(new QFrame)
    , m_owner(new FactGrid)
{
    setObjectName(QStringLiteral("evidence"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(332);
    setFocusPolicy(Qt::NoFocus);
    auto *inner = new QFrame;
    inner->setProperty("kind", QStringLiteral("surface"));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(14);
    column->addWidget(makeHeader());
    column->addWidget(m_flow);
    column->addWidget(m_cause = makeCause());
    column->addWidget(m_record = makeRecord());
    column->addWidget(m_story = makeStory());
    m_line->setProperty("kind", QStringLiteral("hairline"));
    column->addWidget(m_line);
    column->addWidget(m_owner);
    column->addStretch(1);
    setWidget(inner);
}

QWidget *EvidencePane::makeHeader()
{
    auto *header = new QWidget;
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 3, 3, 3); // room for the focus ring
    row->setSpacing(8);
    m_title->setElided(true);
    auto *open = makeSmallButton(tr("Open"), ButtonKind::Link);
    open->setObjectName(QStringLiteral("openConnector"));
    open->setToolTip(tr("Enter"));
    connect(open, &QPushButton::clicked, this, &EvidencePane::openRequested);
    row->addWidget(m_glyph);
    row->addWidget(m_title, 1);
    row->addWidget(open);
    row->addWidget(keyCap(tr("Enter")));
    return header;
}

QWidget *EvidencePane::makeCause()
{
    m_trace = new LinesBox;
    m_advice = caption();
    auto *all = makeSmallButton(tr("Full trace"), ButtonKind::Link);
    all->setObjectName(QStringLiteral("fullTrace"));
    connect(all, &QPushButton::clicked, this, &EvidencePane::traceRequested);
    return section(heading(tr("First cause"), {all, keyCap(QStringLiteral("T"))}), {m_trace, m_advice});
}

QWidget *EvidencePane::makeRecord()
{
    m_recordPlace = caption();
    m_recordPlace->setWordWrap(false);
    m_recordLines = new LinesBox;
    m_recordLines->setFocusPolicy(Qt::StrongFocus);
    m_recordLines->setObjectName(QStringLiteral("record"));
    m_recordHow = caption();
    return section(heading(tr("The record"), {m_recordPlace}), {m_recordLines, m_recordHow});
}

QWidget *EvidencePane::makeStory()
{
    m_events = new FactGrid;
    return section(heading(tr("What happened")), {m_events});
}

void EvidencePane::show(const TriageCard *card, const Evidence &evidence)
{
    if (card == nullptr) {
        return;
    }
    m_glyph->setLook(lookOf(card->tone));
    m_title->setText(card->title);
    showFlow(m_flow, evidence.flow);
    m_trace->setLines(evidence.trace);
    m_advice->setText(evidence.advice);
    m_advice->setVisible(!evidence.advice.isEmpty());
    m_cause->setVisible(!evidence.trace.empty());
    m_recordPlace->setText(evidence.recordPlace);
    m_recordLines->setLines(codeLines(evidence.record));
    m_recordHow->setText(evidence.recordHow);
    m_recordHow->setVisible(!evidence.recordHow.isEmpty());
    m_recordLines->setVisible(!evidence.record.isEmpty());
    m_record->setVisible(!evidence.record.isEmpty() || !evidence.recordHow.isEmpty());
    std::vector<std::pair<QString, QString>> events;
    for (const auto &event : evidence.events) {
        events.emplace_back(event.time, event.what);
    }
    m_events->setRows(events);
    m_story->setVisible(!events.empty());
    m_owner->setRows(evidence.owner);
    m_line->setVisible(!evidence.owner.empty());
}

void EvidencePane::lookAtRecord()
{
    ensureWidgetVisible(m_recordLines);
    m_recordLines->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate
