// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/deadletter.h"
#include "models/common/rowtablemodel.h"

namespace headgate {

struct DeadLetterRow
{
    DeadLetter letter;
    bool chosen = false;
    Instant now {};

    bool operator==(const DeadLetterRow &) const = default;
};

/*! Records of one cause, with a box to choose each. What is chosen belongs to the view model: a click on a box only
 * tells. GUI thread; owned by its view model. */
class DeadLettersModel final : public RowTableModel<DeadLetterRow, RecordAt>
{
    Q_OBJECT
public:
    enum Column { Chosen, Offset, Time, Key, CameFrom, Size, ColumnCount };

    using RowTableModel::RowTableModel;

    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void toggled(const headgate::RecordAt &at, bool chosen);

protected:
    const RecordAt &keyOf(const DeadLetterRow &row) const override { return row.letter.at; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const DeadLetterRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;
};

} // namespace headgate
