// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/groupsinkoffsets.h"

namespace headgate::localworker {

namespace {

RestResult<void> resultOf(const AdminAnswer &answer, const std::string &how, const std::string &connector)
{
    const auto failed = "Failed to " + how + " consumer group offsets for connector " + connector;
    switch (answer.fault) {
    case AdminFault::None:
        return {};
    case AdminFault::Other:
        return refuse(500, failed);
    case AdminFault::GroupNotEmpty:
        break;
    }
    return refuse(500,
        failed
            + " either because its tasks haven't stopped completely yet or the connector was resumed before the "
              "request to "
            + how
            + " its offsets could be successfully completed. If the connector is in a stopped state, this operation "
              "can be safely retried. "
              "If it doesn't eventually succeed, the Connect cluster may need to be restarted to get rid of the zombie "
              "sink tasks.");
}

} // namespace

QCoro::Task<RestResult<Positions>> GroupSinkOffsets::list(std::string connector, std::string group)
{
    auto found = co_await committedOffsets(m_client, group);
    if (!found) {
        co_return refuse(500, "Failed to retrieve consumer group offsets for sink connector " + connector);
    }
    co_return std::move(*found);
}

QCoro::Task<RestResult<void>> GroupSinkOffsets::alter(std::string connector, std::string group, PositionEdits edits)
{
    // librdkafka refuses a negative partition before it is sent; a broker would not know it either.
    const auto unknown = std::erase_if(edits, [](const auto &edit) { return edit.first.second < 0; });
    auto answer = edits.empty() ? AdminAnswer {} : co_await alterOffsets(m_client, group, std::move(edits));
    if (unknown > 0 && answer.fault == AdminFault::None) {
        answer.fault = AdminFault::Other;
    }
    co_return resultOf(answer, "alter", connector);
}

QCoro::Task<RestResult<void>> GroupSinkOffsets::reset(std::string connector, std::string group)
{
    const auto answer = co_await deleteGroup(m_client, group);
    co_return resultOf(answer, "reset", connector);
}

} // namespace headgate::localworker
