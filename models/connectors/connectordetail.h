// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/actionoffer.h"
#include "models/triage/evidence.h"

namespace headgate {

struct TaskLine
{
    int id = 0;
    State state;
    QString worker; //!< host, plain
    NumberText lag;
    bool restartable = false; //!< failed: "Restart task n..." is offered
    QString trace;            //!< raw

    bool operator==(const TaskLine &) const = default;
};

//! The block on top of the pane, only where something is wrong.
struct ErrorBlock
{
    Standing tone = Standing::Failed;
    QString title; //!< "Task 1 failed 11 min ago"
    Spans cause;
    QString record; //!< where the record behind it is, or why that is not known; empty: there is none
    QString advice;
    std::vector<ActionOffer> offers; //!< the next steps, with what is known against them
    QString trace;                   //!< raw, for the trace dialog; empty = none

    bool operator==(const ErrorBlock &) const = default;
};

/*! Everything the pane of one connector shows that the picture already holds; errors first. Plain texts, configuration
 * masked. */
struct ConnectorDetail
{
    ConnectorRef ref;
    QString title;
    QString subtitle; //!< "JdbcSinkConnector 10.7.4 on connect-eu · owner Billing"
    ConnectorType type = ConnectorType::Unknown;
    Standing standing = Standing::Unknown;
    QString stateWord;    //!< the worker's own word where the standing is Unknown
    bool deleted = false; //!< it was here and is not listed any more
    std::optional<ErrorBlock> error;
    std::vector<std::pair<QString, NumberText>> figures;
    std::vector<TaskLine> tasks;
    std::vector<FlowHop> flow;
    std::vector<std::pair<QString, QString>> facts;  //!< caption, value
    std::vector<std::pair<QString, QString>> config; //!< key, masked value
    QString configAge;
    std::vector<EvidenceEvent> history; //!< oldest first
    std::vector<ActionOffer> offers;

    bool operator==(const ConnectorDetail &) const = default;
};

ConnectorDetail detailOf(const ConnectorFacts &facts, const ContextPicture &picture);

//! Sum of the lags of the partitions which the group gave to this task; absent where no member speaks for it.
Observed<std::int64_t> taskLag(const ConnectorFacts &facts, int task);

} // namespace headgate
