// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/redriveplan.h"

namespace headgate {

enum class RedriveDriftKind {
    OtherPlatform,     //!< `then`, `now`: Kafka cluster ids
    QueueTruncated,    //!< `what` partition: its log begins at `now`, letters from `then` on were planned
    LettersGone,       //!< `what` partition: `now` letters of the plan are not there, though its log holds their place
    TopicMadeAnew,     //!< `what`: another topic id, its offsets mean other records
    TopicGone,         //!< `what`
    PartitionsChanged, //!< `what`: `then` and `now` partitions of a target
    OtherReadersChanged, //!< `what`: connectors that get the records too
    SentMeanwhile,       //!< `now` of its letters were sent by another redrive, `then` when it was planned
};
struct RedriveDrift
{
    RedriveDriftKind kind {};
    QString what, then, now;

    bool operator==(const RedriveDrift &) const = default;
};

//! What differs between the platform that a plan was made on and `now`: empty = it may run. What was not known when it
//! was made (an older plan, brokers without topic ids) is not compared. Pure.
std::vector<RedriveDrift> driftOf(const RedrivePlan &plan, const RedriveFacts &now);
//! Nothing of it means what it meant: a redrive that was interrupted must not go on either.
bool endsTheRedrive(RedriveDriftKind kind);

} // namespace headgate
