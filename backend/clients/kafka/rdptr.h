// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>

namespace headgate::rd {

template <auto destroy> struct Deleter
{
    template <class T> void operator()(T *pointer) const { destroy(pointer); }
};
template <class T, auto destroy> using Owned = std::unique_ptr<T, Deleter<destroy>>;

// librdkafka's objects, owned. All are destroyed before the rd_kafka_t they came from.
using Conf = Owned<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using Queue = Owned<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using Event = Owned<rd_kafka_event_t, rd_kafka_event_destroy>;
using AdminOptions = Owned<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using PartitionList = Owned<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;
using GroupOffsets = Owned<rd_kafka_ListConsumerGroupOffsets_t, rd_kafka_ListConsumerGroupOffsets_destroy>;
using ConfigResource = Owned<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;
using TopicCollection = Owned<rd_kafka_TopicCollection_t, rd_kafka_TopicCollection_destroy>;
using Topic = Owned<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using ErrorObject = Owned<rd_kafka_error_t, rd_kafka_error_destroy>;

struct MetadataDeleter
{
    void operator()(const struct rd_kafka_metadata *metadata) const { rd_kafka_metadata_destroy(metadata); }
};
using Metadata = std::unique_ptr<const struct rd_kafka_metadata, MetadataDeleter>;

} // namespace headgate::rd
