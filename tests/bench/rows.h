// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/benchreport.h"

namespace headgate::bench {

std::vector<Row>
refreshRows(); //!< PB-01, PB-18: one cluster of 1,000 connectors with 8 tasks, 10 ms latency; and the peers' shapes
std::vector<Row> manyClusterRows(); //!< PB-04: 24 clusters, one hung, one refusing
std::vector<Row> stallRows();       //!< PB-28: the longest turn of the GUI thread while workers fail
std::vector<Row> workerRows();      //!< PB-27: the local worker's start and memory

} // namespace headgate::bench
