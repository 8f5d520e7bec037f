// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/brokers.h"

namespace headgate {

std::shared_ptr<Brokers> makeBrokers(const Edges &edges, const KafkaConfig &config)
{
    if (config.bootstrap.isEmpty() || !edges.kafkaAdmin) {
        return nullptr;
    }
    auto made = std::make_shared<Brokers>();
    made->admin = edges.kafkaAdmin(config, edges.secrets);
    made->reader = edges.reader ? edges.reader(config, edges.secrets) : nullptr;
    return made;
}

QCoro::Task<> Brokers::close()
{
    if (reader) {
        co_await reader->close();
    }
    co_await admin->close();
}

} // namespace headgate
