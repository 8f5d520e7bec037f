// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace headgate {

//! @{ What an act reaches beyond its connector, and before one after which it stands still: where it stands and what
//! waits. What is not known is said so, in JSON it is null.
std::vector<QStringList> impactRows(const OperationPreview &preview);
QJsonObject impactDocument(const OperationPreview &preview);
//! @}

} // namespace headgate
