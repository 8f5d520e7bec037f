// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/ledger/ledgerview.h"

#include "models/common/cellroles.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/ledger/ledgertext.h"
#include "themetokens.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/buttons.h"
#include "views/common/facecard.h"
#include "views/common/fileexport.h"
#include "views/common/filteredit.h"
#include "views/common/fonts.h"
#include "views/common/rowdelegate.h"
#include "views/ledger/ledgerpane.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <algorithm>

namespace headgate {

namespace {

constexpr int paneWidth = 372;

QTableView *makeTable(QSortFilterProxyModel *rows, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setObjectName(QStringLiteral("ledgerTable"));
    table->setModel(rows);
    setUpTable(table, LedgerView::tr("Offset ledger"));
    const int twoLines = 2 * QFontMetrics(fontOf(TextStyle::Body)).height() + 8;
    table->verticalHeader()->setDefaultSectionSize(std::max(tokens::size::rowTwoLine, twoLines));
    auto *header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(LedgerModel::Connector, QHeaderView::Stretch);
    const std::pair<int, int> widths[] {{LedgerModel::How, 120}, {LedgerModel::What, 92}, {LedgerModel::Moved, 176},
        {LedgerModel::Records, 112}, {LedgerModel::Who, 88}, {LedgerModel::When, 118}};
    for (const auto &[column, width] : widths) {
        table->setColumnWidth(column, width);
    }
    table->sortByColumn(LedgerModel::When, Qt::DescendingOrder);
    return table;
}

bool isReplay(const LedgerEntry &entry)
{
    return entry.kind == LedgerKind::Replay || entry.kind == LedgerKind::WayBack;
}

} // namespace

LedgerView::LedgerView(ContextsService &contexts, OperationsService &operations, LedgerService &ledger, QWidget *parent)
    : QWidget(parent)
    , m_viewModel(contexts, operations, ledger)
    , m_sorted(new QSortFilterProxyModel(this))
    , m_jump(makeAction(this, QStringLiteral("ledger.jump"), tr("Show the connector"), QStringLiteral("jump")))
    , m_replay(makeAction(this, QStringLiteral("ledger.replay"), tr("Show the replay"), QStringLiteral("replay")))
    , m_back(makeAction(this, QStringLiteral("ledger.back"), tr("Take it back..."), QStringLiteral("way-back")))
    , m_csv(makeAction(
          this, QStringLiteral("ledger.csv"), tr("Export the offset ledger as CSV..."), QStringLiteral("export")))
    , m_json(makeAction(
          this, QStringLiteral("ledger.json"), tr("Export the offset ledger as JSON..."), QStringLiteral("export")))
    , m_filter(new FilterEdit(this))
    , m_table(nullptr)
    , m_pane(new LedgerPane({m_jump, m_back}, this))
    , m_banner(new Banner(this))
    , m_face(new FaceCard(this))
    , m_faceSide(new QWidget(this))
    , m_filterRow(makeFilterRow())
{
    setObjectName(QStringLiteral("ledgerView"));
    m_sorted->setSourceModel(&m_viewModel.model());
    m_sorted->setSortRole(SortRole);
    m_table = makeTable(m_sorted, this);
    m_pane->setFixedWidth(paneWidth);
    m_banner->hide();
    m_banner->setRoom({12, 0, 12, 8});
    auto *faceColumn = new QVBoxLayout(m_faceSide);
    faceColumn->setContentsMargins(12, 12, 12, 12);
    faceColumn->addWidget(m_face);
    faceColumn->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_table, 1);
    column->addWidget(m_faceSide, 1);

    connect(m_filter, &FilterEdit::filterChanged, &m_viewModel, &LedgerViewModel::search);
    connect(m_filter, &FilterEdit::leftDown, this, &LedgerView::enterTable);
    connect(m_face, &FaceCard::acted, this, &LedgerView::actOnFace);
    connect(m_banner, &Banner::acted, &m_viewModel, &LedgerViewModel::read);
    connect(m_jump, &QAction::triggered, this, [this] {
        if (const auto entry = chosen()) {
            Q_EMIT goTo({.page = PageId::Connectors, .connector = entry->connector});
        }
    });
    connect(m_replay, &QAction::triggered, this, [this] {
        if (const auto entry = chosen(); entry && isReplay(*entry)) {
            Q_EMIT goTo({.page = PageId::Replay, .connector = entry->connector, .operation = entry->operation});
        }
    });
    connect(m_back, &QAction::triggered, this, [this] {
        if (const auto entry = chosen(); entry && isReplay(*entry)) {
            Q_EMIT goTo({.page = PageId::Replay,
                .connector = entry->connector,
                .operation = entry->operation,
                .wayBack = true});
        }
    });
    connect(m_csv, &QAction::triggered, this, [this] { exportAs(QStringLiteral("csv")); });
    connect(m_json, &QAction::triggered, this, [this] { exportAs(QStringLiteral("json")); });
    connect(m_table, &QTableView::activated, this, &LedgerView::activated);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LedgerView::showSelected);
    connect(&m_viewModel, &LedgerViewModel::changed, this, &LedgerView::show);
    show();
}

LedgerView::~LedgerView() = default;

QWidget *LedgerView::makeFilterRow()
{
    auto *row = new QWidget(this);
    m_filter->setObjectName(QStringLiteral("ledgerFilter"));
    m_filter->setPlaceholderText(tr("Filter: connector, topic, person, reason, went-back, !period"));
    m_filter->setAccessibleName(tr("Filter the offset ledger"));
    auto *menu = new QMenu(row);
    menu->addActions({m_csv, m_json});
    auto *button = makeButton(tr("Export"), ButtonKind::Normal, row);
    button->setObjectName(QStringLiteral("ledgerExport"));
    button->setMenu(menu);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_filter, 1);
    layout->addWidget(button);
    return row;
}

QString LedgerView::summary() const
{
    const auto &state = m_viewModel.state();
    if (!state.known) {
        return state.reading ? tr("Reading the offset ledger") : QString();
    }
    const int shown = int(m_viewModel.entries().size());
    return state.text.isEmpty() ? tr("%n line(s) in the offset ledger", nullptr, state.total)
                                : tr("%1 of %2 in the offset ledger").arg(shown).arg(state.total);
}

void LedgerView::setShown(bool shown)
{
    m_viewModel.setShown(shown);
}

void LedgerView::setNarrow(bool narrow)
{
    m_table->setColumnHidden(LedgerModel::Who, narrow);
    if (narrow) { // a page of its own
        m_pane->setMinimumWidth(0);
        m_pane->setMaximumWidth(QWIDGETSIZE_MAX);
    } else {
        m_pane->setFixedWidth(paneWidth);
    }
}

void LedgerView::enterFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void LedgerView::enterTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_sorted->rowCount() > 0) {
        m_table->setCurrentIndex(m_sorted->index(0, 0));
    }
}

bool LedgerView::clearFilter()
{
    if (m_filter->text().isEmpty()) {
        return false;
    }
    m_filter->clear();
    return true;
}

void LedgerView::enter()
{
    if (const auto entry = chosen()) {
        (isReplay(*entry) ? m_replay : m_jump)->trigger();
    }
}

void LedgerView::show()
{
    const auto &state = m_viewModel.state();
    const bool anything = m_sorted->rowCount() > 0;
    m_table->setVisible(anything);
    m_faceSide->setVisible(!anything);
    m_filter->setUnderstanding(state.reading ? FilterEdit::Understanding::Busy : FilterEdit::Understanding::Neutral);
    m_banner->setVisible(state.error && anything);
    if (state.error) {
        const auto text = errorText(*state.error);
        m_banner->say(lookOf(Outcome::Failed), tr("The offset ledger could not be read again."),
            text.what + QLatin1Char(' ') + text.next, tr("Read again"));
    }
    showFace();
    const auto nothing = anything ? QString() : tr("there is no entry to export");
    setAvailable(m_csv, nothing);
    setAvailable(m_json, nothing);
    showSelected();
}

void LedgerView::showFace()
{
    const auto &state = m_viewModel.state();
    if (state.error) {
        const auto text = errorText(*state.error);
        m_face->say(lookOf(Outcome::Failed), tr("The offset ledger could not be read"),
            text.what + QLatin1Char(' ') + text.next, tr("Read again"));
    } else if (!state.known) {
        m_face->sayLoading(tr("Reading the offset ledger"));
    } else if (state.total > 0) {
        m_face->say({QStringLiteral("filter"), {}, Tone::Stopped},
            tr("No entry fits %1").arg(shownText(state.text, 80)),
            tr("Without it there are %n line(s).", nullptr, state.total), tr("Clear the filter"));
    } else {
        m_face->say({QStringLiteral("audit"), {}, Tone::Stopped}, tr("No position was written down yet"),
            tr("Replays stand here, positions that others move, and what connectors wrote or consumed from a start to "
               "the next stop. It begins with the first look at a connector's positions."));
    }
}

void LedgerView::actOnFace()
{
    if (m_viewModel.state().error || !clearFilter()) {
        m_viewModel.read();
    }
}

LedgerEntryPtr LedgerView::chosen() const
{
    return m_viewModel.model().entryAt(m_sorted->mapToSource(m_table->currentIndex()));
}

void LedgerView::showSelected()
{
    const auto entry = chosen();
    m_pane->setEntry(entry, m_viewModel.now());
    const auto none = tr("choose an entry");
    const bool replay = entry && isReplay(*entry);
    setAvailable(m_jump, entry ? QString() : none);
    setAvailable(m_replay, !entry ? none : replay ? QString() : tr("this is no replay"));
    setAvailable(m_back,
        !entry                                     ? none
            : !replay                              ? tr("only replays are taken back")
            : entry->outcome != Outcome::Confirmed ? tr("it was not confirmed")
            : !entry->restoredBy.isEmpty()         ? tr("it was taken back already")
                                                   : QString());
    Q_EMIT changed();
}

void LedgerView::exportAs(const QString &suffix)
{
    const auto entries = m_viewModel.entries();
    const bool csv = suffix == QLatin1String("csv");
    exportFile(this, csv ? tr("Export as CSV") : tr("Export as JSON"), QStringLiteral("offset-ledger.") + suffix,
        csv ? ledgerCsv(entries) : ledgerJson(entries), [this](const QString &sentence) { Q_EMIT said(sentence); });
}

} // namespace headgate
