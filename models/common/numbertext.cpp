// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/numbertext.h"

#include <QCoreApplication>

namespace headgate {

QString spoken(const NumberText &number)
{
    QString words;
    switch (number.face) {
    case NumberFace::Value:
    case NumberFace::Zero:
    case NumberFace::Stale:
        words = number.text;
        break;
    case NumberFace::NoData:
        words = QCoreApplication::translate("NumberText", "no data");
        break;
    case NumberFace::NotSetUp:
        words = QCoreApplication::translate("NumberText", "not set up");
        break;
    case NumberFace::NoRight:
        words = QCoreApplication::translate("NumberText", "no right");
        break;
    }
    for (const auto &part : {number.unit, number.age}) {
        if (!part.isEmpty()) {
            words += QLatin1Char(' ');
            words += part;
        }
    }
    return words;
}

} // namespace headgate
