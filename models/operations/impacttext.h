// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

namespace headgate {

//! @{ What an act reaches beyond its connector. Plain texts, translated.
//! "2 other connectors share its workers, topics or group. Behind them: billing-db. Teams: Billing."
QString blastSummary(const BlastRadius &radius);
//! One for each of them: "orders-s3-sink: worker connect-1:8083 (task 0), topic orders".
QStringList blastLines(const BlastRadius &radius);
/*! Beside a replay, caption and sentence each: who shares the consumer group and moves too, who shares topics and
 * stays where it is, how many run on the same workers. */
std::vector<std::pair<QString, QString>> besideReplay(const BlastRadius &radius);
//! @}

//! "orders-0 @ 1,000, orders-1 @ 2,000 and 3 more"; why it is not known.
QString positionsText(const StopFacts &facts);

} // namespace headgate
