// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/problem.h"

#include <QStringList>

namespace headgate {

//! "invoices-3 @ 18,442,907", or the range where only that is known: "invoices-3 @ 18,442,900 to 18,443,400".
QString recordPlace(const FailingRecord &record);
//! Key, time and value as aligned lines for a fixed font; plain text, masked before it came here.
QStringList recordLines(const FailingRecord &record, Instant now);

} // namespace headgate
