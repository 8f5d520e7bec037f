// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace headgate {

//! What a piece of text is, never how it looks: views give weights and colours by these names.
enum class SpanKind {
    Text, //!< body
    Strong, //!< the first clause, the number that matters
    Muted, //!< units, asides
    Code, //!< identifiers, settings, positions: fixed font
    Fail, //!< evidence of the failure, strong
    Link, //!< leads somewhere (Span::target)
};

struct Span {
    QString text; //!< plain; from outside or ours, never markup
    SpanKind kind = SpanKind::Text;
    QString target {}; //!< of a link, else empty

    bool operator==(const Span &) const = default;
};

/*! One line of text with changing weights, painted by one painter in views. Takes the place of rich text, which would accept foreign
 * markup and elides badly. Value; any thread. */
using Spans = std::vector<Span>;

//! What a screen reader, the clipboard and a test read.
QString plainText(const Spans &spans);

/*! Splits a translated sentence with %1, %2 ... into spans, so that a translator moves the pieces and their weights go along.
 * "%1 refused a record: %2" with two pieces gives three spans. A number without a piece stays as it is written. */
Spans assemble(const QString &sentence, const std::vector<Span> &pieces);

} // namespace headgate
