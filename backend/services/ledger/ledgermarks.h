// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/ledgerperiod.h"
#include "domain/triage/snapshot.h"

namespace headgate {

//! @{ What a picture, a look or a worker's answer gives to a mark of the ledger.
std::optional<std::vector<MarkedPosition>> deadLettersOf(const ConnectorFacts &row);
QStringList absentTopicsOf(const ConnectorFacts &row); //!< of a source
std::vector<MarkedPosition> positionsOf(const PositionSight &sight);
std::vector<MarkedPosition> positionsOf(const std::vector<ConnectorOffset> &entries); //!< of a sink
//! @}
PositionSight sightOf(const ConnectorFacts &row); //!< not at rest: that is for who follows it
PositionSight sightOf(const PeriodMark &mark);
//! Both looks saw the same positions.
bool stands(const PositionSight &a, const PositionSight &b);

} // namespace headgate
