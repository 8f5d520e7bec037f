// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

/*! The last-known picture of one context: one zstd-compressed JSON file, replaced as a whole. It holds what pages show
 * (configurations masked, as they are in the snapshot), not what only a running session needs (samples on the monotonic
 * clock, topics of the brokers). Everything blocks: call through offload(). */
Result<void> writeSnapshotFile(const QString &path, const PlatformSnapshot &snapshot);

/*! NotFound; InvalidAnswer when it cannot be read: the file is then moved aside as `<path>.damaged`, for evidence and
 * so that it is not met again. Rows come back stale, fromDisk is set. */
Result<PlatformSnapshot> readSnapshotFile(const QString &path);

} // namespace headgate
