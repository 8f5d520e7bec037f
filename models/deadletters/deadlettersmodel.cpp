// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deadletters/deadlettersmodel.h"

#include "domain/deadletters/payload.h"
#include "models/common/agetext.h"
#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/deadletters/deadlettertext.h"

namespace headgate {

namespace {

QString keyText(const DeadLetter &letter)
{
    if (!letter.hasKey) {
        return DeadLettersModel::tr("null");
    }
    const auto key = payloadOf(letter.key);
    constexpr qsizetype most = 24;
    return key.text.isEmpty() && !letter.key.isEmpty()
        ? QStringLiteral("0x") + QString::fromLatin1(letter.key.left(most).toHex())
        : shownText(QString::fromUtf8(letter.key), 120);
}

QString sizeText(qint64 bytes)
{
    constexpr double kilo = 1024;
    return double(bytes) < 10 * kilo ? DeadLettersModel::tr("%1 B").arg(fullNumber(bytes))
        : double(bytes) < kilo * kilo
        ? DeadLettersModel::tr("%1 kB").arg(QString::number(double(bytes) / kilo, 'f', 1))
        : DeadLettersModel::tr("%1 MB").arg(QString::number(double(bytes) / kilo / kilo, 'f', 1));
}

QVariant shown(const DeadLetterRow &row, int column)
{
    const auto &letter = row.letter;
    switch (DeadLettersModel::Column(column)) {
    case DeadLettersModel::Offset:
        return letter.at.tp.partition == 0
            ? fullNumber(letter.at.offset)
            : QStringLiteral("%1: %2").arg(letter.at.tp.partition).arg(fullNumber(letter.at.offset));
    case DeadLettersModel::Time:
        return momentText(letter.timestamp, row.now);
    case DeadLettersModel::Key:
        return keyText(letter);
    case DeadLettersModel::CameFrom:
        return letter.original ? recordText(*letter.original) : DeadLettersModel::tr("not told");
    case DeadLettersModel::Size:
        return sizeText(letter.bytes);
    case DeadLettersModel::Chosen:
    case DeadLettersModel::ColumnCount:
        break;
    }
    return {};
}

bool isRight(int column)
{
    return column == DeadLettersModel::Offset || column == DeadLettersModel::Size;
}

} // namespace

Qt::ItemFlags DeadLettersModel::flags(const QModelIndex &index) const
{
    const auto usual = RowTableModel::flags(index);
    return index.isValid() && index.column() == Chosen ? usual | Qt::ItemIsUserCheckable : usual;
}

bool DeadLettersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != Chosen || role != Qt::CheckStateRole) {
        return false;
    }
    const auto at = row(index.row()).letter.at; // by value: what it tells may replace the rows
    Q_EMIT toggled(at, value.toInt() == Qt::Checked);
    return true;
}

QVariant DeadLettersModel::cell(const DeadLetterRow &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, column);
    case Qt::CheckStateRole:
        return column == Chosen ? QVariant(int(row.chosen ? Qt::Checked : Qt::Unchecked)) : QVariant();
    case Qt::AccessibleTextRole:
        return column == Chosen ? QVariant(row.chosen ? tr("chosen") : tr("not chosen")) : shown(row, column);
    case Qt::TextAlignmentRole:
        return isRight(column) ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return column == Time ? QVariant(qint64(row.letter.timestamp.time_since_epoch().count()))
            : column == Size  ? QVariant(row.letter.bytes)
            : isRight(column) ? QVariant(qint64(row.letter.at.offset))
                              : shown(row, column);
    case MutedRole:
        return column == CameFrom && !row.letter.original;
    default:
        return {};
    }
}

QVariant DeadLettersModel::header(int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return isRight(column) ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (Column(column)) {
    case Chosen:
        return QString();
    case Offset:
        return tr("Offset");
    case Time:
        return tr("Record's time"); // Connect copies it: when it failed is not told
    case Key:
        return tr("Key");
    case CameFrom:
        return tr("Came from");
    case Size:
        return tr("Size");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate
