// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/ledgermarks.h"

#include "domain/replay/position.h"

#include <algorithm>

namespace headgate {

std::optional<std::vector<MarkedPosition>> deadLettersOf(const ConnectorFacts &row)
{
    if (row.deadLetterTopic.isEmpty() || !row.deadLetterEnds) {
        return std::nullopt;
    }
    std::vector<MarkedPosition> ends;
    for (const auto &each : *row.deadLetterEnds) {
        ends.push_back({each.tp, each.offset, {}});
    }
    return ends;
}

QStringList absentTopicsOf(const ConnectorFacts &row)
{
    auto absent = row.status.type == ConnectorType::Source ? row.topics : QStringList();
    for (const auto &each : row.written) {
        absent.removeAll(each.tp.topic);
    }
    return absent;
}

std::vector<MarkedPosition> positionsOf(const PositionSight &sight)
{
    std::vector<MarkedPosition> positions;
    for (const auto &each : sight.partitions) {
        if (sight.type == ConnectorType::Source) {
            positions.push_back({each.tp, each.end, {}});
        } else {
            positions.push_back({each.tp, each.committed, each.committed ? std::nullopt : each.start});
        }
    }
    return positions;
}

std::vector<MarkedPosition> positionsOf(const std::vector<ConnectorOffset> &entries)
{
    std::vector<MarkedPosition> positions;
    for (const auto &entry : entries) {
        if (const auto position = sinkPosition(entry)) {
            positions.push_back({position->tp, position->offset, {}});
        }
    }
    return positions;
}

PositionSight sightOf(const ConnectorFacts &row)
{
    PositionSight sight {
        .connector = row.ref, .type = row.status.type, .at = row.positionsAt, .partitions = row.groupLag.partitions};
    if (row.status.type == ConnectorType::Source) {
        sight.partitions.clear();
        for (const auto &each : row.written) {
            sight.partitions.push_back(partitionLag(each.tp, {}, {}, each.offset));
        }
    }
    return sight;
}

PositionSight sightOf(const PeriodMark &mark)
{
    PositionSight sight {.connector = mark.connector, .type = mark.type, .at = mark.at};
    for (const auto &each : mark.positions) {
        const bool source = mark.type == ConnectorType::Source;
        sight.partitions.push_back(partitionLag(
            each.tp, source ? std::nullopt : each.offset, each.start, source ? each.offset : std::nullopt));
    }
    return sight;
}

bool stands(const PositionSight &a, const PositionSight &b)
{
    return std::ranges::equal(a.partitions, b.partitions, [](const PartitionLag &x, const PartitionLag &y) {
        return x.tp == y.tp && x.committed == y.committed && (x.committed || x.end == y.end);
    });
}

} // namespace headgate
