// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "models/common/spans.h"

#include <QStringList>

namespace headgate {

//! One box of the way records take; the hop before it may be broken.
struct FlowHop
{
    enum class Kind { Topic, Connector, System, Worker } kind = Kind::Topic;
    QString caption;
    QString name;
    std::optional<Standing> tone; //!< nullopt: nothing to say
    bool brokenBefore = false;

    bool operator==(const FlowHop &) const = default;
};

//! A moment of the story: "09:33:52", "Failed again".
struct EvidenceEvent
{
    QString time;
    QString what;

    bool operator==(const EvidenceEvent &) const = default;
};

/*! What stands behind a card: flow, first cause in the trace, the record, what happened, who owns it. Plain texts, no
 * colours. */
struct Evidence
{
    std::vector<FlowHop> flow;
    std::vector<Spans> trace; //!< the chain, outermost first, the first cause as TextRole::Fail and strong
    QString advice;
    QString recordPlace;
    QString recordHow;
    QStringList record;
    std::vector<EvidenceEvent> events;              //!< oldest first
    std::vector<std::pair<QString, QString>> owner; //!< caption, value
    QString rawTrace;

    bool operator==(const Evidence &) const = default;
};

Evidence evidenceOf(const Problem &problem, const ContextPicture &picture);

//! topic -> connector -> system for a sink, the reverse for a source.
std::vector<FlowHop> flowOf(const ConnectorFacts &facts);
//! The chain of causes, a line each, indented; at most `most` lines around the first cause.
std::vector<Spans> traceLines(const TraceExplanation &trace, int most = 6);
//! Operations on one connector and its last change of state, oldest first, at most `most`.
std::vector<EvidenceEvent> eventsOf(const ConnectorRef &ref, const ContextPicture &picture, int most = 6);
//! Owner, contact, system, rollback owner, last change; "no owner known" where nothing says.
std::vector<std::pair<QString, QString>> ownerFacts(const ConnectorFacts &facts, const ContextPicture &picture);

} // namespace headgate
