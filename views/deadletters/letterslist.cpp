// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deadletters/letterslist.h"

#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "views/common/buttons.h"
#include "views/common/filteredit.h"
#include "views/common/plainlabel.h"
#include "views/common/rowdelegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace headgate {

LettersList::LettersList(DeadLetterViewModel &model, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_rows(new QSortFilterProxyModel(this))
    , m_title(new PlainLabel({}, TextStyle::BodyStrong))
    , m_note((new PlainLabel({}, TextStyle::Caption))->muted())
    , m_all(makeSmallButton(tr("Choose all"), ButtonKind::Link))
    , m_none(makeSmallButton(tr("Choose none"), ButtonKind::Link))
    , m_filter(new FilterEdit)
    , m_table(new QTableView)
{
    setProperty("kind", QStringLiteral("surface"));
    m_rows->setSourceModel(&m_model.letters());
    m_rows->setSortRole(SortRole);
    m_rows->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_rows->setFilterKeyColumn(-1);
    m_table->setObjectName(QStringLiteral("lettersTable"));
    m_table->setModel(m_rows);
    setUpTable(m_table, tr("Records of this cause"));
    m_table->setFrameShape(QFrame::NoFrame);
    auto *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(DeadLettersModel::CameFrom, QHeaderView::Stretch);
    const std::pair<int, int> widths[] {{DeadLettersModel::Chosen, 44}, {DeadLettersModel::Offset, 92},
        {DeadLettersModel::Time, 128}, {DeadLettersModel::Key, 140}, {DeadLettersModel::Size, 92}};
    for (const auto &[column, width] : widths) {
        m_table->setColumnWidth(column, width);
    }
    m_table->sortByColumn(DeadLettersModel::Offset, Qt::AscendingOrder);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(makeHead());
    column->addWidget(m_table, 1);
    connect(m_filter, &FilterEdit::filterChanged, m_rows, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &FilterEdit::leftDown, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_all, &QPushButton::clicked, this, [this] { m_model.chooseOnly(onList()); });
    connect(m_none, &QPushButton::clicked, this, [this] { m_model.chooseOnly({}); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LettersList::showCurrent);
}

QLayout *LettersList::makeHead()
{
    m_title->setObjectName(QStringLiteral("lettersTitle"));
    m_note->setObjectName(QStringLiteral("lettersNote"));
    m_all->setObjectName(QStringLiteral("lettersAll"));
    m_none->setObjectName(QStringLiteral("lettersNone"));
    m_filter->setObjectName(QStringLiteral("lettersFilter"));
    m_filter->setPlaceholderText(tr("Filter: key, offset, topic"));
    m_filter->setAccessibleName(tr("Filter the records"));
    m_filter->setFixedWidth(220);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(14, 8, 12, 8);
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_note);
    head->addWidget(m_all);
    head->addWidget(m_none);
    head->addStretch(1);
    head->addWidget(m_filter);
    return head;
}

void LettersList::show(const DeadLetterViewModel::State &state)
{
    const auto &rows = m_model.letters().rows();
    const bool any = !rows.empty();
    setEnabled(any);
    m_title->setText(!any
            ? tr("No records")
            : tr("%n record(s) in %1", nullptr, int(rows.size())).arg(shownText(rows.front().letter.at.tp.topic, 80)));
    const auto chosen = state.chosen.size();
    m_note->setText(!any            ? QString()
            : chosen == rows.size() ? tr("all chosen")
                                    : tr("%1 chosen").arg(fullNumber(qint64(chosen))));
    const bool other = m_group != state.group;
    m_group = state.group;
    if (any && (other || !m_table->currentIndex().isValid()) && m_rows->rowCount() > 0) {
        m_table->setCurrentIndex(m_rows->index(0, DeadLettersModel::Offset));
        showCurrent();
    }
}

std::set<RecordAt> LettersList::onList() const
{
    std::set<RecordAt> shown;
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        shown.insert(m_model.letters().row(m_rows->mapToSource(m_rows->index(row, 0)).row()).letter.at);
    }
    return shown;
}

void LettersList::showCurrent()
{
    const auto index = m_rows->mapToSource(m_table->currentIndex());
    if (!index.isValid()) {
        return;
    }
    const auto at = m_model.letters().row(index.row()).letter.at;
    const auto &shown = m_model.state().shown;
    if (!shown || !(shown->at == at)) {
        m_model.show(at);
    }
}

void LettersList::toggleCurrent()
{
    const auto index = m_rows->mapToSource(m_table->currentIndex());
    if (index.isValid()) {
        const auto row = m_model.letters().row(index.row());
        m_model.choose(row.letter.at, !row.chosen);
    }
}

void LettersList::enterFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

bool LettersList::clearFilter()
{
    if (m_filter->text().isEmpty()) {
        return false;
    }
    m_filter->clear();
    return true;
}

void LettersList::setNarrow(bool narrow)
{
    m_table->setColumnHidden(DeadLettersModel::Size, narrow);
    m_filter->setFixedWidth(narrow ? 150 : 220);
}

} // namespace headgate
