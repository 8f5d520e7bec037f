// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

//! UTF-8, a header line, one line a connector, numbers in full, times as ISO 8601; no configuration values.
QByteArray connectorsCsv(const std::vector<const ConnectorFacts *> &rows);

} // namespace headgate
