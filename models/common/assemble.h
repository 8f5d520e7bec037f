// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/spans.h"

namespace headgate {

/*! Splits a translated sentence with %1, %2 ... into spans, so that a translator moves the pieces and their weights go
 * along.
 * "%1 refused a record: %2" with two pieces gives three spans. A number without a piece stays as it is written; a piece
 * is never searched for numbers, so text from outside may hold "%1". */
Spans assemble(const QString &sentence, const std::vector<Span> &pieces);

//! @{ Pieces by what they are.
Span strong(const QString &text);
Span muted(const QString &text);
Span code(const QString &text);
//! @}

} // namespace headgate
