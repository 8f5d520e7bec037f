// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/contexts/context.h"

#include <QByteArray>

namespace headgate {

/*! ContextConfig <-> YAML text of contexts/<id>.yaml. InvalidInput, with the line, for what cannot be read, for an
 * address with user:password@ or a query, and for a secret where a reference belongs: the sentence says where secrets
 * go and does not repeat them. What is merely odd becomes a warning and the safer reading: unknown environment =
 * production, unknown mode = read-only. */
Result<ContextFile> parseContextFile(const ContextId &id, const QByteArray &yaml);

/*! Every string quoted, empty ones left out; Armed is written as guarded. Keys of `previous` (the file's present text,
 * may be empty) that are not ours are written back: at the top, in `kafka`, and in clusters of the same name. */
Result<QByteArray> writeContextFile(const ContextConfig &config, const QByteArray &previous);

} // namespace headgate
