// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/numberformat.h"

#include "models/common/agetext.h"
#include "models/common/displaylocale.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

constexpr std::int64_t shortFrom = 10'000;
const QString enDash = QStringLiteral("–");

QString threeDigits(double scaled)
{
    const int decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    return displayLocale().toString(scaled, 'f', decimals);
}

QString absent(NumberFace face)
{
    switch (face) {
    case NumberFace::NotSetUp:
        return Words::tr("not set up");
    case NumberFace::NoRight:
        return Words::tr("no right");
    case NumberFace::NoData:
    case NumberFace::Value:
    case NumberFace::Zero:
    case NumberFace::Stale:
        break;
    }
    return enDash;
}

QString absentTooltip(NumberFace face, const QString &reason)
{
    if (!reason.isEmpty()) {
        return reason;
    }
    switch (face) {
    case NumberFace::NotSetUp:
        return Words::tr("Nothing is set up that could tell this number.");
    case NumberFace::NoRight:
        return Words::tr("The login of this context may not read it.");
    case NumberFace::NoData:
    case NumberFace::Value:
    case NumberFace::Zero:
    case NumberFace::Stale:
        break;
    }
    return Words::tr("Asked, no sample yet.");
}

//! The part that is the same for all numbers: face, absence, age and origin.
template <class T> NumberText frame(const Observed<T> &number, const QString &unit, const Freshness &freshness)
{
    NumberText text;
    text.face = faceOf(number, freshness);
    if (!number.value) {
        text.text = absent(text.face);
        text.toolTip = absentTooltip(text.face, number.reason);
        return text;
    }
    text.unit = unit;
    const auto age = ageText(freshness.now - number.at);
    text.age = text.face == NumberFace::Stale ? age : QString();
    text.toolTip = number.source.isEmpty() ? age : Words::tr("%1, from %2", "age, source").arg(age, number.source);
    return text;
}

} // namespace

QString fullNumber(std::int64_t number)
{
    return displayLocale().toString(qlonglong(number));
}

QString shortNumber(std::int64_t number)
{
    const auto magnitude = number < 0 ? -double(number) : double(number);
    if (magnitude < shortFrom) {
        return fullNumber(number);
    }
    constexpr std::array<std::pair<double, char16_t>, 5> steps {
        {{1e3, u'k'}, {1e6, u'M'}, {1e9, u'G'}, {1e12, u'T'}, {1e15, u'P'}}};
    auto step = steps.begin();
    // 999.5 k would print as "1,000 k": the next step takes over half a digit earlier.
    while (std::next(step) != steps.end() && magnitude / step->first >= 999.5) {
        ++step;
    }
    const QString digits = threeDigits(magnitude / step->first);
    return (number < 0 ? QStringLiteral("−") : QString()) + digits + u' ' + QChar(step->second);
}

QString durationText(Milliseconds duration)
{
    const auto ms = std::max<std::int64_t>(0, duration.count());
    const auto seconds = ms / 1000;
    if (seconds < 1 && ms > 0) {
        return Words::tr("%1 s").arg(displayLocale().toString(double(ms) / 1000.0, 'f', 1));
    }
    if (seconds < 60) {
        return Words::tr("%1 s").arg(seconds);
    }
    if (seconds < 600) {
        return seconds % 60 == 0 ? Words::tr("%1 min").arg(seconds / 60)
                                 : Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    }
    if (seconds < 3600) {
        return Words::tr("%1 min").arg(seconds / 60);
    }
    if (seconds < 86'400) {
        return Words::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
    }
    return Words::tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds % 86'400 / 3600);
}

NumberText countText(
    const Observed<std::int64_t> &number, const QString &unit, const Freshness &freshness, Digits digits)
{
    auto text = frame(number, unit, freshness);
    if (number.value) {
        text.text = digits == Digits::Short ? shortNumber(*number.value) : fullNumber(*number.value);
        if (digits == Digits::Short && std::abs(*number.value) >= shortFrom) {
            text.toolTip = Words::tr("%1 %2; %3", "full number, unit, origin")
                               .arg(fullNumber(*number.value), unit, text.toolTip);
        }
    }
    return text;
}

NumberText rateText(const Observed<double> &number, const QString &unit, const Freshness &freshness, Digits digits)
{
    auto text = frame(number, unit, freshness);
    if (number.value) {
        const auto whole = std::int64_t(std::llround(std::clamp(*number.value, -9e15, 9e15)));
        const bool slow
            = *number.value != 0 && std::abs(*number.value) < 9.95 && std::abs(*number.value - double(whole)) >= 0.05;
        text.text = slow              ? displayLocale().toString(*number.value, 'f', 1)
            : digits == Digits::Short ? shortNumber(whole)
                                      : fullNumber(whole);
    }
    return text;
}

NumberText secondsText(const Observed<double> &number, const Freshness &freshness)
{
    auto text = frame(number, {}, freshness);
    if (number.value) {
        text.text = durationText(Milliseconds {std::int64_t(std::clamp(*number.value, 0.0, 9e12) * 1000.0)});
    }
    return text;
}

} // namespace headgate
