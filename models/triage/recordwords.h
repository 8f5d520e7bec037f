// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/problem.h"

#include <QStringList>

namespace headgate {

//! "invoices-3 @ 18,442,907", or the range where only that is known: "invoices-3 @ 18,442,900 to 18,443,400".
QString recordPlace(const FailingRecord &record);
//! Key, time and value as aligned lines for a fixed font; plain text, masked before it came here.
QStringList recordLines(const FailingRecord &record, Instant now);
//! "found by reading 412 records from the committed position".
QString recordHow(const FailingRecord &record);
//! What became of the search for it: under way, in vain and why; empty where there was none, or it was found.
QString recordSearchText(const Problem &problem);

} // namespace headgate
