// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

namespace headgate {

/*! The person's locale for numbers and dates. LANG=C, common on servers and over ssh, would print long numbers without
 * any grouping: there it is English. Any thread. */
inline QLocale displayLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedKingdom) : locale;
}

} // namespace headgate
