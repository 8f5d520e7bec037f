// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/factgrid.h"

#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"

#include <QGridLayout>

#include <algorithm>

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
QWidget *breakingValue(const QString &value, bool code)
{
    auto *label = new SpansLabel;
    label->setSpans({{value, TextRole::Text, false, code}});
    return label;
}

bool hasLongWord(const QString &value)
{
    constexpr qsizetype longest = 28;
    const auto words = QStringView(value).split(u' ');
    return std::ranges::any_of(words, [](QStringView word) { return word.size() > longest; });
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

void FactGrid::setCaptionWidth(int width)
{
    m_grid->setColumnMinimumWidth(0, width);
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
        m_grid->addWidget(m_code || hasLongWord(value) ? breakingValue(value, m_code) : textValue(value), row++, 1);
    }
}

} // namespace headgate
