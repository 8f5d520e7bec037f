// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/proof/fixproofdialog.h"

#include "models/common/errortext.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "views/common/buttons.h"
#include "views/common/environment.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/proof/fixproofform.h"
#include "views/proof/fixproofresult.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace headgate {

FixProofDialog::FixProofDialog(FixProofService &proofs, const ConnectorFacts &facts, const ContextPicture &picture,
    std::optional<RecordPlace> around, QWidget *window)
    : Sheet(window)
    , m_viewModel(proofs, facts.ref)
    , m_around(std::move(around))
    , m_title(new PlainLabel(
          tr("Try a fix on the real records of %1").arg(shownText(facts.ref.name, 120)), TextStyle::Title, this))
    , m_tag(new EnvironmentTag(this))
    , m_form(new FixProofForm(this))
    , m_progress(new PlainLabel({}, TextStyle::Body, this))
    , m_result(new FixProofResult(this))
    , m_error(new SpansLabel(this))
{
    setObjectName(QStringLiteral("fixProofDialog"));
    m_title->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_tag, 0, Qt::AlignTop);
    content()->addLayout(head);
    auto *intro = new PlainLabel(tr("Reads records around its position and tries these settings on them here. It joins "
                                    "no group, and nothing on the cluster changes."),
        TextStyle::Body, this);
    intro->muted()->setWordWrap(true);
    content()->addWidget(intro);
    content()->addWidget(m_form);
    m_progress->setObjectName(QStringLiteral("proofProgress"));
    content()->addWidget(m_progress);
    m_error->setObjectName(QStringLiteral("proofError"));
    m_error->setTone(Tone::Fail);
    content()->addWidget(m_error);
    content()->addWidget(m_result);
    content()->addLayout(makeFoot());
    m_form->setChoices(usualFix(facts, picture));
    m_tag->setContext(picture.context.environment, picture.context.name);
    setEnvironment(picture.context.environment, picture.context.name, m_title->text());
    connect(&m_viewModel, &FixProofViewModel::changed, this, &FixProofDialog::showState);
    connect(this, &QDialog::rejected, &m_viewModel, &FixProofViewModel::stop);
    showState();
}

FixProofDialog::~FixProofDialog() = default;

QLayout *FixProofDialog::makeFoot()
{
    m_close = makeButton(tr("Close"), ButtonKind::Safe, this);
    m_close->setObjectName(QStringLiteral("close"));
    m_stop = makeButton(tr("Stop reading"), ButtonKind::Normal, this);
    m_stop->setObjectName(QStringLiteral("stopReading"));
    m_run = makeButton(tr("Try it"), ButtonKind::Primary, this);
    m_run->setObjectName(QStringLiteral("tryIt"));
    m_run->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch(1);
    foot->addWidget(m_close);
    foot->addWidget(m_stop);
    foot->addWidget(m_run);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_stop, &QPushButton::clicked, &m_viewModel, &FixProofViewModel::stop);
    connect(m_run, &QPushButton::clicked, this, &FixProofDialog::run);
    return foot;
}

void FixProofDialog::run()
{
    m_viewModel.run(m_form->choices(), m_around);
}

void FixProofDialog::showState()
{
    using Phase = FixProofViewModel::Phase;
    const auto &state = m_viewModel.state();
    const bool running = state.phase == Phase::Running;
    m_form->setEnabled(!running);
    m_run->setVisible(!running);
    m_stop->setVisible(running);
    m_progress->setVisible(running);
    m_progress->setText(tr("%1 of at most %2 records read").arg(fullNumber(state.read), fullNumber(state.wanted)));
    m_error->setVisible(state.error.has_value());
    if (state.error) {
        m_error->setSpans({{.text = errorText(*state.error).sentence(), .strong = true}});
    }
    m_result->setVisible(state.proof.has_value());
    if (state.proof) {
        m_result->setProof(*state.proof);
    }
    fit();
}

} // namespace headgate
