// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/edges.h"

namespace headgate {

//! The brokers of one context as one service sees them. GUI thread; shared with what runs on them.
struct Brokers
{
    std::shared_ptr<KafkaAdmin> admin;
    std::shared_ptr<RecordReader> reader;          //!< may be null
    std::optional<KafkaCapabilities> capabilities; //!< once they were probed

    QCoro::Task<> close();
};
//! Nothing where none are configured.
std::shared_ptr<Brokers> makeBrokers(const Edges &edges, const KafkaConfig &config);

} // namespace headgate
