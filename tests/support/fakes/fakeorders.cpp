// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeorders.h"

namespace headgate {

FakeConnector &addOrders(FakeEdges &world)
{
    const auto topic = QStringLiteral("orders");
    world.kafka->addTopic(topic, {1000, 2000, 3000});
    world.kafka->topicIds[topic] = QStringLiteral("first-id");
    auto &made = world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING", "RUNNING"});
    world.cluster().kafka = world.kafka;
    made.info.config.emplace_back(QStringLiteral("topics"), topic);
    made.topics = {topic};
    made.offsets = {ordersEntry(0, 1000), ordersEntry(1, 2000), ordersEntry(2, 3000)};
    const auto group = QStringLiteral("connect-orders");
    world.kafka->groups[group] = {.group = group,
        .state = QStringLiteral("Stable"),
        .members = {{.memberId = QStringLiteral("m"), .clientId = QStringLiteral("connector-consumer-orders-0")}}};
    return made;
}

ConnectorOffset ordersEntry(int partition, std::int64_t offset)
{
    return {"{\"kafka_partition\":" + QByteArray::number(partition) + ",\"kafka_topic\":\"orders\"}",
        "{\"kafka_offset\":" + QByteArray::number(qint64(offset)) + '}'};
}

} // namespace headgate
