// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statelook.h"

#include "models/common/showntext.h"
#include "models/common/standingword.h"

#include <QCoreApplication>

namespace headgate {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("StateLook", text);
}

} // namespace

StateLook lookOf(Standing standing)
{
    const auto word = standingWord(standing);
    switch (standing) {
    case Standing::Failed:
        return {QStringLiteral("state-failed"), word, Tone::Fail};
    case Standing::Unreachable:
        return {QStringLiteral("state-unreachable"), word, Tone::Unknown};
    case Standing::Degraded:
        return {QStringLiteral("state-degraded"), word, Tone::Warn};
    case Standing::Unassigned:
        return {QStringLiteral("state-unassigned"), word, Tone::Warn};
    case Standing::Lagging:
        return {QStringLiteral("lag"), word, Tone::Warn};
    case Standing::Restarting:
        return {QStringLiteral("state-restarting"), word, Tone::Accent};
    case Standing::Unknown:
        return {QStringLiteral("state-unknown"), word, Tone::Unknown};
    case Standing::Paused:
        return {QStringLiteral("state-paused"), word, Tone::Paused};
    case Standing::Stopped:
        return {QStringLiteral("state-stopped"), word, Tone::Stopped};
    case Standing::Running:
        return {QStringLiteral("state-running"), word, Tone::Ok};
    }
    Q_UNREACHABLE();
}

StateLook lookOf(const State &state)
{
    switch (state.run) {
    case RunState::Running:
        return lookOf(Standing::Running);
    case RunState::Paused:
        return lookOf(Standing::Paused);
    case RunState::Stopped:
        return lookOf(Standing::Stopped);
    case RunState::Failed:
        return lookOf(Standing::Failed);
    case RunState::Unassigned:
        return lookOf(Standing::Unassigned);
    case RunState::Restarting:
        return lookOf(Standing::Restarting);
    case RunState::Unknown:
        break;
    }
    auto look = lookOf(Standing::Unknown);
    if (!state.raw.isEmpty()) {
        look.word = shownText(state.raw, 40);
    }
    return look;
}

StateLook lookOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Confirmed:
        return {QStringLiteral("check"), tr(QT_TRANSLATE_NOOP("StateLook", "Confirmed")), Tone::Ok};
    case Outcome::Refused:
        return {QStringLiteral("state-degraded"), tr(QT_TRANSLATE_NOOP("StateLook", "Refused")), Tone::Warn};
    case Outcome::Failed:
        return {QStringLiteral("state-failed"), tr(QT_TRANSLATE_NOOP("StateLook", "Failed")), Tone::Fail};
    case Outcome::Unknown:
        return {QStringLiteral("state-unknown"), tr(QT_TRANSLATE_NOOP("StateLook", "Outcome unknown")), Tone::Unknown};
    }
    Q_UNREACHABLE();
}

StateLook staleLook()
{
    return {QStringLiteral("state-stale"), tr(QT_TRANSLATE_NOOP("StateLook", "Stale")), Tone::Stale};
}

StateLook lookOf(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return {QStringLiteral("env-development"), environmentWord(environment), Tone::Neutral};
    case Environment::Staging:
        return {QStringLiteral("env-staging"), environmentWord(environment), Tone::Neutral};
    case Environment::Production:
        return {QStringLiteral("env-production"), environmentWord(environment), Tone::Neutral};
    }
    Q_UNREACHABLE();
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return tr(QT_TRANSLATE_NOOP("StateLook", "DEVELOPMENT"));
    case Environment::Staging:
        return tr(QT_TRANSLATE_NOOP("StateLook", "STAGING"));
    case Environment::Production:
        return tr(QT_TRANSLATE_NOOP("StateLook", "PRODUCTION"));
    }
    Q_UNREACHABLE();
}

StateLook lookOf(Mode mode)
{
    switch (mode) {
    case Mode::ReadOnly:
        return {QStringLiteral("mode-read-only"), tr(QT_TRANSLATE_NOOP("StateLook", "Read-only")), Tone::Neutral};
    case Mode::Guarded:
        return {QStringLiteral("mode-guarded"), tr(QT_TRANSLATE_NOOP("StateLook", "Guarded")), Tone::Neutral};
    case Mode::Armed:
        return {QStringLiteral("mode-armed"), tr(QT_TRANSLATE_NOOP("StateLook", "Armed")), Tone::Warn};
    }
    Q_UNREACHABLE();
}

} // namespace headgate
