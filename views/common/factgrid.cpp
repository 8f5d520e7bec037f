// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/factgrid.h"

#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"

#include <QGridLayout>

namespace headgate {

namespace {

QWidget *textValue(const QString &value)
{
    auto *label = new PlainLabel(value);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    return label;
}

//! Class names and addresses have no blanks to wrap at: they break anywhere.
QWidget *codeValue(const QString &value)
{
    auto *label = new SpansLabel;
    label->setSpans({{value, TextRole::Text, false, true}});
    return label;
}

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
        m_grid->addWidget(left, row, 0, Qt::AlignTop);
        m_grid->addWidget(m_code ? codeValue(value) : textValue(value), row++, 1);
    }
}

} // namespace headgate
