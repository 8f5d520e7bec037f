// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/spans.h"

namespace headgate {

QString plainText(const Spans &spans)
{
    QString text;
    for (const auto &span : spans) {
        text += span.text;
    }
    return text;
}

} // namespace headgate
