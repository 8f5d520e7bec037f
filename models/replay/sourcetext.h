// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/sourcedocument.h"

namespace headgate {

//! @{ Words for the editor of a source's positions. Plain texts, translated; empty where there is nothing to say.
QString sourceKindText(SourceKind kind); //!< "File source: bytes into each file"
QString fieldHelpText(FieldHelp help);
QString fieldTypeText(FieldType type); //!< "a whole number"
//! @}

} // namespace headgate
