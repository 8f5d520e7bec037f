// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/position.h"

#include <QHash>

namespace headgate {

/*! Positions by partition, for comparing many at once: equal as documents, whatever the order of keys; those of sinks
 * also where a worker writes its numbers as texts. A value. */
class OffsetTable
{
public:
    OffsetTable() = default;
    explicit OffsetTable(const std::vector<ConnectorOffset> &offsets);

    //! Byte for byte as it came; "null": this partition has no position.
    QByteArray at(const QByteArray &partitionJson) const;
    //! The position of the entry's partition is the entry's.
    bool holds(const ConnectorOffset &entry) const;
    //! Both tables say the same of this partition.
    bool agrees(const OffsetTable &other, const QByteArray &partitionJson) const;

private:
    struct Offset
    {
        QByteArray text = "null";
        QByteArray canonical = "null";
    };
    Offset find(const QByteArray &partitionJson) const;

    QHash<QByteArray, Offset> m_offsets; //!< by canonical partition
};

} // namespace headgate
