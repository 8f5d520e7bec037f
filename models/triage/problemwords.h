// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/problem.h"
#include "models/common/contextpicture.h"
#include "models/common/spans.h"

namespace headgate {

//! @{ The sentences of one card; pure. Text from outside enters plain and cut.
QString titleOf(const Problem &problem); //!< the connector's, worker's or cluster's name
QString chipOf(const Problem &problem);  //!< "Task 1 of 3 failed", "Lag grows"
Standing toneOf(const Problem &problem); //!< glyph and colour of card and chip
Spans causeOf(const Problem &problem, const ContextPicture &picture);
Spans touchesOf(const Problem &problem); //!< empty: nothing known
Spans recoveredWhenOf(
    const Problem &problem, const ContextPicture &picture); //!< with the present value, muted, at the end
//! @}

//! "a, b and c"; past `most` names "a, b and 4 more".
QString joined(const QStringList &names, int most = 4);
//! "0 and 2", "0 to 5": task numbers, runs shortened.
QString taskNumbers(const std::vector<int> &tasks);
//! "connect-eu-5" of "connect-eu-5:8083"; with its port where another worker runs on the same host.
QString workerName(const QString &workerId, const ContextPicture &picture);

} // namespace headgate
