// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/assemble.h"

namespace headgate {

namespace {

void addText(Spans &spans, const QString &text)
{
    if (!text.isEmpty()) {
        spans.push_back({text});
    }
}

} // namespace

Spans assemble(const QString &sentence, const std::vector<Span> &pieces)
{
    Spans spans;
    qsizetype from = 0;
    for (qsizetype i = 0; i + 1 < sentence.size(); ++i) {
        const auto index = sentence[i] == u'%' ? sentence[i + 1].digitValue() - 1 : -1;
        if (index < 0 || index >= int(pieces.size())) {
            continue;
        }
        addText(spans, sentence.mid(from, i - from));
        spans.push_back(pieces[std::size_t(index)]);
        from = i + 2;
        ++i;
    }
    addText(spans, sentence.mid(from));
    return spans;
}

Span strong(const QString &text)
{
    return {text, TextRole::Text, true};
}

Span muted(const QString &text)
{
    return {text, TextRole::Muted};
}

Span code(const QString &text)
{
    return {text, TextRole::Text, false, true};
}

} // namespace headgate
