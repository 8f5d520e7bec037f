// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/triage/policy.h"

#include <QByteArray>

namespace headgate {

/*! Reads resources/policy/triage.yaml or a workspace's own copy. Keys that are missing keep their default;
 * InvalidInput, with the line, for a value that is no number or out of range (times in seconds, above 0, at most a
 * day). */
Result<TriagePolicy> parseTriagePolicy(const QByteArray &yaml);

//! The same file from values.
QByteArray writeTriagePolicy(const TriagePolicy &policy);

} // namespace headgate
