// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "domain/triage/problem.h"
#include "domain/triage/snapshot.h"

/*! The cast of all tests and pictures: one believable platform, eu-prod, on the morning of 10 March 2026. Values only,
 * the same on every machine. Its states and numbers are those of the design's pictures, so that a picture can be laid
 * beside them. */
namespace headgate::cast {

Instant now();               //!< 2026-03-10 09:42:18 UTC: the moment all these pictures were taken
Instant at(const char *iso); //!< "2026-03-10T09:31:07Z"

ContextConfig context();
//! 22 connectors, 60 tasks: 47 running, 9 unassigned (a worker is gone), 3 paused, 1 failed; one stale lag, one
//! stopped.
PlatformSnapshot snapshot();
//! invoices-jdbc-sink (a record does not fit), clickstream-http-sink (lag grows), connect-eu-3 (unreachable).
std::vector<Problem> problems();
//! Pausing loyalty-redis-sink (confirmed), restarting task 1 of invoices-jdbc-sink (failed), newest first.
std::vector<Operation> operations();
//! The trace of invoices-jdbc-sink, task 1.
QString invoicesTrace();

//! Clusters answer, nobody has made a connector yet.
PlatformSnapshot emptyPlatform();
//! Every connector of the cast runs, every worker is healthy.
PlatformSnapshot wellPlatform();
//! No worker of connect-eu answers; the rows are what was seen last, two minutes ago.
PlatformSnapshot unreachablePlatform();
//! The last-known picture from disk: nothing has been asked yet, six minutes old.
PlatformSnapshot stalePlatform();
//! Connect answers 403: whoever asks may see nothing.
PlatformSnapshot forbiddenPlatform();
//! `count` connectors, about one in fifty in trouble; the same for the same count.
PlatformSnapshot manyConnectors(int count);
//! `count` failed sinks of the same cause, so that a board has to fold them.
std::vector<Problem> manyProblems(int count);
//! Names from hell: markup, right-to-left marks, control characters, slash, blanks.
std::vector<QString> hostileNames();

} // namespace headgate::cast
