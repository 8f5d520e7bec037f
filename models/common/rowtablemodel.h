// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <vector>

namespace headgate {

/*! A table of values with one entrance, setRows(): a keyed merge that keeps selection, scroll and sort, and emits as
 * little as possible: one signal for each run of neighbouring rows inserted, removed or changed, nothing when nothing
 * changed. GUI thread.
 *
 * A leaf (with Q_OBJECT) says what its key, columns, cells and headers are. Rows are kept in key order; showing order
 * is a proxy's. */
template <class Row, class Key> class RowTableModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    //! Takes the new rows. Keys are unique in it; of several rows with one key one is kept.
    void setRows(std::vector<Row> rows)
    {
        const auto byKey = [this](const Row &a, const Row &b) {
            return keyOf(a) < keyOf(b);
        };
        if (!std::is_sorted(rows.begin(), rows.end(), byKey)) {
            std::sort(rows.begin(), rows.end(), byKey);
        }
        const auto sameKey = [this](const Row &a, const Row &b) {
            return keyOf(a) == keyOf(b);
        };
        rows.erase(std::unique(rows.begin(), rows.end(), sameKey), rows.end());
        removeMissing(rows);
        updateKept(rows);
        insertNew(std::move(rows));
    }

    const Row &row(int index) const { return m_rows[std::size_t(index)]; }
    const std::vector<Row> &rows() const { return m_rows; }
    //! -1: not there.
    int indexOf(const Key &key) const
    {
        const auto at = lowerBound(key);
        return at != m_rows.end() && keyOf(*at) == key ? int(at - m_rows.begin()) : -1;
    }

    int rowCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const final { return parent.isValid() ? 0 : columns(); }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final
    {
        return checkIndex(index, CheckIndexOption::IndexIsValid) ? cell(row(index.row()), index.column(), role)
                                                                 : QVariant();
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final
    {
        return orientation == Qt::Horizontal && section >= 0 && section < columns() ? header(section, role)
                                                                                    : QVariant();
    }

protected:
    virtual const Key &keyOf(const Row &row) const = 0;
    virtual int columns() const = 0;
    virtual QVariant cell(const Row &row, int column, int role) const = 0;
    virtual QVariant header(int column, int role) const = 0;
    //! A bit for each column whose cell differs; 0: nothing a person could see.
    virtual std::uint32_t changedColumns(const Row &before, const Row &after) const
    {
        if constexpr (std::equality_comparable<Row>) {
            return before == after ? 0U : (1U << unsigned(columns())) - 1U;
        }
        return (1U << unsigned(columns())) - 1U;
    }

private:
    typename std::vector<Row>::const_iterator lowerBound(const Key &key) const
    {
        return std::lower_bound(
            m_rows.begin(), m_rows.end(), key, [this](const Row &row, const Key &k) { return keyOf(row) < k; });
    }

    //! From the end, so that positions still to come stay right.
    void removeMissing(const std::vector<Row> &next)
    {
        auto theirs = std::ssize(next) - 1;
        auto last = std::ssize(m_rows) - 1;
        const auto missing = [&](std::ptrdiff_t mine) {
            while (theirs >= 0 && keyOf(m_rows[std::size_t(mine)]) < keyOf(next[std::size_t(theirs)])) {
                --theirs;
            }
            return theirs < 0 || !(keyOf(next[std::size_t(theirs)]) == keyOf(m_rows[std::size_t(mine)]));
        };
        while (last >= 0) {
            auto first = last;
            while (first >= 0 && missing(first)) {
                --first;
            }
            if (first < last) {
                beginRemoveRows({}, int(first + 1), int(last));
                m_rows.erase(m_rows.begin() + first + 1, m_rows.begin() + last + 1);
                endRemoveRows();
            }
            last = first - 1;
        }
    }

    //! Every kept row takes its new value, seen or not, so that old snapshots are let go; only visible differences are
    //! told.
    void updateKept(std::vector<Row> &next)
    {
        auto theirs = next.begin();
        std::ptrdiff_t runStart = -1;
        std::uint32_t runColumns = 0;
        for (std::ptrdiff_t i = 0; i < std::ssize(m_rows); ++i) {
            auto &mine = m_rows[std::size_t(i)];
            while (keyOf(*theirs) < keyOf(mine)) {
                ++theirs;
            }
            const auto changed = changedColumns(mine, *theirs);
            mine = *theirs;
            if (changed != 0) {
                runStart = runStart < 0 ? i : runStart;
                runColumns |= changed;
            } else if (runStart >= 0) {
                tellChanged(int(runStart), int(i - 1), runColumns);
                runStart = -1;
                runColumns = 0;
            }
        }
        if (runStart >= 0) {
            tellChanged(int(runStart), int(m_rows.size()) - 1, runColumns);
        }
    }

    void tellChanged(int first, int last, std::uint32_t columnBits)
    {
        const int left = std::countr_zero(columnBits);
        const int right = 31 - std::countl_zero(columnBits);
        Q_EMIT dataChanged(index(first, left), index(last, right));
    }

    //! After removal and update `m_rows` is a subsequence of `next`: what lies between is new.
    void insertNew(std::vector<Row> next)
    {
        std::size_t i = 0;
        while (i < next.size()) {
            const bool here = i < m_rows.size() && keyOf(m_rows[i]) == keyOf(next[i]);
            if (here) {
                ++i;
                continue;
            }
            auto end = i;
            while (end < next.size() && !(i < m_rows.size() && keyOf(m_rows[i]) == keyOf(next[end]))) {
                ++end;
            }
            beginInsertRows({}, int(i), int(end) - 1);
            m_rows.insert(m_rows.begin() + std::ptrdiff_t(i), next.begin() + std::ptrdiff_t(i),
                next.begin() + std::ptrdiff_t(end));
            endInsertRows();
            i = end;
        }
    }

    std::vector<Row> m_rows;
};

} // namespace headgate
