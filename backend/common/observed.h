// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <optional>

namespace headgate {

//! Why a number is not there. Value, zero and stale are told by the value and its age.
enum class Absence { NoData, NotConfigured, NotPermitted };

/*! A number or fact with its origin: value, when it was observed and by which source. Without a value, `absence` says
 * why. A value that missed three polls is shown stale, never silently dropped. */
template <class T> struct Observed
{
    std::optional<T> value;
    Instant at {};  //!< when the value was observed; epoch = never
    QString source; //!< "connect-eu-1:8083", "group connect-orders", "end offsets"
    Absence absence = Absence::NoData;
    QString reason; //!< for an absence: who said what

    static Observed of(T v, Instant when, QString from)
    {
        return {std::move(v), when, std::move(from), Absence::NoData, {}};
    }
    static Observed none(Absence why, QString because = {}) { return {std::nullopt, {}, {}, why, std::move(because)}; }
    bool operator==(const Observed &) const = default;
};

} // namespace headgate
