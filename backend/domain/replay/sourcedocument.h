// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

namespace headgate {

//! Whose offset document it is; decides help, checks and what can be proven.
enum class SourceKind {
    FileStream, //!< {"filename"} -> {"position"}: bytes into the file
    Jdbc,       //!< {"protocol","table"} or {"query"} -> {"incrementing","timestamp","timestamp_nanos"}
    Debezium,   //!< {"server",...} -> a place in the database's log
    Sandbox,    //!< {"stream"} -> {"position"}: records written
    Generic,    //!< nothing is known of it
};
SourceKind sourceKind(const QString &connectorClass);
//! False: what Connect keeps is not all that decides where the plug-in reads.
bool isProvable(SourceKind kind);

enum class FieldType { Integer, Decimal, Text, Boolean, TimestampMs, Other };
enum class FieldHelp {
    None,
    BytesIntoFile, //!< beyond the end of the file the task looks for it for ever
    RecordsWritten,
    LastKey,         //!< rows with a larger key are read (again)
    LastTimestamp,   //!< rows changed after it are read (again), in their present state; deleted ones are never seen
    TimestampNanos,  //!< the part below a millisecond
    LogPlace,        //!< only within what the database's log still holds
    ReplicationSlot, //!< PostgreSQL's slot does not go back before its confirmed position
};

struct SourceField
{
    QString key;
    FieldType type = FieldType::Other;
    QString value; //!< the number's own digits, or the text without quotes
    FieldHelp help = FieldHelp::None;

    bool operator==(const SourceField &) const = default;
};
//! One partition of a source with its offset's first level.
struct SourceEntry
{
    ConnectorOffset offset;
    std::vector<SourceField> fields; //!< in the document's order; empty: there is no offset

    bool operator==(const SourceEntry &) const = default;
};
struct SourceDocument
{
    SourceKind kind = SourceKind::Generic;
    bool provable = false;
    std::vector<SourceEntry> entries;

    bool operator==(const SourceDocument &) const = default;
};
//! Pure. An entry that is no JSON object has no fields.
SourceDocument describeSource(const ConfigMap &config, const std::vector<ConnectorOffset> &offsets);

/*! The entry with one field's value replaced; every other byte stays as it was (int64, decimals of any length, trailing
 * zeros). InvalidInput: not of the field's type, no such field. */
Result<ConnectorOffset> edited(const SourceEntry &entry, const QString &key, const QString &value);

} // namespace headgate
