// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/activitypage.h"

#include "models/common/cellroles.h"
#include "models/common/contextpicture.h"
#include "models/common/errortext.h"
#include "models/operations/operationtext.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/filteredit.h"
#include "views/common/plainlabel.h"
#include "views/common/rowdelegate.h"
#include "views/operations/activitycolumns.h"
#include "views/operations/operationpane.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
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

} // namespace

ActivityPage::ActivityPage(ContextsService &contexts, OperationsService &operations, QWidget *parent)
    : Page(PageId::Activity, parent)
    , m_viewModel(contexts, operations)
    , m_sorted(new QSortFilterProxyModel(this))
    , m_filter(new FilterEdit(this))
    , m_banner(new Banner(this))
    , m_empty(new PlainLabel({}, TextStyle::Body, this))
    , m_verify(makeAction(
          this, QStringLiteral("activity.verify"), tr("Check the operations log"), QStringLiteral("signature")))
    , m_jump(makeAction(this, QStringLiteral("activity.jump"), tr("Show the connector"), QStringLiteral("jump")))
    , m_back(makeAction(this, QStringLiteral("activity.back"), tr("Take it back..."), QStringLiteral("way-back")))
{
    setObjectName(QStringLiteral("activityPage"));
    m_sorted->setSourceModel(&m_viewModel.model());
    m_sorted->setSortRole(SortRole);
    m_table = makeTable(m_sorted);
    markMutating(m_back);
    m_pane = new OperationPane({m_jump, m_back}, this);
    m_pane->setFixedWidth(paneWidth);
    m_filter->setObjectName(QStringLiteral("activityFilter"));
    m_filter->setPlaceholderText(tr("Search the operations log: connector, person, reason, outcome"));
    m_filter->setAccessibleName(tr("Search the operations log"));
    m_banner->hide();
    m_empty->muted()->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    m_empty->setContentsMargins(0, 40, 0, 0);

    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(12, 7, 12, 7);
    filterRow->addWidget(m_filter);
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_banner);
    left->addLayout(filterRow);
    left->addWidget(m_table, 1);
    left->addWidget(m_empty, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    row->addWidget(m_pane);

    connect(m_filter, &FilterEdit::filterChanged, &m_viewModel, &ActivityViewModel::search);
    connect(m_filter, &FilterEdit::leftDown, this, [this] { m_table->setFocus(); });
    connect(m_verify, &QAction::triggered, &m_viewModel, &ActivityViewModel::verify);
    connect(m_jump, &QAction::triggered, this, &ActivityPage::jump);
    connect(m_back, &QAction::triggered, this, [this] {
        if (const auto *operation = chosen(); operation && operation->compensation) {
            Q_EMIT actRequested({*operation->compensation, operation->request.connector, -1, {}, operation->id});
        }
    });
    connect(m_table, &QTableView::activated, this, &ActivityPage::jump);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPage::showSelected);
    connect(&m_viewModel, &ActivityViewModel::changed, this, &ActivityPage::show);
    show();
    showSelected();
}

ActivityPage::~ActivityPage() = default;

QString ActivityPage::title() const
{
    return tr("Activity and audit");
}

QString ActivityPage::summary() const
{
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
    return {{QStringLiteral("/"), tr("search the log")}, {tr("Up Down"), tr("choose an operation")},
        {tr("Enter"), tr("show its connector")}};
}

void ActivityPage::setPicture(const ContextPicture &picture)
{
    m_viewModel.refresh();
    const auto *operation = chosen();
    setAvailable(m_back,
        !operation                                     ? tr("choose an operation")
            : !operation->compensation                 ? tr("nothing takes this back")
            : operation->outcome != Outcome::Confirmed ? tr("it was not confirmed")
            : picture.mode == Mode::ReadOnly           ? tr("the context is read-only")
                                                       : QString());
    setAvailable(m_verify, m_viewModel.state().verifying ? tr("is being checked") : QString());
    show();
}

void ActivityPage::showPlace(const Place &place)
{
    const auto &model = m_viewModel.model();
    if (const int row = model.indexOf(place.operation.text); row >= 0) {
        m_table->setCurrentIndex(m_sorted->mapFromSource(model.index(row, 0)));
    }
}

void ActivityPage::enterFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

bool ActivityPage::goBack()
{
    if (m_filter->text().isEmpty()) {
        return false;
    }
    m_filter->clear();
    return true;
}

void ActivityPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_pane->setVisible(!narrow);
    for (const int column : {int(ActivityModel::Where), int(ActivityModel::Reason)}) {
        m_table->setColumnHidden(column, narrow);
    }
}

void ActivityPage::show()
{
    const auto &state = m_viewModel.state();
    const bool empty = m_sorted->rowCount() == 0;
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    m_empty->setText(state.text.isEmpty()
            ? tr("Nothing was changed from here in this session. Search looks into the whole log.")
            : tr("No operation in the log fits \"%1\". Esc clears the search.").arg(state.text));
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
    Q_EMIT summaryChanged();
}

const Operation *ActivityPage::chosen() const
{
    return m_viewModel.model().operationAt(m_sorted->mapToSource(m_table->currentIndex()));
}

void ActivityPage::showSelected()
{
    const auto *operation = chosen();
    m_pane->setOperation(operation, m_viewModel.now());
    setAvailable(m_jump, operation ? QString() : tr("choose an operation"));
}

void ActivityPage::jump()
{
    if (const auto *operation = chosen()) {
        Q_EMIT goTo({.page = PageId::Connectors, .connector = operation->request.connector});
    }
}

} // namespace headgate
