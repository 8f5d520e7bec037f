// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shell/palettemodel.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr int shownAtMost = 200;

struct Query
{
    std::optional<PaletteEntry::Kind> only;
    QStringList words;
};

Query parse(const QString &text)
{
    Query query;
    auto rest = text.trimmed();
    if (rest.startsWith(QLatin1Char('>'))) {
        query.only = PaletteEntry::Kind::Action;
        rest.remove(0, 1);
    } else if (rest.startsWith(QLatin1Char('@'))) {
        query.only = PaletteEntry::Kind::Context;
        rest.remove(0, 1);
    }
    query.words = rest.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return query;
}

bool fits(const PaletteEntry &entry, const Query &query)
{
    if (query.only && entry.kind != *query.only) {
        return false;
    }
    return std::all_of(query.words.begin(), query.words.end(), [&entry](const QString &word) {
        return entry.text.contains(word, Qt::CaseInsensitive) || entry.group.contains(word, Qt::CaseInsensitive);
    });
}

QList<QPair<int, int>> matchesIn(const QString &text, const QStringList &words)
{
    QList<QPair<int, int>> matches;
    for (const auto &word : words) {
        if (const auto at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0) {
            matches.push_back({int(at), int(word.size())});
        }
    }
    return matches;
}

} // namespace

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    rebuild();
}

void PaletteModel::setQuery(const QString &query)
{
    m_query = query;
    rebuild();
}

void PaletteModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    m_fitting = 0;
    const auto query = parse(m_query);
    QString heading;
    for (qsizetype i = 0; i < std::ssize(m_entries); ++i) {
        const auto &entry = m_entries[std::size_t(i)];
        if (!fits(entry, query) || ++m_fitting > shownAtMost) {
            continue;
        }
        if (entry.group != heading) {
            heading = entry.group;
            m_rows.push_back({heading, -1, {}});
        }
        m_rows.push_back({{}, i, matchesIn(entry.text, query.words)});
    }
    endResetModel();
}

const PaletteEntry *PaletteModel::entryAt(int row) const
{
    if (row < 0 || row >= int(m_rows.size()) || m_rows[std::size_t(row)].entry < 0) {
        return nullptr;
    }
    return &m_entries[std::size_t(m_rows[std::size_t(row)].entry)];
}

int PaletteModel::firstEntryRow() const
{
    const auto first = std::find_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.entry >= 0; });
    return first == m_rows.end() ? -1 : int(first - m_rows.begin());
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &row = m_rows[std::size_t(index.row())];
    const auto *entry = entryAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry ? entry->text : row.heading;
    case Qt::AccessibleTextRole:
        return entry ? QString(entry->text
                           + (entry->reason.isEmpty() ? QString() : QString(QLatin1String(", ") + entry->reason)))
                     : row.heading;
    case HeadingRole:
        return entry == nullptr;
    case EntryRole:
        return entry ? QVariant(qint64(row.entry)) : QVariant();
    case MatchRole:
        return QVariant::fromValue(row.matches);
    default: // Qt's other roles: the delegate asks for the entry itself
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return entryAt(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace headgate
