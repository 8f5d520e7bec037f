// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/operationdialog.h"

#include "models/common/errortext.h"
#include "models/operations/operationtext.h"
#include "views/common/buttons.h"
#include "views/common/environment.h"
#include "views/common/factlabel.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/operations/confirmfields.h"
#include "views/operations/impactblock.h"
#include "views/operations/requestview.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace headgate {

namespace {

int captionWidth()
{
    return int(96 * fontScale());
}

constexpr int figureCount = 4;

bool isDangerous(OperationKind kind)
{
    return kind == OperationKind::Stop || kind == OperationKind::Pause;
}

} // namespace

OperationDialog::OperationDialog(OperationsService &operations, OperationRequest request, QWidget *window)
    : Sheet(window)
    , m_viewModel(operations)
    , m_title(new PlainLabel(operationTitle(request), TextStyle::Title, this))
    , m_tag(new EnvironmentTag(this))
    , m_fields(new ConfirmFields(this))
{
    setObjectName(QStringLiteral("operationDialog"));
    m_title->setWordWrap(true);
    m_title->setObjectName(QStringLiteral("operationTitle"));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_tag, 0, Qt::AlignTop);
    content()->addLayout(head);
    content()->addWidget(m_asking = makeAsking());
    content()->addWidget(m_preview = makePreview());
    m_error = new QWidget(this);
    auto *errorRow = new QVBoxLayout(m_error);
    errorRow->setContentsMargins(0, 0, 0, 0);
    m_errorText = new SpansLabel(m_error);
    m_errorText->setTone(Tone::Fail);
    m_errorText->setObjectName(QStringLiteral("operationError"));
    errorRow->addWidget(m_errorText);
    content()->addWidget(m_error);
    content()->addWidget(m_fields);
    content()->addLayout(makeFoot());
    setTabOrder(m_act, m_cancel);
    connect(m_fields, &ConfirmFields::changed, this, &OperationDialog::showMissing);
    connect(&m_viewModel, &OperationViewModel::changed, this, &OperationDialog::showState);
    connect(&m_viewModel, &OperationViewModel::started, this, [this] {
        Q_EMIT started(*m_viewModel.state().preview);
        accept();
    });
    m_viewModel.ask(std::move(request));
}

OperationDialog::~OperationDialog() = default;

void OperationDialog::setContext(Environment environment, const QString &name)
{
    m_tag->setContext(environment, name);
    setEnvironment(environment, name, m_title->text());
}

void OperationDialog::runWithoutAsking()
{
    m_direct = true;
    showState(); // the preview may be there already
}

QWidget *OperationDialog::makeAsking()
{
    m_askingText = new PlainLabel(tr("Looking at the connector as it is now"), TextStyle::Body, this);
    m_askingText->muted();
    return m_askingText;
}

QWidget *OperationDialog::makePreview()
{
    auto *preview = new QWidget(this);
    auto *column = new QVBoxLayout(preview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_effect = new PlainLabel({}, TextStyle::Body, preview);
    m_effect->muted()->setWordWrap(true);
    column->addWidget(m_effect);

    auto *figures = new QFrame(preview);
    figures->setProperty("kind", QStringLiteral("inset"));
    figures->setObjectName(QStringLiteral("effectFigures"));
    auto *row = new QHBoxLayout(figures);
    row->setContentsMargins(14, 9, 14, 9);
    row->setSpacing(20);
    for (int i = 0; i < figureCount; ++i) {
        m_figures.push_back(new FigureLabel({}, figures));
        row->addWidget(m_figures.back(), 1);
    }
    column->addWidget(figures);
    column->addWidget(m_impact = new ImpactBlock(captionWidth(), preview));

    auto *facts = new QGridLayout;
    facts->setContentsMargins(0, 0, 0, 0);
    facts->setHorizontalSpacing(16);
    facts->setVerticalSpacing(8);
    facts->setColumnMinimumWidth(0, captionWidth());
    facts->setColumnStretch(1, 1);
    m_requests = new RequestView(preview);
    connect(m_requests, &RequestView::copied, this, &OperationDialog::copied);
    m_wayBack = new PlainLabel({}, TextStyle::Body, preview);
    m_wayBack->setWordWrap(true);
    m_warningText = new SpansLabel(preview);
    m_warningText->setTone(Tone::Warn);
    m_warning = m_warningText;
    addFact(facts, tr("Requests"), m_requests);
    addFact(facts, tr("Way back"), m_wayBack);
    facts->addWidget(m_warning, facts->rowCount(), 1);
    column->addLayout(facts);
    return preview;
}

void OperationDialog::addFact(QGridLayout *grid, const QString &caption, QWidget *value)
{
    const int row = grid->rowCount();
    auto *label = new PlainLabel(caption, TextStyle::Body, value->parentWidget());
    grid->addWidget(label->muted(), row, 0, Qt::AlignTop);
    grid->addWidget(value, row, 1);
}

QLayout *OperationDialog::makeFoot()
{
    m_note = new PlainLabel({}, TextStyle::Caption, this);
    m_note->muted()->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("missing"));
    m_cancel = makeButton(tr("Cancel"), ButtonKind::Safe, this);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setDefault(true);
    m_again = makeButton(tr("Look again"), ButtonKind::Normal, this);
    m_again->setObjectName(QStringLiteral("lookAgain"));
    m_act = makeButton({}, ButtonKind::Normal, this);
    m_act->setObjectName(QStringLiteral("act"));
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_again);
    foot->addWidget(m_act);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, &m_viewModel, &OperationViewModel::askAgain);
    connect(m_act, &QPushButton::clicked, this, &OperationDialog::act);
    connect(this, &QDialog::rejected, &m_viewModel, &OperationViewModel::cancel);
    return foot;
}

void OperationDialog::act()
{
    auto taken = m_fields->confirmation();
    taken.savePositions = m_impact->savesPositions();
    m_fields->keepPerson();
    m_viewModel.run(taken);
}

void OperationDialog::showState()
{
    const auto &state = m_viewModel.state();
    using Phase = OperationViewModel::Phase;
    m_asking->setVisible(state.phase == Phase::Asking);
    m_preview->setVisible(state.preview.has_value());
    m_error->setVisible(state.phase == Phase::Failed);
    m_again->setVisible(state.phase == Phase::Failed);
    m_act->setVisible(state.phase != Phase::Failed);
    m_fields->setVisible(state.preview.has_value() && state.phase != Phase::Failed);
    if (state.error) {
        m_errorText->setSpans(errorSpans(*state.error));
    }
    if (state.preview) {
        showPreview(*state.preview);
    }
    showMissing();
    fit();
    if (state.phase == Phase::Ready && m_direct && m_viewModel.missing(m_fields->confirmation()).isEmpty()) {
        act();
    } else if (state.phase == Phase::Ready) {
        focusFirst();
    }
}

void OperationDialog::showPreview(const OperationPreview &preview)
{
    m_title->setText(operationTitle(preview.request, preview.tasksTouched));
    m_tag->setContext(preview.environment, preview.contextName);
    setEnvironment(preview.environment, preview.contextName, m_title->text());
    m_effect->setText(effectSentence(preview));
    const auto figures = effectFigures(preview);
    for (size_t i = 0; i < m_figures.size(); ++i) {
        m_figures[i]->setVisible(i < figures.size());
        if (i < figures.size()) {
            m_figures[i]->setCaption(figures[i].caption);
            m_figures[i]->setNumber(figures[i].number);
        }
    }
    m_impact->setPreview(preview);
    m_requests->setPreview(preview);
    m_wayBack->setText(wayBackText(preview));
    m_warning->setVisible(!preview.knownToFail.isEmpty());
    m_warningText->setSpans({{.text = preview.knownToFail, .strong = true}});
    m_fields->setNeeds(preview.reasonNeeded, preview.typedNameNeeded);
    m_act->setText(operationButton(preview.request, preview.tasksTouched));
    setButtonKind(m_act, isDangerous(preview.request.kind) ? ButtonKind::Danger : ButtonKind::Normal);
}

void OperationDialog::showMissing()
{
    const auto missing = m_viewModel.missing(m_fields->confirmation());
    m_fields->setLettersToGo(m_viewModel.lettersToGo(m_fields->confirmation().typedName));
    m_act->setEnabled(missing.isEmpty());
    m_act->setAccessibleDescription(missing);
    const bool ready = m_viewModel.state().phase == OperationViewModel::Phase::Ready;
    m_note->setText(ready && !missing.isEmpty() ? missing
            : ready                             ? tr("Goes to the audit log with name and reason")
                                                : QString());
}

void OperationDialog::focusFirst()
{
    auto *empty = m_fields->firstEmpty();
    (empty != nullptr ? empty : m_cancel)->setFocus();
}

void OperationDialog::keyPressEvent(QKeyEvent *event)
{
    // Enter is Cancel's, also from a field: an act is never sent by a blind Enter.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_act->hasFocus()) {
        m_act->click();
        return;
    }
    Sheet::keyPressEvent(event);
}

} // namespace headgate
