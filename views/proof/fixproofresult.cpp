// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/proof/fixproofresult.h"

#include "models/common/numberformat.h"
#include "models/proof/prooftext.h"
#include "views/common/glyph.h"
#include "views/common/linesbox.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

constexpr size_t mostLines = 100;
constexpr int listHeight = 120;

StateLook lookOf(ProofVerdict verdict)
{
    switch (verdict) {
    case ProofVerdict::Holds:
        return headgate::lookOf(Outcome::Confirmed);
    case ProofVerdict::Stops:
        return headgate::lookOf(Outcome::Failed);
    case ProofVerdict::Unproven:
        return headgate::lookOf(Outcome::Unknown);
    }
    return {};
}

PlainLabel *makeText(const char *name, QWidget *parent)
{
    auto *label = new PlainLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

FixProofResult::FixProofResult(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new Glyph(18, this))
    , m_verdict(new SpansLabel(this))
    , m_present(makeText("proofPresent", this)->muted())
    , m_warnings(new SpansLabel(this))
    , m_refused(new LinesBox)
    , m_more(makeText("proofMore", this)->muted())
    , m_reach(makeText("proofReach", this)->muted())
    , m_gaps(makeText("proofGaps", this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    m_verdict->setObjectName(QStringLiteral("proofVerdict"));
    head->addWidget(m_glyph, 0, Qt::AlignTop);
    head->addWidget(m_verdict, 1);
    column->addLayout(head);
    column->addWidget(m_present);
    m_warnings->setObjectName(QStringLiteral("proofWarnings"));
    m_warnings->setTone(Tone::Warn);
    column->addWidget(m_warnings);
    m_refused->setObjectName(QStringLiteral("proofRefused"));
    auto *list = new QScrollArea(this);
    list->setFrameShape(QFrame::NoFrame);
    list->setWidgetResizable(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setWidget(m_refused);
    column->addWidget(list);
    column->addWidget(m_more);
    column->addWidget(m_reach);
    column->addWidget(m_gaps);
}

void FixProofResult::setProof(const FixProof &proof)
{
    const auto verdict = verdictText(proof);
    m_glyph->setLook(lookOf(verdictOf(proof)));
    m_verdict->setSpans({{.text = verdict, .strong = true}});
    m_verdict->setAccessibleName(verdict);
    const auto present = presentText(proof);
    m_present->setText(present);
    m_present->setVisible(!present.isEmpty());
    Spans warnings;
    for (const auto warning : proof.warnings) {
        const auto gap = warnings.empty() ? QString() : QStringLiteral(" ");
        warnings.push_back({.text = gap + proofWarningText(warning, proof), .strong = true});
    }
    m_warnings->setVisible(!warnings.empty());
    m_warnings->setSpans(warnings);
    showRefused(proof);
    m_reach->setText(reachText(proof));
    QStringList gaps {tr("Not proven:")};
    for (const auto &gap : proof.gaps) {
        gaps << tr("- %1", "one of a list").arg(gapText(gap));
    }
    m_gaps->setText(gaps.join(u'\n'));
}

void FixProofResult::showRefused(const FixProof &proof)
{
    std::vector<Spans> lines;
    for (size_t i = 0; i < std::min(mostLines, proof.refused.size()); ++i) {
        const auto &refused = proof.refused[i];
        lines.push_back({{.text = placeText(refused.place), .strong = true},
            {.text = QStringLiteral("  %1  %2").arg(stageText(refused), refusedBecause(refused))}});
    }
    const int more = proof.proposed.refused - int(lines.size());
    m_refused->setLines(std::move(lines));
    auto *list = m_refused->parentWidget()->parentWidget(); // the viewport's area
    list->setVisible(!proof.refused.empty());
    list->setFixedHeight(std::min(listHeight, m_refused->sizeHint().height()));
    m_more->setText(tr("and %1 more", "refused records").arg(fullNumber(more)));
    m_more->setVisible(more > 0);
}

} // namespace headgate
