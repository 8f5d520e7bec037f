// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayplan.h"

namespace headgate {

//! A running sink "orders" with two partitions of one topic: log 100..1000, committed at 900 and 800.
struct ReplayScene
{
    ContextConfig context;
    ReplayFacts facts;
    ReplayRequest request;

    ReplayScene()
    {
        context.name = QStringLiteral("eu-prod");
        auto &operation = facts.operation;
        operation.context = &context;
        operation.serverVersion = QStringLiteral("4.1.0");
        operation.status.name = QStringLiteral("orders");
        operation.status.type = ConnectorType::Sink;
        operation.status.connector = parseState(QStringLiteral("RUNNING"));
        operation.status.tasks = {{.id = 0, .state = parseState(QStringLiteral("RUNNING"))}};
        operation.info = ConnectorInfo {.name = QStringLiteral("orders"),
            .type = ConnectorType::Sink,
            .config = {{QStringLiteral("connector.class"), QStringLiteral("io.confluent.connect.s3.S3SinkConnector")},
                {QStringLiteral("s3.bucket.name"), QStringLiteral("lake-eu")}}};
        facts.brokersKnown = true;
        facts.group = GroupDescription {.group = QStringLiteral("connect-orders"), .state = QStringLiteral("Stable")};
        facts.group->members = {{.clientId = QStringLiteral("connector-consumer-orders-0")}};
        facts.kafkaClusterId = QStringLiteral("cluster-1");
        facts.topics = {{.name = QStringLiteral("orders"), .id = QStringLiteral("topic-1"), .partitions = 2}};
        facts.partitions = {{.tp = tp(0), .committed = 900, .start = 100, .end = 1000},
            {.tp = tp(1), .committed = 800, .start = 100, .end = 1000}};
        facts.sizes = SizeSample {.records = 100, .meanBytes = 50, .standardError = 1};
        facts.recordsPerSecond = 10;
        request.connector.name = QStringLiteral("orders");
    }
    ReplayScene(const ReplayScene &) = delete;
    ReplayScene &operator=(const ReplayScene &) = delete;

    static TopicPartition tp(int partition) { return {QStringLiteral("orders"), partition}; }
    //! A running source with one entry in its offset document.
    void becomeSource(const char *className, const char *partition, const char *offset)
    {
        facts.operation.status.type = ConnectorType::Source;
        facts.operation.info->type = ConnectorType::Source;
        facts.operation.info->config = {{QStringLiteral("connector.class"), QString::fromLatin1(className)}};
        facts.offsets = {{partition, offset}};
        facts.partitions.clear();
        facts.topics.clear();
    }
    Result<ReplayPlan> plan() const { return planReplay(request, facts); }
    std::vector<ConnectorOffset> positions(std::vector<std::optional<std::int64_t>> offsets) const
    {
        std::vector<ConnectorOffset> found;
        for (size_t i = 0; i < offsets.size(); ++i) {
            found.push_back(sinkOffset({tp(int(i)), offsets[i]}));
        }
        return found;
    }
};

inline bool warns(const ReplayPlan &plan, PlanWarningKind kind)
{
    return std::ranges::find(plan.warnings, kind, &PlanWarning::kind) != plan.warnings.end();
}

} // namespace headgate
