// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

#include <memory>

namespace headgate {

using StatusList = std::shared_ptr<const std::vector<ConnectorStatus>>; //!< sorted by name; may be null

const ConnectorStatus *findStatus(const StatusList &list, const QString &name);
const TaskStatus *findTask(const ConnectorStatus &status, int id);
//! Names and task ids in one line: when it changes, infos must be read again.
QByteArray shapeOf(const std::vector<ConnectorStatus> &list);

/*! Traces redacted and cut to what explainTrace() reads. What was the same in `lastRaw` is taken from `lastShown`,
 * because a trace of megabytes comes with every listing. Pure; any thread. */
std::vector<ConnectorStatus> withoutSecrets(std::vector<ConnectorStatus> raw, StatusList lastRaw, StatusList lastShown);
//! Characters of traces that withoutSecrets() would have to read.
qint64 newTraceSize(const std::vector<ConnectorStatus> &raw, const StatusList &lastRaw);

} // namespace headgate
