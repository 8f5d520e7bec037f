// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contexts/checktext.h"

#include "common/errorarea.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CheckText)
};

//! The service's step as words of the window.
QString stepWord(const QString &step)
{
    static const std::array<std::pair<QLatin1String, const char *>, 5> words {{
        {QLatin1String("reach"), QT_TRANSLATE_NOOP("CheckText", "reach")},
        {QLatin1String("tls"), QT_TRANSLATE_NOOP("CheckText", "set up TLS")},
        {QLatin1String("log in"), QT_TRANSLATE_NOOP("CheckText", "log in")},
        {QLatin1String("read"), QT_TRANSLATE_NOOP("CheckText", "read")},
        {QLatin1String("health"), QT_TRANSLATE_NOOP("CheckText", "health")},
    }};
    for (const auto &[name, word] : words) {
        if (step == name) {
            return Words::tr(word);
        }
    }
    return shownText(step, 40);
}

//! Nothing is asked again by itself here, and there is no old picture to fall back on.
QString nextStep(const Error &error)
{
    const bool network = areaOf(error.kind) == ErrorArea::Network;
    return network ? Words::tr("Check address, port and network, then test again.") : errorText(error).next;
}

} // namespace

CheckText checkText(const ConnectionCheck &check)
{
    CheckText text;
    text.good = !check.error;
    text.what = {{shownText(check.subject, 120), TextRole::Text, true}, {QStringLiteral("  ") + stepWord(check.step)}};
    if (check.error) {
        text.note = errorText(*check.error).what + u' ' + nextStep(*check.error);
    } else {
        text.note = shownText(check.note, 200);
    }
    text.took = Words::tr("%1 ms").arg(check.took.count());
    return text;
}

QString checksSummary(const std::vector<ConnectionCheck> &checks)
{
    const auto failed
        = std::ranges::count_if(checks, [](const ConnectionCheck &check) { return check.error.has_value(); });
    if (failed == 0) {
        return Words::tr("All %n check(s) passed.", nullptr, int(checks.size()));
    }
    const auto first
        = std::ranges::find_if(checks, [](const ConnectionCheck &check) { return check.error.has_value(); });
    return Words::tr("%1 of %2 checks failed, first: %3, %4.")
        .arg(failed)
        .arg(checks.size())
        .arg(shownText(first->subject, 80), stepWord(first->step));
}

} // namespace headgate
