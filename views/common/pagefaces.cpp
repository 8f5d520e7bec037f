// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/pagefaces.h"

#include "views/common/banner.h"

namespace headgate {

StateLook lookOf(PageState state)
{
    switch (state) {
    case PageState::Loading:
        return lookOf(Standing::Restarting);
    case PageState::Normal:
    case PageState::Empty:
        return lookOf(Standing::Running);
    case PageState::Old:
        return staleLook();
    case PageState::Unreachable:
    case PageState::WorkerLost:
        return lookOf(Standing::Unreachable);
    case PageState::NotPermitted:
        return {QStringLiteral("mode-guarded"), {}, Tone::Stopped};
    case PageState::LoginRefused:
        return {QStringLiteral("mode-guarded"), {}, Tone::Fail};
    case PageState::Failing:
        return lookOf(Standing::Failed);
    case PageState::Starting:
        return {QStringLiteral("state-restarting"), {}, Tone::Warn};
    case PageState::BrokersLost:
        return lookOf(Standing::Degraded);
    }
    return {};
}

void showFace(Banner *banner, const PageFace &face)
{
    banner->setVisible(!face.strong.isEmpty());
    if (!face.strong.isEmpty()) {
        banner->say(lookOf(face.state), face.strong, face.sentence, face.remedyText);
    }
}

} // namespace headgate
