// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/contextspage.h"

#include "models/common/errortext.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/buttons.h"
#include "views/common/facecard.h"
#include "views/common/flowrow.h"
#include "views/common/plainlabel.h"
#include "views/common/rowdelegate.h"
#include "views/contexts/connectionchecks.h"
#include "views/contexts/contextform.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>

namespace headgate {

ContextsPage::ContextsPage(ContextsService &contexts, QWidget *parent)
    : Page(PageId::Contexts, parent)
    , m_contexts(contexts)
    , m_editor(contexts)
    , m_table(new QTableView)
{
    makeActions();
    setUpTable(m_table, tr("Contexts"));
    m_table->setSortingEnabled(false); // in the order of their names
    m_table->setObjectName(QStringLiteral("contexts"));
    m_table->setModel(&m_model);
    // Addresses are longer than names: they take the room that is left.
    m_table->horizontalHeader()->setSectionResizeMode(ContextsModel::NameColumn, QHeaderView::Interactive);
    m_table->horizontalHeader()->resizeSection(ContextsModel::NameColumn, 150);
    m_table->horizontalHeader()->setSectionResizeMode(ContextsModel::WhereColumn, QHeaderView::Stretch);

    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("contextsSplit"));
    split->addWidget(makeList());
    split->addWidget(makeForm());
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 5);
    split->setSizes({400, 840});
    split->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);

    connect(&m_editor, &ContextEditor::changed, this, &ContextsPage::showState);
    connect(&m_editor, &ContextEditor::saved, this, [this](const ContextId &id) {
        showContexts();
        select(id);
        Q_EMIT said(tr("Saved."));
    });
    connect(&m_editor, &ContextEditor::removed, this, [this] {
        m_removalAsked = false;
        showContexts();
        m_model.rowCount() > 0 ? select(m_model.row(0).id) : addContext();
    });
    connect(&m_contexts, &ContextsService::contextsChanged, this, &ContextsPage::showContexts);
    connect(&m_contexts, &ContextsService::currentChanged, this, &ContextsPage::showContexts);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const auto id = selectedId();
            !id.isEmpty() && (m_editor.state().isNew || id != m_editor.state().original.config.id)) {
            m_removalAsked = false;
            m_editor.begin(id);
            m_scroll->ensureVisible(0, 0);
        }
    });
    connect(m_table, &QTableView::activated, m_open, &QAction::trigger);
    m_editor.begin();
    showContexts();
}

ContextsPage::~ContextsPage() = default;

void ContextsPage::makeActions()
{
    m_add = makeAction(this, QStringLiteral("contexts.add"), tr("Add a context..."), QStringLiteral("add"),
        QKeySequence(QStringLiteral("Ctrl+N")));
    m_save = makeAction(this, QStringLiteral("contexts.save"), tr("Save context"), {}, QKeySequence::Save);
    m_test = makeAction(this, QStringLiteral("contexts.test"), tr("Test connection"));
    m_revert = makeAction(this, QStringLiteral("contexts.revert"), tr("Revert context"));
    m_remove = makeAction(this, QStringLiteral("contexts.remove"), tr("Remove context..."));
    m_open = makeAction(this, QStringLiteral("contexts.open"), tr("Show this context"));
    connect(m_add, &QAction::triggered, this, &ContextsPage::addContext);
    connect(m_save, &QAction::triggered, this, [this] {
        m_editor.save();
        m_form->focusFirstFault();
    });
    connect(m_test, &QAction::triggered, this, [this] {
        m_editor.test();
        m_form->focusFirstFault();
        m_scroll->ensureVisible(0, 0); // where the checks will stand
    });
    connect(m_revert, &QAction::triggered, &m_editor, &ContextEditor::revert);
    connect(m_remove, &QAction::triggered, this, &ContextsPage::askRemoval);
    connect(m_open, &QAction::triggered, this, [this] {
        m_contexts.setCurrent(selectedId());
        Q_EMIT goTo({.page = PageId::Triage});
    });
}

//! The table, or what to do while there is none.
QWidget *ContextsPage::makeList()
{
    auto *side = new QFrame;
    side->setProperty("kind", QStringLiteral("surface"));
    side->setMinimumWidth(260);
    m_empty = new FaceCard;
    m_empty->say({QStringLiteral("system"), {}, Tone::Stopped}, tr("No context yet"),
        tr("Fill in the form: a name and one worker's address are enough. Test it, then save."),
        tr("Fill in the form"));
    m_emptySide = new QWidget;
    auto *emptyColumn = new QVBoxLayout(m_emptySide);
    emptyColumn->setContentsMargins(12, 12, 12, 12);
    emptyColumn->addWidget(m_empty);
    emptyColumn->addStretch(1);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table, 1);
    column->addWidget(m_emptySide, 1);
    connect(m_empty, &FaceCard::acted, m_add, &QAction::trigger);
    return side;
}

QWidget *ContextsPage::makeForm()
{
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_banner = new Banner;
    m_banner->hide();
    column->addWidget(m_banner);

    auto *inner = new QWidget;
    inner->setProperty("kind", QStringLiteral("window"));
    // A row bounds the width before heights are asked for it; a column asks for heights of the whole width.
    auto *bounded = new QWidget;
    bounded->setMaximumWidth(760);
    auto *innerRow = new QHBoxLayout(inner);
    innerRow->setContentsMargins(16, 16, 16, 16);
    innerRow->addWidget(bounded, 1);
    innerRow->addStretch();
    auto *innerColumn = new QVBoxLayout(bounded);
    innerColumn->setContentsMargins(0, 0, 0, 0);
    innerColumn->setSpacing(12);
    m_checks = new ConnectionChecks;
    m_form = new ContextForm;
    auto *checksCard = new QFrame;
    checksCard->setProperty("kind", QStringLiteral("card"));
    checksCard->setObjectName(QStringLiteral("checksCard"));
    m_checksTitle = new PlainLabel({}, TextStyle::BodyStrong);
    m_checksTitle->setWordWrap(true);
    auto *checksColumn = new QVBoxLayout(checksCard);
    checksColumn->setContentsMargins(14, 12, 14, 4);
    checksColumn->setSpacing(10);
    checksColumn->addWidget(m_checksTitle);
    checksColumn->addWidget(m_checks);
    m_checksCard = checksCard;
    innerColumn->addWidget(checksCard);
    innerColumn->addWidget(m_form);
    innerColumn->addStretch();
    m_scroll = new QScrollArea;
    m_scroll->setProperty("kind", QStringLiteral("window"));
    m_scroll->setFocusPolicy(Qt::NoFocus); // its fields have it
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(inner);
    column->addWidget(m_scroll, 1);
    column->addWidget(makeFoot());
    connect(m_form, &ContextForm::edited, this, [this] { m_editor.setDraft(m_form->draft()); });
    connect(m_banner, &Banner::acted, this, [this] {
        if (m_removalAsked) {
            m_editor.remove();
        }
    });
    return right;
}

QWidget *ContextsPage::makeFoot()
{
    auto *foot = new QFrame;
    foot->setProperty("kind", QStringLiteral("surface"));
    auto *row = new FlowRow(foot);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(8);
    row->addWidget(makeActionButton(m_save, ButtonKind::Primary));
    row->addWidget(makeActionButton(m_test));
    row->addWidget(makeActionButton(m_revert));
    m_progress = new PlainLabel;
    m_progress->muted();
    row->addWidget(m_progress);
    auto *others = new QWidget;
    auto *othersRow = new FlowRow(others);
    othersRow->setSpacing(8);
    othersRow->addWidget(makeActionButton(m_open));
    othersRow->addWidget(makeActionButton(m_remove, ButtonKind::Danger));
    row->addWidget(others);
    row->setTrailing(others);
    return foot;
}

QString ContextsPage::title() const
{
    return tr("Contexts");
}

QString ContextsPage::summary() const
{
    return tr("%n context(s). Files hold references; secrets live in the keyring.", nullptr, m_model.rowCount());
}

QList<QAction *> ContextsPage::headerActions() const
{
    return {m_add};
}

std::vector<KeyHint> ContextsPage::keys() const
{
    return {{QStringLiteral("Enter"), tr("show the selected context")}, {QStringLiteral("Ctrl+N"), tr("add a context")},
        {QStringLiteral("Ctrl+S"), tr("save")}, {QStringLiteral("Esc"), tr("leave the form, stop a test")}};
}

bool ContextsPage::goBack()
{
    if (m_editor.state().phase == ContextEditor::Phase::Testing) {
        m_editor.cancelTest();
        return true;
    }
    if (m_removalAsked) {
        m_removalAsked = false;
        showState();
        return true;
    }
    if (m_form->isAncestorOf(focusWidget())) {
        m_table->setFocus();
        return true;
    }
    return false;
}

void ContextsPage::addContext()
{
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_removalAsked = false;
    m_editor.begin();
    if (auto *name = m_form->findChild<QWidget *>(QStringLiteral("contextName"))) {
        name->setFocus();
    }
}

ContextId ContextsPage::selectedId() const
{
    const auto index = m_table->currentIndex();
    return index.isValid() ? m_model.row(index.row()).id : ContextId();
}

void ContextsPage::select(const ContextId &id)
{
    if (const int row = m_model.indexOf(id); row >= 0) {
        m_table->setCurrentIndex(m_model.index(row, 0));
    }
}

void ContextsPage::showContexts()
{
    std::vector<ContextRow> rows;
    for (const auto &context : m_contexts.contexts()) {
        rows.push_back(contextRow(context, m_contexts));
        rows.back().unsaved = m_editor.holdsUnsaved(context.id);
    }
    m_model.setRows(std::move(rows));
    m_table->setVisible(m_model.rowCount() > 0);
    m_emptySide->setVisible(m_model.rowCount() == 0);
    if (selectedId().isEmpty() && m_editor.state().isNew && !m_editor.state().isModified()) {
        select(m_contexts.current());
    }
    Q_EMIT summaryChanged();
    showState();
}

void ContextsPage::askRemoval()
{
    m_removalAsked = true;
    showState();
}

void ContextsPage::showState()
{
    const auto &state = m_editor.state();
    const bool idle = state.phase == ContextEditor::Phase::Idle;
    const bool transient = state.original.config.sandbox;
    if (m_form->draft() != state.draft) {
        m_form->setDraft(state.draft);
    }
    m_form->setEnabled(!transient && idle);
    m_form->setFaults(state.faultsShown ? state.faults : std::vector<ContextFault>());
    m_checks->setChecks(state.checks, state.checksAreOld);
    m_checksCard->setVisible(!state.checks.empty());
    m_checksTitle->setText(checksSummary(state.checks));

    const auto busy = idle ? QString() : tr("waits for what is running");
    setAvailable(m_save,
        !busy.isEmpty()           ? busy
            : transient           ? tr("a sandbox lives no longer than its processes")
            : !state.isModified() ? tr("nothing was changed")
                                  : QString());
    setAvailable(m_test, busy);
    setAvailable(m_revert, state.isModified() ? busy : tr("nothing was changed"));
    setAvailable(m_remove, state.isNew ? tr("not saved yet") : transient ? tr("ends with the sandbox") : busy);
    setAvailable(m_open, state.isNew ? tr("not saved yet") : QString());
    showOutcome(state);
}

void ContextsPage::showOutcome(const ContextEditor::State &state)
{
    QString progress;
    switch (state.phase) {
    case ContextEditor::Phase::Idle:
        break;
    case ContextEditor::Phase::Testing:
        progress = tr("Asking, at most %1 s. Esc stops.").arg(ContextEditor::testDeadline.count() / 1000);
        break;
    case ContextEditor::Phase::Saving:
        progress = tr("Saving");
        break;
    case ContextEditor::Phase::Removing:
        progress = tr("Removing");
        break;
    }
    m_progress->setText(progress);
    m_banner->setVisible(m_removalAsked || state.error);
    if (m_removalAsked) {
        m_banner->say({QStringLiteral("info"), {}, Tone::Warn}, tr("Remove %1?").arg(state.original.config.name),
            tr("Its file and its stored secrets go. Nothing changes on the platform. Esc keeps it."), tr("Remove"));
    } else if (state.error) {
        const auto text = errorText(*state.error);
        m_banner->say({QStringLiteral("state-failed"), {}, Tone::Fail}, text.what, text.state + u' ' + text.next);
    }
}

} // namespace headgate
