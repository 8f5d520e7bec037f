// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace headgate {

enum class Sight { Normal, Deuteranopia, Protanopia };

//! WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor &a, const QColor &b);
//! CIEDE2000 as an eye of that kind sees the two (Machado, Oliveira, Fernandes 2009, severity 1).
double difference(const QColor &a, const QColor &b, Sight sight);

} // namespace headgate
