// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/records/fixproof.h"
#include "services/replay/replayfacts.h"

#include <functional>

namespace headgate {

//! What is to be proven, and on how much.
struct ProofRequest
{
    static constexpr int usualRecords = 500, mostRecords = 10'000;

    ConnectorRef connector;
    std::vector<SettingChange> changes;
    int records = usualRecords;        //!< at most mostRecords
    std::optional<RecordPlace> around; //!< the record that failed; absent: the one that a trace names, if any does
};

//! Told after each piece that was read. Main thread.
using ProofProgress = std::function<void(int read, int wanted)>;

//! FixProofService::prove() over its sources; holds all that it needs.
Task<FixProof> readAndProve(ProofRequest request, FactSources sources, ProofProgress progress, CallOptions options);

} // namespace headgate
