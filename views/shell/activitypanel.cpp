// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/activitypanel.h"

#include "models/common/cellroles.h"
#include "views/common/buttons.h"
#include "views/common/hairline.h"
#include "views/common/plainlabel.h"
#include "views/common/rowdelegate.h"
#include "views/operations/activitycolumns.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace headgate {

namespace {

constexpr int panelHeight = 220;

} // namespace

ActivityPanel::ActivityPanel(QWidget *parent)
    : QFrame(parent)
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("activityPanel"));
    setProperty("kind", QStringLiteral("surface"));
    setFixedHeight(panelHeight);
    m_sorted->setSourceModel(&m_model);
    m_sorted->setSortRole(SortRole);
    m_table->setModel(m_sorted);
    m_table->setObjectName(QStringLiteral("activityPanelTable"));
    setUpTable(m_table, tr("Recent operations"));
    setUpActivityColumns(m_table);

    auto *all = makeButton(tr("Open Activity"), ButtonKind::Link, this);
    auto *close = makeButton(tr("Close"), ButtonKind::Link, this);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 6, 16, 6);
    head->addWidget(new PlainLabel(tr("Activity"), TextStyle::BodyStrong, this));
    head->addStretch(1);
    head->addWidget(all);
    head->addSpacing(12);
    head->addWidget(close);
    auto *line = makeHairline(Qt::Horizontal, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(line);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    connect(all, &QPushButton::clicked, this, [this] { Q_EMIT goTo({.page = PageId::Activity}); });
    connect(close, &QPushButton::clicked, this, &ActivityPanel::closeWanted);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const auto *operation = m_model.operationAt(m_sorted->mapToSource(index))) {
            Q_EMIT goTo({.page = PageId::Activity, .operation = operation->id});
        }
    });
}

void ActivityPanel::setOperations(
    const std::vector<Operation> &operations, const QHash<ContextId, QString> &contextNames, Instant now)
{
    m_model.setOperations(operations, contextNames, now);
}

void ActivityPanel::focusTable()
{
    m_table->setFocus();
}

} // namespace headgate
