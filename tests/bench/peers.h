// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate::bench {

//! What a tool's way of asking costs against the same worker.
struct PeerRun
{
    double milliseconds = 0;
    int requests = 0;
    bool complete = false; //!< every connector was answered
};

/*! The request shapes of other tools, as read from their sources, on Qt's network with nothing parsed or drawn: a lower
 * bound for them. kcctl `get connectors`: the names, then the status of each, one after the other. */
PeerRun askLikeKcctl(const QString &url);
//! kafka-ui's connectors page: one expanded listing, then the topics of each connector over six connections.
PeerRun askLikeKafkaUi(const QString &url);

} // namespace headgate::bench
