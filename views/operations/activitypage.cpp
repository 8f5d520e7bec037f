// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/activitypage.h"

#include "models/common/cellroles.h"
#include "models/common/contextpicture.h"
#include "models/common/errortext.h"
#include "models/operations/operationtext.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/filteredit.h"
#include "views/common/rowdelegate.h"
#include "views/common/segmentedchoice.h"
#include "views/ledger/ledgerpane.h"
#include "views/ledger/ledgerview.h"
#include "views/operations/activitycolumns.h"
#include "views/operations/interruptedbox.h"
#include "views/operations/operationpane.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>

namespace headgate {

namespace {

constexpr int paneWidth = 360;

QTableView *makeTable(QSortFilterProxyModel *rows)
{
    auto *table = new QTableView;
    table->setObjectName(QStringLiteral("activityTable"));
    table->setModel(rows);
    setUpTable(table, ActivityPage::tr("Operations"));
    setUpActivityColumns(table);
    return table;
}

//! Where a saga is looked at, and where its choices are when it was interrupted; nothing: here.
std::optional<Place> placeOf(const Operation &operation)
{
    const bool open = operation.interrupted && !operation.outcome;
    if (operation.request.kind == OperationKind::Replay) {
        return Place {.page = PageId::Replay, .connector = operation.request.connector, .operation = operation.id};
    }
    if (operation.request.kind == OperationKind::Redrive && open) {
        return Place {.page = PageId::DeadLetters, .connector = operation.request.connector, .operation = operation.id};
    }
    return {};
}

} // namespace

ActivityPage::ActivityPage(
    ContextsService &contexts, OperationsService &operations, LedgerService &ledger, QWidget *parent)
    : Page(PageId::Activity, parent)
    , m_viewModel(contexts, operations)
    , m_sorted(new QSortFilterProxyModel(this))
    , m_filter(new FilterEdit(this))
    , m_banner(new Banner(this))
    , m_empty(new FaceCard(this))
    , m_verify(makeAction(
          this, QStringLiteral("activity.verify"), tr("Check the operations log"), QStringLiteral("signature")))
    , m_jump(makeAction(this, QStringLiteral("activity.jump"), tr("Show the connector"), QStringLiteral("jump")))
    , m_back(makeAction(this, QStringLiteral("activity.back"), tr("Take it back..."), QStringLiteral("way-back")))
    , m_lookAgain(makeAction(
          this, QStringLiteral("activity.lookAgain"), tr("Look at the platform again"), QStringLiteral("restart")))
    , m_stopWaiting(
          makeAction(this, QStringLiteral("activity.stopWaiting"), tr("Stop waiting"), QStringLiteral("close")))
    , m_ledger(new LedgerView(contexts, operations, ledger, this))
    , m_half(new SegmentedChoice(tr("What is shown"), this))
    , m_filters(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("activityPage"));
    m_sorted->setSourceModel(&m_viewModel.model());
    m_sorted->setSortRole(SortRole);
    m_table = makeTable(m_sorted);
    markMutating(m_back);
    addClosing(QStringLiteral("activity.closeConfirmed"), tr("It was done: close as confirmed"),
        QStringLiteral("check"), Outcome::Confirmed);
    addClosing(QStringLiteral("activity.closeRefused"), tr("It was not done: close as refused"),
        QStringLiteral("close"), Outcome::Refused);
    addClosing(QStringLiteral("activity.closeUnknown"), tr("Nobody knows: close as unknown"),
        QStringLiteral("state-unknown"), Outcome::Unknown);
    m_pane = new OperationPane({m_jump, m_back, m_stopWaiting}, new InterruptedBox(m_lookAgain, m_closing), this);
    m_pane->setFixedWidth(paneWidth);
    m_filter->setObjectName(QStringLiteral("activityFilter"));
    m_filter->setPlaceholderText(tr("Search the operations log: connector, person, reason, outcome"));
    m_filter->setAccessibleName(tr("Search the operations log"));
    m_banner->hide();
    m_banner->setRoom({12, 0, 12, 8});

    auto *side = new QFrame;
    m_side = side;
    side->setProperty("kind", QStringLiteral("surface"));
    auto *left = new QVBoxLayout(side);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(0);
    left->addWidget(makeStrip());
    m_operationsBody = makeOperations();
    left->addWidget(m_operationsBody, 1);
    left->addWidget(m_ledger, 1);
    m_ledger->hide(); // no stack: what is hidden takes no room
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(side, 1);
    row->addWidget(m_pane);
    row->addWidget(m_ledger->pane());

    connect(m_filter, &FilterEdit::filterChanged, &m_viewModel, &ActivityViewModel::search);
    connect(m_filter, &FilterEdit::leftDown, this, [this] { m_table->setFocus(); });
    connect(
        m_empty, &FaceCard::acted, this, [this] { m_filter->text().isEmpty() ? enterFilter() : m_filter->clear(); });
    connect(m_verify, &QAction::triggered, &m_viewModel, &ActivityViewModel::verify);
    connect(m_jump, &QAction::triggered, this, &ActivityPage::jump);
    connect(m_lookAgain, &QAction::triggered, this, [this] {
        const auto *operation = chosen();
        if (operation && placeOf(*operation)) {
            enter();
        } else if (operation) {
            m_viewModel.lookAgain(*operation);
        }
    });
    connect(m_back, &QAction::triggered, this, [this] {
        if (const auto *operation = chosen(); operation && operation->compensation) {
            Q_EMIT actRequested({*operation->compensation, operation->request.connector, -1, {}, operation->id});
        }
    });
    connect(m_stopWaiting, &QAction::triggered, this, [this] {
        if (const auto *operation = chosen()) {
            m_viewModel.stopWaiting(*operation);
        }
    });
    connect(m_table, &QTableView::activated, this, &ActivityPage::enter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPage::showSelected);
    connect(&m_viewModel, &ActivityViewModel::changed, this, &ActivityPage::show);
    connect(m_half, &SegmentedChoice::chosenChanged, this, [this](int half) { choose(Half(half)); });
    connect(m_ledger, &LedgerView::changed, this, &ActivityPage::showSelected);
    connect(m_ledger, &LedgerView::goTo, this, &ActivityPage::goTo);
    connect(m_ledger, &LedgerView::said, this, &ActivityPage::said);
    connect(m_ledger, &LedgerView::activated, this, &ActivityPage::enter);
    addOpening(QStringLiteral("activity.operations"), tr("Show the operations"), Operations);
    addOpening(QStringLiteral("activity.ledger"), tr("Show the offset ledger"), Ledger);
    show();
    showSelected();
}

void ActivityPage::addOpening(const QString &id, const QString &text, Half half)
{
    auto *action = makeAction(this, id, text, QStringLiteral("audit"));
    connect(action, &QAction::triggered, this, [this, half] {
        Q_EMIT goTo({.page = PageId::Activity});
        choose(half);
        half == Ledger ? m_ledger->enterTable() : m_table->setFocus(Qt::OtherFocusReason);
    });
}

QWidget *ActivityPage::makeStrip()
{
    m_half->setObjectName(QStringLiteral("activityHalf"));
    m_half->add(Operations, tr("Operations"));
    m_half->add(Ledger, tr("Offset ledger"));
    m_half->choose(Operations);
    m_filters->addWidget(m_filter);
    m_filters->addWidget(m_ledger->filterRow());
    m_filters->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *strip = new QWidget;
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(12, 7, 12, 7);
    row->setSpacing(8);
    row->addWidget(m_half);
    row->addWidget(m_filters, 1);
    return strip;
}

QWidget *ActivityPage::makeOperations()
{
    m_emptySide = new QWidget;
    auto *emptyColumn = new QVBoxLayout(m_emptySide);
    emptyColumn->setContentsMargins(12, 12, 12, 12);
    emptyColumn->addWidget(m_empty);
    emptyColumn->addStretch(1);
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_table, 1);
    column->addWidget(m_emptySide, 1);
    return body;
}

ActivityPage::Half ActivityPage::half() const
{
    return Half(m_half->chosen());
}

void ActivityPage::choose(Half half)
{
    m_half->choose(half);
    m_filters->setCurrentIndex(half);
    m_operationsBody->setVisible(half == Operations);
    m_ledger->setVisible(half == Ledger);
    m_ledger->setShown(half == Ledger && isVisible());
    m_detailOpen = false;
    showSelected();
    Q_EMIT summaryChanged();
}

void ActivityPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_ledger->setShown(half() == Ledger);
}

void ActivityPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_ledger->setShown(false);
}

ActivityPage::~ActivityPage() = default;

void ActivityPage::addClosing(const QString &id, const QString &text, const QString &icon, Outcome outcome)
{
    auto *action = makeAction(this, id, text, icon);
    connect(action, &QAction::triggered, this, [this, outcome] {
        if (const auto *operation = chosen()) {
            m_viewModel.closeInterrupted(*operation, outcome);
        }
    });
    m_closing << action;
}

QString ActivityPage::title() const
{
    return tr("Activity and audit");
}

QString ActivityPage::summary() const
{
    if (half() == Ledger) {
        return m_ledger->summary();
    }
    const auto &state = m_viewModel.state();
    const int count = m_sorted->rowCount();
    if (state.searching) {
        return tr("Searching the operations log");
    }
    return state.text.isEmpty() ? tr("%n operation(s) in this session", nullptr, count)
                                : tr("%n operation(s) in the log fit", nullptr, count);
}

QList<QAction *> ActivityPage::headerActions() const
{
    return {m_verify};
}

std::vector<KeyHint> ActivityPage::keys() const
{
    return {{QStringLiteral("/"), tr("search the log")}, {tr("Up Down"), tr("choose an operation or an entry")},
        {tr("Enter"), tr("show its replay or connector")}, {tr("Left Right"), tr("operations or offset ledger")}};
}

void ActivityPage::setPicture(const ContextPicture &picture)
{
    m_mode = picture.mode;
    m_viewModel.refresh();
    show();
}

void ActivityPage::showPlace(const Place &place)
{
    const auto &model = m_viewModel.model();
    if (!place.operation.text.isEmpty() && model.indexOf(place.operation.text) < 0) {
        m_filter->clear();      // what was searched for hides it
        m_viewModel.search({}); // at once, not after the filter's pause
    }
    if (const int row = model.indexOf(place.operation.text); row >= 0) {
        choose(Operations);
        m_table->setCurrentIndex(m_sorted->mapFromSource(model.index(row, 0)));
        m_detailOpen = true;
        showSelected();
        m_table->setFocus(Qt::OtherFocusReason);
    }
}

void ActivityPage::enterFilter()
{
    if (half() == Ledger) {
        m_ledger->enterFilter();
        return;
    }
    m_filter->setFocus();
    m_filter->selectAll();
}

bool ActivityPage::goBack()
{
    if (m_narrow && m_detailOpen) {
        m_detailOpen = false;
        showSelected();
        half() == Ledger ? m_ledger->enterTable() : m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (half() == Ledger) {
        return m_ledger->clearFilter();
    }
    if (m_filter->text().isEmpty()) {
        return false;
    }
    m_filter->clear();
    return true;
}

void ActivityPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_ledger->setNarrow(narrow);
    showSelected();
    for (const int column : {int(ActivityModel::Where), int(ActivityModel::Reason)}) {
        m_table->setColumnHidden(column, narrow);
    }
}

void ActivityPage::show()
{
    const auto &state = m_viewModel.state();
    const bool empty = m_sorted->rowCount() == 0;
    m_table->setVisible(!empty);
    m_emptySide->setVisible(empty);
    if (state.text.isEmpty()) {
        m_empty->say({QStringLiteral("audit"), {}, Tone::Stopped}, tr("Nothing was changed from here in this session"),
            tr("The operations log of this context may hold more: the search looks into all of it."),
            tr("Search the whole log"));
    } else {
        m_empty->say({QStringLiteral("filter"), {}, Tone::Stopped}, tr("No operation fits %1").arg(state.text),
            tr("The whole operations log of this context was searched."), tr("Clear the search"));
    }
    m_banner->setVisible(state.error.has_value() || state.verdict.has_value());
    if (state.error) {
        const auto text = errorText(*state.error);
        m_banner->say(lookOf(Outcome::Failed), text.what, text.next);
    } else if (state.verdict) {
        const auto &verdict = *state.verdict;
        verdict.intact ? m_banner->say(lookOf(Outcome::Confirmed), tr("The operations log is intact."),
                             tr("%n record(s), each linked to the one before.", nullptr, int(verdict.records)))
                       : m_banner->say(lookOf(Outcome::Failed), tr("The operations log was changed."),
                             tr("Line %1 does not fit the one before it: %2.").arg(verdict.firstBad).arg(verdict.what));
    }
    showSelected();
}

const Operation *ActivityPage::chosen() const
{
    return m_viewModel.model().operationAt(m_sorted->mapToSource(m_table->currentIndex()));
}

void ActivityPage::showSelected()
{
    const auto *operation = chosen();
    m_pane->setOperation(operation, m_viewModel.now());
    const bool ledger = half() == Ledger;
    const bool any = ledger ? m_ledger->hasChosen() : operation != nullptr;
    m_detailOpen = m_detailOpen && any;
    m_side->setVisible(!m_narrow || !m_detailOpen);
    const bool open = any && (!m_narrow || m_detailOpen);
    m_pane->setVisible(open && !ledger);
    m_ledger->pane()->setVisible(open && ledger);
    showActions();
    Q_EMIT summaryChanged();
}

void ActivityPage::showActions()
{
    const auto &state = m_viewModel.state();
    const auto *operation = chosen();
    const auto none = tr("choose an operation");
    setAvailable(m_verify, state.verifying ? tr("is being checked") : QString());
    setAvailable(m_jump, operation ? QString() : none);
    setAvailable(m_back,
        !operation                                     ? none
            : !operation->compensation                 ? tr("nothing takes this back")
            : operation->outcome != Outcome::Confirmed ? tr("it was not confirmed")
            : m_mode == Mode::ReadOnly                 ? tr("the context is read-only")
                                                       : QString());
    setAvailable(m_stopWaiting, operation ? m_viewModel.keptFromStopping(*operation) : none);
    const bool open = operation && operation->interrupted && !operation->outcome;
    const auto closed = !operation ? none : open ? QString() : tr("it was not interrupted, or is closed");
    const auto reason = closed.isEmpty() && state.looking ? tr("is being looked at") : closed;
    setAvailable(m_lookAgain, reason);
    const bool ownChoices = open && placeOf(*operation);
    for (auto *action : std::as_const(m_closing)) {
        setAvailable(action, ownChoices ? tr("it has choices of its own: look at the platform") : reason);
    }
}

//! Enter: into the pane where it is a page of its own, else to the replay or the connector.
void ActivityPage::enter()
{
    if (m_narrow && !m_detailOpen) {
        m_detailOpen = true;
        showSelected();
    } else if (half() == Ledger) {
        m_ledger->enter();
    } else if (const auto *operation = chosen(); operation && placeOf(*operation)) {
        Q_EMIT goTo(*placeOf(*operation));
    } else {
        jump();
    }
}

void ActivityPage::jump()
{
    if (const auto *operation = chosen()) {
        Q_EMIT goTo({.page = PageId::Connectors, .connector = operation->request.connector});
    }
}

} // namespace headgate
