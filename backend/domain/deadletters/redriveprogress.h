// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/redriveplan.h"
#include "domain/operations/operation.h"

namespace headgate {

//! @{ Words of a redrive's records in the operations log. Each is on disk as begun before it has an effect.
constexpr auto redriveEnds = "note-ends"; //!< data: ends of the targets before anything is sent
constexpr auto redriveBatch = "send";     //!< data: what was sent where, once it is known
//! @}

struct SentRecord
{
    RecordAt from, to;

    bool operator==(const SentRecord &) const = default;
};

//! A redrive as its records tell it.
struct RedriveProgress
{
    RedrivePlan plan;
    std::vector<RecordAt> ends; //!< of the targets' partitions, before anything was sent
    bool endsNoted = false;
    std::vector<SentRecord> sent; //!< proven
    size_t begun = 0;             //!< items of the plan from the front that were begun to be sent

    bool operator==(const RedriveProgress &) const = default;
};
//! Begun and not proven: whether they are in their targets is not known.
std::vector<RecordAt> maybeSent(const RedriveProgress &progress);
//! InvalidInput: no redrive, or its plan cannot be read.
Result<RedriveProgress> redriveProgress(const Operation &operation);

//! @{ Data of its records.
QByteArray placesText(const std::vector<RecordAt> &places);
QByteArray sentText(size_t begun, const std::vector<SentRecord> &sent);
//! @}

} // namespace headgate
