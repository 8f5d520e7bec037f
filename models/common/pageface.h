// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"

namespace headgate {

//! How a page stands as a whole. Each has its own look and words, so that none is taken for another.
enum class PageState {
    Loading, //!< nothing known yet, somebody is being asked
    Normal,
    Empty,        //!< the clusters answer; there is no connector
    Old,          //!< a picture from disk or from before several missed polls
    Unreachable,  //!< no worker of a cluster answers
    NotPermitted, //!< answered, but this login may not see it
    LoginRefused,
    Failing,     //!< answered something that cannot be used
    Starting,    //!< answers, its lists are not to be believed yet
    WorkerLost,  //!< one worker is away: what it ran is shown as it was
    BrokersLost, //!< Connect answers, its brokers do not
};

//! What the one banner of a page can offer.
enum class PageRemedy { None, AskAgain, OpenContexts, CopyRequest, ShowWorker };

/*! The face of a page: its state and the one banner above the content (none when `strong` is empty). Plain texts. */
struct PageFace
{
    PageState state = PageState::Normal;
    QString strong; //!< first clause
    QString sentence;
    PageRemedy remedy = PageRemedy::None;
    QString remedyText;
    QString detail; //!< CopyRequest: the text to hand to the owner; ShowWorker: the filter that shows what it ran

    bool operator==(const PageFace &) const = default;
};

/*! The worst thing that holds for the whole page; pure. A lost worker is named with the time its tasks may be shown as
 * running: session time-out 10 s plus scheduled.rebalance.max.delay.ms, 5 min by Connect's default (KIP-415). */
PageFace pageFace(const ContextPicture &picture);

//! Connect's defaults: a killed worker's tasks read RUNNING for this long at most.
constexpr Milliseconds reassignmentDelay {310'000};

} // namespace headgate
