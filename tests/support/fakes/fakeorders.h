// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakes/fakeedges.h"

namespace headgate {

//! The sink "orders" on the cluster "main", with brokers: it has read its three partitions to their ends (1000, 2000,
//! 3000).
FakeConnector &addOrders(FakeEdges &world);
//! An entry of its offset document.
ConnectorOffset ordersEntry(int partition, std::int64_t offset);

} // namespace headgate
