// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/operationdialog.h"

#include "models/common/errortext.h"
#include "models/operations/operationtext.h"
#include "models/operations/person.h"
#include "views/common/buttons.h"
#include "views/common/environment.h"
#include "views/common/factlabel.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/operations/namefield.h"
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

constexpr int figureCount = 3;

//! A labelled field over the whole width.
QWidget *makeRow(const QString &caption, QWidget *field, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *label = new PlainLabel(caption, TextStyle::Body, row);
    label->muted()->setFixedWidth(captionWidth());
    label->setWordWrap(true);
    label->setBuddy(field);
    field->setAccessibleName(caption);
    layout->addWidget(label);
    layout->addWidget(field, 1);
    return row;
}

bool isDangerous(OperationKind kind)
{
    return kind == OperationKind::Stop || kind == OperationKind::Pause;
}

Spans sentencesOf(const Error &error)
{
    const auto text = errorText(error);
    Spans spans {{.text = text.what, .strong = true}};
    for (const auto &sentence : {text.state, text.next}) {
        if (!sentence.isEmpty()) {
            spans.push_back({.text = QLatin1Char(' ') + sentence});
        }
    }
    return spans;
}

} // namespace

OperationDialog::OperationDialog(OperationsService &operations, OperationRequest request, QWidget *window)
    : Sheet(window)
    , m_viewModel(operations)
    , m_title(new PlainLabel(operationTitle(request), TextStyle::Title, this))
    , m_tag(new EnvironmentTag(this))
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
    content()->addWidget(m_fields = makeFields());
    content()->addLayout(makeFoot());
    setTabOrder(m_act, m_cancel);
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
    auto *row = new QHBoxLayout(figures);
    row->setContentsMargins(14, 9, 14, 9);
    row->setSpacing(20);
    for (int i = 0; i < figureCount; ++i) {
        m_figures.push_back(new FigureLabel({}, figures));
        row->addWidget(m_figures.back(), 1);
    }
    column->addWidget(figures);

    auto *facts = new QGridLayout;
    facts->setContentsMargins(0, 0, 0, 0);
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

QWidget *OperationDialog::makeFields()
{
    auto *fields = new QWidget(this);
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_person = new QLineEdit(fields);
    m_person->setObjectName(QStringLiteral("person"));
    m_person->setPlaceholderText(tr("Name <mail>, asked once"));
    m_reason = new QLineEdit(fields);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_name = new NameField(fields);
    m_name->setObjectName(QStringLiteral("typedName"));
    m_name->setAccessibleName(tr("Type the connector's name to go on"));
    column->addWidget(m_personRow = makeRow(tr("Who"), m_person, fields));
    column->addWidget(m_reasonRow = makeRow(tr("Reason"), m_reason, fields));
    m_nameRow = new QWidget(fields);
    auto *name = new QVBoxLayout(m_nameRow);
    name->setContentsMargins(0, 4, 0, 0);
    name->addWidget(new PlainLabel(m_name->accessibleName(), TextStyle::BodyStrong, m_nameRow));
    name->addWidget(m_name);
    column->addWidget(m_nameRow);
    for (auto *field : {m_person, m_reason, static_cast<QLineEdit *>(m_name)}) {
        connect(field, &QLineEdit::textChanged, this, &OperationDialog::showMissing);
    }
    return fields;
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

Confirmation OperationDialog::confirmation() const
{
    const auto stored = storedPerson();
    return {stored.isEmpty() ? m_person->text().simplified() : stored, m_reason->text().trimmed(), m_name->text()};
}

void OperationDialog::act()
{
    const auto taken = confirmation();
    if (storedPerson().isEmpty()) {
        storePerson(taken.person);
    }
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
        m_errorText->setSpans(sentencesOf(*state.error));
    }
    if (state.preview) {
        showPreview(*state.preview);
    }
    showMissing();
    fit();
    if (state.phase == Phase::Ready && m_direct && m_viewModel.missing(confirmation()).isEmpty()) {
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
    m_requests->setPreview(preview);
    m_wayBack->setText(wayBackText(preview));
    m_warning->setVisible(!preview.knownToFail.isEmpty());
    m_warningText->setSpans({{.text = preview.knownToFail, .strong = true}});
    m_personRow->setVisible(storedPerson().isEmpty());
    m_reasonRow->setVisible(true);
    m_reason->setPlaceholderText(preview.reasonNeeded ? QString() : tr("optional"));
    m_nameRow->setVisible(preview.typedNameNeeded);
    m_act->setText(operationButton(preview.request, preview.tasksTouched));
    setButtonKind(m_act, isDangerous(preview.request.kind) ? ButtonKind::Danger : ButtonKind::Normal);
}

void OperationDialog::showMissing()
{
    const auto missing = m_viewModel.missing(confirmation());
    m_name->setLettersToGo(m_viewModel.lettersToGo(m_name->text()));
    m_act->setEnabled(missing.isEmpty());
    m_act->setAccessibleDescription(missing);
    const bool ready = m_viewModel.state().phase == OperationViewModel::Phase::Ready;
    m_note->setText(ready && !missing.isEmpty() ? missing
            : ready                             ? tr("Goes to the audit log with name and reason")
                                                : QString());
}

void OperationDialog::focusFirst()
{
    for (auto *field : {m_person, m_reason, static_cast<QLineEdit *>(m_name)}) {
        const bool needed = field != m_reason || m_viewModel.state().preview->reasonNeeded;
        if (field->isVisibleTo(this) && needed && field->text().isEmpty()) {
            field->setFocus();
            return;
        }
    }
    m_cancel->setFocus();
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
