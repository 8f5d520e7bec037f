// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/kafkalibrary.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <memory>

namespace headgate {

KafkaLibrary kafkaLibrary()
{
    const std::unique_ptr<rd_kafka_conf_t, decltype(&rd_kafka_conf_destroy)> conf(
        rd_kafka_conf_new(), rd_kafka_conf_destroy);
    std::array<char, 512> features {};
    auto size = features.size();
    const bool known = rd_kafka_conf_get(conf.get(), "builtin.features", features.data(), &size) == RD_KAFKA_CONF_OK;
    return {QString::fromLatin1(rd_kafka_version_str()), known ? QString::fromLatin1(features.data()) : QString()};
}

} // namespace headgate
