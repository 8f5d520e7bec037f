// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/hairline.h"

namespace headgate {

QFrame *makeHairline(Qt::Orientation orientation, QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("kind", orientation == Qt::Horizontal ? QStringLiteral("hairline") : QStringLiteral("vline"));
    return line;
}

} // namespace headgate
