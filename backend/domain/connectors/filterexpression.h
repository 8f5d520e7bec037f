// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

/*! The filter line: words are and-ed; `text` in the name, `!text` not, `key:value` (state, type, owner, team, topic,
 * worker, class, config.<key>), `-f fuzzy`, quotes for blanks. A small total language: every text parses or has an
 * error at a position. */
struct FilterTerm
{
    enum class Kind { Text, Fuzzy, Key } kind = Kind::Text;
    bool negated = false;
    QString key, value;

    bool operator==(const FilterTerm &) const = default;
};
struct FilterExpression
{
    std::vector<FilterTerm> terms;

    bool operator==(const FilterExpression &) const = default;
};
//! InvalidInput with `code` = column of the fault (0-based).
Result<FilterExpression> parseFilter(const QString &text);
bool matches(const FilterExpression &filter, const ConnectorFacts &facts);

} // namespace headgate
