// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/factgrid.h"

#include "views/common/plainlabel.h"

#include <QGridLayout>

namespace headgate {

namespace {

void empty(QGridLayout *grid)
{
    while (auto *item = grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

FactGrid::FactGrid(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(5);
    m_grid->setColumnStretch(1, 1);
}

void FactGrid::setRows(const std::vector<std::pair<QString, QString>> &rows)
{
    if (rows == m_rows) {
        return;
    }
    m_rows = rows;
    empty(m_grid);
    int row = 0;
    for (const auto &[caption, value] : rows) {
        const auto style = m_code ? TextStyle::Code : TextStyle::Body;
        auto *left = (new PlainLabel(caption, style))->muted();
        auto *right = new PlainLabel(value, style);
        right->setWordWrap(true);
        right->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(left, row, 0, Qt::AlignTop);
        m_grid->addWidget(right, row++, 1, Qt::AlignTop);
    }
}

} // namespace headgate
