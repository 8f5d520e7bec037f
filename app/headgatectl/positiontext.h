// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/position.h"

namespace headgate {

//! earliest, latest, keep, offset:N, time:ISO8601, back:N, before:OPERATION, past:N. InvalidInput otherwise.
Result<Position> positionFromText(const QString &text);
//! TOPIC-PARTITION=POSITION. InvalidInput otherwise.
Result<PartitionPosition> partitionPositionFromText(const QString &text);
//! TOPIC-PARTITION@OFFSET of a record: just behind it; "invoices-3 @ 18,442,907" too. InvalidInput otherwise.
Result<PartitionPosition> pastRecordFromText(const QString &text);

} // namespace headgate
