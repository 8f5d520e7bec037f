// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace headgate {

//! The six faces of a number: never a bare dash for zero, never an old value that looks fresh.
enum class NumberFace { Value, Zero, NoData, Stale, NotSetUp, NoRight };

/*! A number ready to be shown. `text` is the digits (or the word for a face without a value), `unit` stands beside it
 * in muted text, `age` only for stale ones ("6 min old"). `toolTip` names source, time and what is missing. */
struct NumberText
{
    QString text;
    QString unit;
    NumberFace face = NumberFace::NoData;
    QString age;
    QString toolTip;

    bool operator==(const NumberText &) const = default;
};

//! "41,208 records" or "no data": the sentence a screen reader says.
QString spoken(const NumberText &number);

} // namespace headgate

Q_DECLARE_METATYPE(headgate::NumberText)
