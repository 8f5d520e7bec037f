// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

/*! One cell of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula (it begins with = + - @, a tab
 * or a line end) gets an apostrophe in front: connector names come from anybody. */
QString csvCell(const QString &text);

//! UTF-8, a header line, one line a connector, numbers in full, times as ISO 8601; no configuration values.
QByteArray connectorsCsv(const std::vector<const ConnectorFacts *> &rows);

} // namespace headgate
