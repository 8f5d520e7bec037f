// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"

#include <QJsonObject>

namespace headgate {

/*! `status --json`. Words and keys are stable and English; times are ISO 8601 in UTC, numbers whole; a number that is
 * not there is an object
 * {"absent": "no-data" | "not-configured" | "not-permitted", "reason"}. */
QJsonObject statusDocument(const ContextPicture &picture);

//! Why nothing is known of the brokers, also while it is only that none has answered yet; nothing where they answer, or
//! none are configured.
std::optional<Error> brokerSilence(const ContextPicture &picture);
QJsonValue brokerSilenceDocument(const ContextPicture &picture); //!< null: there is none

//! Whether the worker was heard: an answer that is not Connect's, or none yet, is none.
bool answers(const WorkerFacts &worker, const ConnectClusterFacts &cluster);

//! One problem, as in `explain --json`: cause, evidence, next step.
QJsonObject problemDocument(const Problem &problem, const ContextPicture &picture);

} // namespace headgate
