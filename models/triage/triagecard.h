// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/position.h"
#include "models/common/actionoffer.h"
#include "models/common/contextpicture.h"
#include "models/common/spans.h"

#include <QList>

namespace headgate {

//! Which problem a card is about: survives a refresh, so that the selection does.
struct CardKey
{
    ProblemKind kind = ProblemKind::TasksFailed;
    ConnectorRef connector;
    QString worker;

    bool operator==(const CardKey &) const = default;
};

//! A caption over a value, with an optional spark line.
struct CardFact
{
    QString caption;
    Spans value;
    QList<float> spark;

    bool operator==(const CardFact &) const = default;
};

//! What a button of a card does. Operate ends in a preview, everything else stays on this side.
enum class CardAct {
    LookAtRecord,
    ReadTrace,
    ProveFix,
    ReplayPast,
    OpenConnector,
    ShowConnectors,
    CopyReport,
    Operate
};
struct CardButton
{
    CardAct act = CardAct::OpenConnector;
    QString text;
    QString reason;                              //!< why it is disabled; empty = it is not
    QString note;                                //!< beside it: "will stop at the same record again"
    OperationRequest request;                    //!< Operate
    QString filter;                              //!< ShowConnectors
    std::vector<PartitionPosition> positions {}; //!< ReplayPast

    bool operator==(const CardButton &) const = default;
};

/*! One card of the board, ready to be read: sentences, no colours. The first button is the most useful safe step. Made
 * by cardOf(). */
struct TriageCard
{
    CardKey key;
    Standing tone = Standing::Failed;
    QString title;
    QString chip;
    QString since;    //!< "since 09:31:07"
    QString duration; //!< "11 min"
    Spans cause;
    std::vector<CardFact> facts;
    Spans touches;
    Spans recoveredWhen;
    std::vector<CardButton> buttons;

    QString spoken() const; //!< its sentences in order, for a screen reader
    bool operator==(const TriageCard &) const = default;
};

TriageCard cardOf(const Problem &problem, const ContextPicture &picture);

//! What somebody who takes over needs, as plain text lines; no secrets (values are masked before).
QString handOverText(const Problem &problem, const ContextPicture &picture);

} // namespace headgate
