// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/offsettable.h"

#include "domain/json/canonicaljson.h"

namespace headgate {

namespace {

QByteArray canonical(const QByteArray &json)
{
    return canonicalJson(json).value_or(json); // what is no JSON is equal to itself alone
}

ConnectorOffset normal(const ConnectorOffset &entry)
{
    const auto sink = sinkPosition(entry);
    const auto written = sink ? sinkOffset(*sink) : entry;
    return {canonical(written.partitionJson), canonical(written.offsetJson)};
}

QByteArray normalPartition(const QByteArray &partitionJson)
{
    return normal({partitionJson, "null"}).partitionJson;
}

} // namespace

OffsetTable::OffsetTable(const std::vector<ConnectorOffset> &offsets)
{
    for (const auto &entry : offsets) {
        auto [partition, offset] = normal(entry);
        m_offsets.insert(partition, {entry.offsetJson, offset});
    }
}

OffsetTable::Offset OffsetTable::find(const QByteArray &partitionJson) const
{
    return m_offsets.value(normalPartition(partitionJson));
}

QByteArray OffsetTable::at(const QByteArray &partitionJson) const
{
    return find(partitionJson).text;
}

bool OffsetTable::holds(const ConnectorOffset &entry) const
{
    const auto [partition, offset] = normal(entry);
    return m_offsets.value(partition).canonical == offset;
}

bool OffsetTable::agrees(const OffsetTable &other, const QByteArray &partitionJson) const
{
    const auto partition = normalPartition(partitionJson);
    return m_offsets.value(partition).canonical == other.m_offsets.value(partition).canonical;
}

} // namespace headgate
