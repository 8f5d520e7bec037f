// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/benchreport.h"

namespace headgate::bench {

//! PB-01, PB-18: one cluster of 1,000 connectors with 8 tasks, 10 ms latency; and the peers' shapes.
std::vector<Row> refreshRows();
std::vector<Row> manyClusterRows(); //!< PB-04: 24 clusters, one hung, one refusing
std::vector<Row> brokerRows();      //!< PB-05: end offsets of 10,000 partitions; and the peers' shapes
std::vector<Row> startRows();       //!< PB-13, PB-26, start to interactive, memory of the sandbox: the real program
std::vector<Row> actionRows();      //!< PB-17: from the intent on disk to the request on the wire
std::vector<Row> workerRows();      //!< PB-27: the local worker's start and memory
std::vector<Row> replayRows();      //!< a replay on real Connect against the bare calls it is made of
std::vector<Row> stallRows();       //!< PB-28: the longest turn of the GUI thread while workers fail

} // namespace headgate::bench
