// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/sourcetext.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SourceText)
};

} // namespace

QString sourceKindText(SourceKind kind)
{
    switch (kind) {
    case SourceKind::FileStream:
        return Words::tr("File source: a place in each file");
    case SourceKind::Jdbc:
        return Words::tr("JDBC source: the last row that was read of each table");
    case SourceKind::Debezium:
        return Words::tr("Debezium: a place in the database's log. It reads again only what that log still holds, so "
                         "what is read back here cannot prove it.");
    case SourceKind::Sandbox:
        return Words::tr("Sandbox source: records written");
    case SourceKind::Generic:
        return Words::tr("Headgate does not know this plug-in. It may keep positions elsewhere too, so what is read "
                         "back here cannot prove where it reads.");
    }
    return {};
}

QString fieldHelpText(FieldHelp help)
{
    switch (help) {
    case FieldHelp::None:
        return {};
    case FieldHelp::BytesIntoFile:
        return Words::tr("Bytes into the file, at a line's beginning. Beyond its end the task waits for ever.");
    case FieldHelp::RecordsWritten:
        return Words::tr("Records written so far; the next one has this number.");
    case FieldHelp::LastKey:
        return Words::tr("Rows with a larger key are read again.");
    case FieldHelp::LastTimestamp:
        return Words::tr(
            "Milliseconds. Rows changed after it are read again as they are now; deleted ones never come.");
    case FieldHelp::TimestampNanos:
        return Words::tr("The part of the time below a millisecond.");
    case FieldHelp::LogPlace:
        return Words::tr("Only within what the database's log still holds.");
    case FieldHelp::ReplicationSlot:
        return Words::tr("The replication slot does not go back before its confirmed position.");
    }
    return {};
}

QString fieldTypeText(FieldType type)
{
    switch (type) {
    case FieldType::Integer:
    case FieldType::TimestampMs:
        return Words::tr("a whole number");
    case FieldType::Decimal:
        return Words::tr("a number");
    case FieldType::Text:
        return Words::tr("a text");
    case FieldType::Boolean:
        return Words::tr("true or false");
    case FieldType::Other:
        return Words::tr("JSON");
    }
    return {};
}

} // namespace headgate
