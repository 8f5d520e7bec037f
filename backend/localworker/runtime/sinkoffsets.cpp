// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/sinkoffsets.h"

#include <set>

namespace headgate::localworker {

namespace {

std::string keyOf(const std::string &connector, const std::pair<std::string, std::int32_t> &tp)
{
    return dump(Json::array({connector, tp.first, tp.second}));
}

} // namespace

LocalSinkOffsets::LocalSinkOffsets(StateLog &log, rd_kafka_t *client)
    : m_log(log)
    , m_client(client)
{
}

void LocalSinkOffsets::restore(const StateMap &kept)
{
    for (const auto &[text, value] : kept) {
        const auto key = parseJson(text);
        if (key.is_array() && key.size() == 3 && key[0].is_string() && key[1].is_string() && key[2].is_number_integer()
            && value.is_number_integer()) {
            m_positions[key[0].get<std::string>()][{key[1].get<std::string>(), key[2].get<std::int32_t>()}]
                = value.get<std::int64_t>();
        }
    }
}

std::int64_t LocalSinkOffsets::next(const std::string &connector, const std::string &topic, int partition) const
{
    const auto mine = m_positions.find(connector);
    if (mine == m_positions.end()) {
        return 0;
    }
    const auto it = mine->second.find({topic, partition});
    return it == mine->second.end() ? 0 : it->second;
}

void LocalSinkOffsets::keep(const std::string &connector, const Positions &positions)
{
    for (const auto &[tp, next] : positions) {
        m_positions[connector][tp] = next;
        m_log.putLater(StateTopic::SinkPositions, keyOf(connector, tp), Json(next));
    }
}

QCoro::Task<RestResult<Positions>> LocalSinkOffsets::list(std::string connector, std::string)
{
    const auto mine = m_positions.find(connector);
    co_return mine == m_positions.end() ? Positions() : mine->second;
}

QCoro::Task<RestResult<void>> LocalSinkOffsets::alter(std::string connector, std::string, PositionEdits edits)
{
    const auto topics = co_await topicSizes(m_client);
    bool allKnown = true;
    for (const auto &[tp, next] : edits) {
        const auto topic = topics.find(tp.first);
        if (topic == topics.end() || tp.second < 0 || tp.second >= topic->second) {
            allKnown = false;
            continue;
        }
        if (next) {
            keep(connector, {{tp, *next}});
        } else {
            m_positions[connector].erase(tp);
            m_log.putLater(StateTopic::SinkPositions, keyOf(connector, tp), std::nullopt);
        }
    }
    if (!allKnown) {
        co_return refuse(500, "Failed to alter consumer group offsets for connector " + connector);
    }
    co_return RestResult<void>();
}

QCoro::Task<RestResult<void>> LocalSinkOffsets::reset(std::string connector, std::string)
{
    for (const auto &[tp, next] : std::exchange(m_positions[connector], {})) {
        m_log.putLater(StateTopic::SinkPositions, keyOf(connector, tp), std::nullopt);
    }
    co_return RestResult<void>();
}

} // namespace headgate::localworker
