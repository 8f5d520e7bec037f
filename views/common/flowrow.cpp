// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/flowrow.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <numeric>

namespace headgate {

namespace {

QSize sizeIn(const QLayoutItem &item, int room)
{
    const auto hint = item.sizeHint().expandedTo(item.minimumSize());
    const int width = std::min(hint.width(), room);
    return {width, width < hint.width() && item.hasHeightForWidth() ? item.heightForWidth(width) : hint.height()};
}

template <class Line> int heightOf(const Line &line)
{
    return std::accumulate(line.begin(), line.end(), 0,
        [](int height, const auto &each) { return std::max(height, each.second.height()); });
}

} // namespace

FlowRow::FlowRow(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowRow::~FlowRow() = default;

void FlowRow::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowRow::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *FlowRow::takeAt(int index)
{
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    auto *item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

std::vector<FlowRow::Line> FlowRow::linesFor(int width) const
{
    std::vector<Line> lines;
    int used = 0;
    for (const auto &item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        const auto size = sizeIn(*item, width);
        if (lines.empty() || used + spacing() + size.width() > width) {
            lines.emplace_back();
            used = -spacing();
        }
        lines.back().emplace_back(item.get(), size);
        used += spacing() + size.width();
    }
    return lines;
}

int FlowRow::heightForWidth(int width) const
{
    const auto margins = contentsMargins();
    const auto lines = linesFor(width - margins.left() - margins.right());
    int height = margins.top() + margins.bottom() + std::max(0, int(lines.size()) - 1) * spacing();
    for (const auto &line : lines) {
        height += heightOf(line);
    }
    return height;
}

QSize FlowRow::sizeHint() const
{
    int width = -spacing();
    int height = 0;
    for (const auto &item : m_items) {
        if (!item->isEmpty()) {
            const auto size = sizeIn(*item, QWIDGETSIZE_MAX);
            width += spacing() + size.width();
            height = std::max(height, size.height());
        }
    }
    const auto margins = contentsMargins();
    return QSize(std::max(0, width), height)
        + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

//! Narrow enough for any column: what does not fit wraps, or is cut to the row.
QSize FlowRow::minimumSize() const
{
    const auto margins = contentsMargins();
    return {margins.left() + margins.right() + 40, sizeHint().height()};
}

void FlowRow::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const auto room = rect.marginsRemoved(contentsMargins());
    int y = room.top();
    for (const auto &line : linesFor(room.width())) {
        const int height = heightOf(line);
        placeLine(line, {room.left(), y, room.width(), height});
        y += height + spacing();
    }
}

void FlowRow::placeLine(const Line &line, const QRect &room) const
{
    const auto direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int x = room.left();
    for (const auto &[item, size] : line) {
        const bool trailing = m_trailing && item->widget() == m_trailing;
        const int left = trailing ? room.right() + 1 - size.width() : x;
        const QRect place(QPoint(left, room.top() + (room.height() - size.height()) / 2), size);
        item->setGeometry(QStyle::visualRect(direction, room, place));
        x = left + size.width() + spacing();
    }
}

} // namespace headgate
