// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QByteArray>

namespace headgate {

/*! Replaces `path` as a whole: temporary file beside it, fsync, rename, fsync of the directory. Readable by its owner
 * alone; missing folders are made so too. Blocks: call through offload(). StorageFailed. */
Result<void> writeAtomically(const QString &path, const QByteArray &bytes);

//! The whole file. NotFound, TooLarge above `limit` bytes, StorageFailed. Blocks.
Result<QByteArray> readWhole(const QString &path, qint64 limit);

//! Makes `path` with mode 0700 where it is missing.
Result<void> makePrivateDirectory(const QString &path);

} // namespace headgate
