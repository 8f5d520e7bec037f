// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

namespace headgate {

//! Topics that a sink of this configuration reads: `topics`, or those of `known` that topics.regex matches.
QStringList topicsRead(const ConfigMap &config, const QStringList &known);

} // namespace headgate
