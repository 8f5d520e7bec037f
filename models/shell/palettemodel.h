// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include <vector>

namespace headgate {

//! Something that the command palette can find. `id` means something to whoever made it.
struct PaletteEntry
{
    enum class Kind { Action, Connector, Page, Context };
    Kind kind = Kind::Action;
    QString id;
    QString group; //!< heading, e.g. "On invoices-jdbc-sink"
    QString text;
    QString note; //!< muted, after the text
    QString icon;
    QString keys;   //!< shortcut
    QString reason; //!< why it cannot be run now; it stays in the list all the same

    bool operator==(const PaletteEntry &) const = default;
};

/*! The rows of the command palette for what is typed: words are and-ed over heading and text, `>` leaves commands only,
 * `@` contexts only. A heading is a row of its own, not selectable. At most 200 entries are shown, the count says how
 * many fit. GUI thread; owned by the palette. */
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { HeadingRole = Qt::UserRole + 100, EntryRole, MatchRole };

    using QAbstractListModel::QAbstractListModel;
    void setEntries(std::vector<PaletteEntry> entries);
    void setQuery(const QString &query);
    int fitting() const { return m_fitting; }
    int total() const { return int(m_entries.size()); }
    const PaletteEntry *entryAt(int row) const; //!< nullptr: a heading
    int firstEntryRow() const;                  //!< -1: nothing fits

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        QString heading;                //!< or, where empty:
        qsizetype entry = -1;           //!< index in m_entries
        QList<QPair<int, int>> matches; //!< (start, length) within the text
    };
    void rebuild();

    std::vector<PaletteEntry> m_entries;
    std::vector<Row> m_rows;
    QString m_query;
    int m_fitting = 0;
};

} // namespace headgate
