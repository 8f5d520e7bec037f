// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace headgate {

//! What a piece of text is, not how it looks: views give each role its colour.
enum class TextRole { Text, Muted, Disabled, Link, Accent, OnAccent, Ok, Warn, Fail, Paused, Stopped, Unknown, Stale };

//! A piece of a sentence. `text` is always plain: markup from outside is shown as it is written.
struct Span
{
    QString text;
    TextRole role = TextRole::Text;
    bool strong = false; //!< weight 600
    bool code = false;   //!< fixed font: identifiers, positions, settings

    bool operator==(const Span &) const = default;
};
using Spans = std::vector<Span>;

//! The sentence without its looks: for screen readers, copying and tests.
QString plainText(const Spans &spans);

} // namespace headgate
