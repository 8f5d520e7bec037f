// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/ledger/ledgerpane.h"

#include "models/common/agetext.h"
#include "models/common/showntext.h"
#include "models/ledger/ledgertext.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/factgrid.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"
#include "views/common/rowdelegate.h"
#include "views/common/spanspainter.h"

#include <QAction>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include <algorithm>

namespace headgate {

namespace {

using Facts = std::vector<std::pair<QString, QString>>;

constexpr int mostRowsShown = 12;
constexpr int fewestRowsShown = 3;

StateLook lookOfEntry(const LedgerEntry &entry)
{
    if (entry.outcome) {
        return lookOf(*entry.outcome);
    }
    const auto standing = entry.kind == LedgerKind::Jump ? Standing::Degraded
        : entry.kind != LedgerKind::Period               ? Standing::Restarting
        : !entry.endedBy                                 ? Standing::Running
        : entry.endedBy == MarkKind::Paused              ? Standing::Paused
                                                         : Standing::Stopped;
    auto look = lookOf(standing);
    look.word = ledgerOutcome(entry);
    return look;
}

QString whenText(const LedgerEntry &entry, Instant now)
{
    if (entry.kind == LedgerKind::Jump) {
        return LedgerPane::tr("between %1 and %2").arg(momentText(entry.from, now), momentText(entry.at, now));
    }
    return entry.at == Instant {}
        ? LedgerPane::tr("since %1").arg(momentText(entry.from, now))
        : LedgerPane::tr("%1 to %2").arg(momentText(entry.from, now), momentText(entry.at, now));
}

void addOperation(Facts &facts, const LedgerEntry &entry)
{
    if (!entry.operation.isEmpty()) {
        facts.emplace_back(LedgerPane::tr("Operation"), shownText(entry.operation.text, 80));
    }
    if (!entry.planHash.isEmpty()) {
        facts.emplace_back(LedgerPane::tr("Plan"), QString::fromLatin1(entry.planHash));
    }
    if (!entry.restores.isEmpty()) {
        facts.emplace_back(LedgerPane::tr("Takes back"), shownText(entry.restores.text, 80));
    }
    if (!entry.restoredBy.isEmpty()) {
        facts.emplace_back(LedgerPane::tr("Taken back by"), shownText(entry.restoredBy.text, 80));
    }
}

Facts factsOf(const LedgerEntry &entry, Instant now)
{
    Facts facts {{LedgerPane::tr("Records"), ledgerCountText(entry)}};
    std::ranges::copy(ledgerErrorFacts(entry), std::back_inserter(facts));
    if (entry.kind == LedgerKind::Replay || entry.kind == LedgerKind::WayBack) {
        facts.emplace_back(LedgerPane::tr("Who"), shownText(entry.person, 120));
        facts.emplace_back(LedgerPane::tr("Reason"),
            entry.reason.isEmpty() ? LedgerPane::tr("none given") : shownText(entry.reason, 400));
    }
    if (!entry.observed.isEmpty()) {
        facts.emplace_back(LedgerPane::tr("Observed"), shownText(entry.observed, 400));
    }
    facts.emplace_back(LedgerPane::tr("When"), whenText(entry, now));
    facts.emplace_back(LedgerPane::tr("Connect cluster"), shownText(entry.connector.cluster.text, 80));
    addOperation(facts, entry);
    return facts;
}

} // namespace

LedgerPane::LedgerPane(QList<QAction *> actions, QWidget *parent)
    : QWidget(parent)
    , m_content(new QWidget(this))
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_chip(new Chip)
    , m_sentence(new SpansLabel)
    , m_proof(new PlainLabel)
    , m_partitions(new PlainLabel({}, TextStyle::BodyStrong))
    , m_table(new QTableView)
    , m_facts(new FactGrid)
    , m_nothing(
          new PlainLabel(tr("Choose an entry to see every partition and what was read back"), TextStyle::Body, this))
{
    setObjectName(QStringLiteral("ledgerPane"));
    m_title->setWordWrap(true);
    m_proof->muted()->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("ledgerPartitions"));
    m_table->setModel(&m_moves);
    setUpTable(m_table, tr("Partitions"));
    m_table->setSortingEnabled(false);
    m_table->setFrameShape(QFrame::NoFrame);
    auto *header = m_table->horizontalHeader();
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(LedgerMovesModel::Partition, QHeaderView::Stretch);

    auto *buttons = new QHBoxLayout;
    for (auto *action : actions) {
        buttons->addWidget(makeActionButton(action, ButtonKind::Normal, m_content));
    }
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_chip, 0, Qt::AlignLeft);
    column->addWidget(m_sentence);
    column->addWidget(m_partitions);
    column->addWidget(m_table, 100); // the stretch below takes what it leaves
    column->addWidget(m_proof);
    column->addWidget(m_facts);
    column->addStretch(1);
    column->addLayout(buttons);
    m_nothing->muted()->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 16, 16, 12);
    outer->addWidget(m_content, 1);
    outer->addWidget(m_nothing, 1);
    setEntry(nullptr, {});
}

void LedgerPane::setEntry(const LedgerEntryPtr &entry, Instant now)
{
    m_content->setVisible(entry != nullptr);
    m_nothing->setVisible(!entry);
    if (!entry) {
        m_entry.reset();
        return;
    }
    if (!m_entry || *m_entry != *entry) {
        m_moves.setEntry(entry);
        const int rows = std::clamp(m_moves.rowCount(), 1, mostRowsShown);
        const int rowHeight = m_table->verticalHeader()->defaultSectionSize();
        const int head = m_table->horizontalHeader()->sizeHint().height() + 2;
        m_table->setMinimumHeight(head + std::min(rows, fewestRowsShown) * rowHeight);
        m_table->setMaximumHeight(head + rows * rowHeight);
        m_table->setVisible(m_moves.rowCount() > 0);
        fitColumns();
    }
    m_entry = entry;
    m_title->setText(tr("%1: %2").arg(shownText(entry->connector.name, 120), ledgerWhat(*entry)));
    m_chip->setLook(lookOfEntry(*entry));
    m_sentence->setSpans({{.text = ledgerSentence(*entry)}});
    m_partitions->setText(ledgerWhere(*entry));
    m_proof->setText(proofText(*entry));
    m_proof->setVisible(!proofText(*entry).isEmpty());
    m_facts->setRows(factsOf(*entry, now));
}

//! As wide as the first rows need, so that names of topics have the rest; documents of sources are cut.
void LedgerPane::fitColumns()
{
    const QFontMetrics metrics(fontOf(TextStyle::Body));
    const int most = metrics.horizontalAdvance(QStringLiteral("118,442,907")) + 20;
    for (const auto column : {LedgerMovesModel::Before, LedgerMovesModel::After, LedgerMovesModel::Last}) {
        int width = metrics.horizontalAdvance(m_moves.headerData(column, Qt::Horizontal).toString());
        for (int row = 0; row < std::min(m_moves.rowCount(), mostRowsShown); ++row) {
            width = std::max(width, metrics.horizontalAdvance(m_moves.index(row, column).data().toString()));
        }
        m_table->setColumnWidth(column, std::min(width + 24, most));
    }
}

void LedgerPane::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.fillRect(rect(), colours().surface);
    readAs(&p, layoutDirection());
    p.fillRect(Lane(&p, rect()).takeLeading(1), colours().border);
}

} // namespace headgate
