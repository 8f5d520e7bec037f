// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectortable.h"

#include "models/common/cellroles.h"
#include "views/common/rowdelegate.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <array>

namespace headgate {

namespace {

struct ColumnWidth
{
    ConnectorColumn column;
    int width; //!< at a font of 13 px
};

//! In the order in which they get room: what comes last goes first. State, name, tasks and the numbers always stay.
constexpr std::array columnOrder {ColumnWidth {ConnectorColumn::State, 118}, ColumnWidth {ConnectorColumn::Tasks, 56},
    ColumnWidth {ConnectorColumn::Records, 124}, ColumnWidth {ConnectorColumn::Lag, 140},
    ColumnWidth {ConnectorColumn::Changed, 78}, ColumnWidth {ConnectorColumn::Owner, 110},
    ColumnWidth {ConnectorColumn::Topics, 150}, ColumnWidth {ConnectorColumn::Plugin, 170},
    ColumnWidth {ConnectorColumn::Cluster, 120}};
constexpr int alwaysShown = 4;
constexpr int withoutSpark = 88; //!< of the columns that hold a line and a number, where room is short
constexpr int smallestName = 230;

} // namespace

ConnectorTable::ConnectorTable(ConnectorsProxy *proxy, QWidget *parent)
    : QTableView(parent)
    , m_proxy(proxy)
{
    setObjectName(QStringLiteral("connectors"));
    setUpTable(this, tr("List of connectors"));
    setModel(proxy);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(int(ConnectorColumn::Name), QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(40);
    horizontalHeader()->setSortIndicator(int(ConnectorColumn::State), Qt::AscendingOrder);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ConnectorTable::selectedChanged);
    connect(this, &QTableView::doubleClicked, this, &ConnectorTable::wentOn);
    fitColumns();
}

std::optional<ConnectorRef> ConnectorTable::selected() const
{
    const auto *facts = m_proxy->factsAt(currentIndex());
    return facts != nullptr ? std::optional(facts->ref) : std::nullopt;
}

bool ConnectorTable::select(const ConnectorRef &ref)
{
    const auto index = m_proxy->indexOf(ref);
    if (index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    }
    return index.isValid();
}

void ConnectorTable::selectFirst()
{
    if (!currentIndex().isValid() && m_proxy->rowCount() > 0) {
        setCurrentIndex(m_proxy->index(0, 0));
    }
}

std::vector<ConnectorRef> ConnectorTable::onScreen() const
{
    std::vector<ConnectorRef> refs;
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    for (int row = first; row <= (last < 0 ? m_proxy->rowCount() - 1 : last); ++row) {
        if (const auto *facts = m_proxy->factsAt(m_proxy->index(row, 0))) {
            refs.push_back(facts->ref);
        }
    }
    return refs;
}

void ConnectorTable::keepPlaceWhile(const std::function<void()> &change)
{
    const QRect before = visualRect(currentIndex());
    const bool visible = currentIndex().isValid() && viewport()->rect().intersects(before);
    const QPersistentModelIndex anchor(visible ? currentIndex() : indexAt(QPoint(1, 1)));
    const int place = visualRect(anchor).top();
    change();
    if (anchor.isValid() && verticalScrollBar()->value() > 0) {
        updateGeometries(); // the range of the scroll bar is otherwise the old one until the next paint
        verticalScrollBar()->setValue(verticalScrollBar()->value() + visualRect(anchor).top() - place);
    }
}

void ConnectorTable::setColumnWanted(ConnectorColumn column, bool wanted)
{
    if (wanted) {
        m_unwanted.remove(int(column));
    } else {
        m_unwanted.insert(int(column));
    }
    fitColumns();
}

void ConnectorTable::fitColumns()
{
    const double scale = QFontMetrics(font()).height() / 16.0;
    int room = viewport()->width() - int(smallestName * scale);
    int needed = 0;
    for (int i = 0; i < alwaysShown; ++i) {
        needed += int(columnOrder[std::size_t(i)].width * std::max(1.0, scale));
    }
    const bool tight = needed > room; // the name goes before the lines
    bool full = false;
    for (std::size_t i = 0; i < columnOrder.size(); ++i) {
        const auto &[column, width] = columnOrder[i];
        const bool hasSpark = column == ConnectorColumn::Records || column == ConnectorColumn::Lag;
        const int scaled = int((tight && hasSpark ? withoutSpark : width) * std::max(1.0, scale));
        const bool wanted = isColumnWanted(column);
        full = full || (wanted && i >= alwaysShown && room < scaled);
        const bool shown = wanted && (i < alwaysShown || !full);
        room -= shown ? scaled : 0;
        setColumnHidden(int(column), !shown);
        setColumnWidth(int(column), scaled);
    }
}

void ConnectorTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ConnectorTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT wentOn();
        return;
    }
    const bool letter = !event->text().isEmpty() && event->text().front().isPrint();
    if (letter) {
        event->ignore(); // single letters are the page's keys, not a search in the table
        return;
    }
    QTableView::keyPressEvent(event);
}

void ConnectorTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    Q_EMIT scrolled();
}

} // namespace headgate
