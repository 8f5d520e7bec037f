// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "domain/triage/problem.h"
#include "domain/triage/snapshot.h"
#include "models/common/numberformat.h"

namespace headgate {

/*! All that a page of one context shows, as one value: view models take it by their one entrance and never ask a
 * service back. Cheap to copy: the big parts are shared and immutable. */
struct ContextPicture
{
    ContextConfig context;
    Mode mode = Mode::ReadOnly;
    SnapshotPtr snapshot;                                     //!< nullptr or generation 0: nothing known yet
    std::shared_ptr<const std::vector<Problem>> problems;     //!< worst first; nullptr = none
    std::shared_ptr<const std::vector<Operation>> operations; //!< newest first; nullptr = none
    Instant wellSince {};                                     //!< epoch: there is a problem, or nothing is known
    Instant now {};
    Monotonic monotonicNow {};
    Monotonic askedSince {}; //!< since when this context is looked at; for waiting times
    TriagePolicy policy;
    Milliseconds tick {2000};

    bool isKnown() const { return snapshot && snapshot->generation > 0; }
    Freshness freshness() const { return {now, tick * policy.missedPollsUntilStale}; }
};

//! nullptr: no such connector in the picture.
const ConnectorFacts *findConnector(const ContextPicture &picture, const ConnectorRef &ref);
const ConnectClusterFacts *findCluster(const ContextPicture &picture, const ClusterName &name);

} // namespace headgate
