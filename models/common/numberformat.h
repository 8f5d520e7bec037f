// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/observed.h"
#include "models/common/numbertext.h"

#include <cstdint>

namespace headgate {

//! When a number counts as stale: three missed polls.
struct Freshness
{
    Instant now {};
    Milliseconds staleAfter {6'000};

    bool isStale(Instant observedAt) const { return now - observedAt > staleAfter; }
};

enum class Digits {
    Short, //!< tables: "41.2 k", three significant digits above 10,000
    Full,  //!< evidence: "41,208"
};

//! The face alone, without any text: cheap enough to ask for each row of a large table on each tick.
template <class T> NumberFace faceOf(const Observed<T> &number, const Freshness &freshness)
{
    if (!number.value) {
        switch (number.absence) {
        case Absence::NoData:
            return NumberFace::NoData;
        case Absence::NotConfigured:
            return NumberFace::NotSetUp;
        case Absence::NotPermitted:
            return NumberFace::NoRight;
        }
    }
    if (freshness.isStale(number.at)) {
        return NumberFace::Stale;
    }
    return *number.value == T {} ? NumberFace::Zero : NumberFace::Value;
}

//! A count of something; `unit` translated by the caller, e.g. "records".
NumberText countText(const Observed<std::int64_t> &number, const QString &unit, const Freshness &freshness,
    Digits digits = Digits::Short);
//! A rate. Below 10 with one decimal, so that a slow source is not shown as standing still.
NumberText rateText(
    const Observed<double> &number, const QString &unit, const Freshness &freshness, Digits digits = Digits::Short);
//! A length of time in seconds, as durationText().
NumberText secondsText(const Observed<double> &number, const Freshness &freshness);

//! "41,208" by the person's locale.
QString fullNumber(std::int64_t number);
//! "412", "9,876", "41.2 k", "2.84 M", "1.20 G": three significant digits from 10,000 on.
QString shortNumber(std::int64_t number);
//! "0.8 s", "34 s", "2 min 34 s", "3 h 12 min", "4 d 3 h"; never negative.
QString durationText(Milliseconds duration);

} // namespace headgate
