// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/pagefaces.h"

#include "views/common/banner.h"
#include "views/common/page.h"

#include <QClipboard>
#include <QGuiApplication>

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

void remedy(Page &page, const PageFace &face)
{
    switch (face.remedy) {
    case PageRemedy::None:
        break;
    case PageRemedy::AskAgain:
        Q_EMIT page.askAgain();
        break;
    case PageRemedy::OpenContexts:
        Q_EMIT page.goTo({.page = PageId::Contexts});
        break;
    case PageRemedy::CopyRequest:
        QGuiApplication::clipboard()->setText(face.detail);
        Q_EMIT page.said(Page::tr("Request copied."));
        break;
    case PageRemedy::ShowWorker:
        Q_EMIT page.goTo({.page = PageId::Connectors, .filter = face.detail});
        break;
    }
}

} // namespace headgate
