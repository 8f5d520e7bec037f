// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/historylane.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kUntilNames = 1s; // the first list of connectors has not come yet
constexpr Milliseconds kDeadline = 20s;

} // namespace

HistoryLane::HistoryLane(const std::vector<ConnectClusterConfig> &clusters, KafkaAdmin &admin, RecordReader &reader,
    Names names, std::shared_ptr<Clock> clock, Milliseconds every)
    : m_names(std::move(names))
    , m_clock(std::move(clock))
    , m_every(every)
{
    for (const auto &cluster : clusters) {
        const HistoryReader::Topics topics {cluster.statusTopic, cluster.configTopic};
        m_followed.push_back({cluster.name, std::make_unique<HistoryReader>(admin, reader, topics)});
    }
}

HistoryLane::~HistoryLane()
{
    Q_ASSERT(!m_loop || m_loop->isReady());
}

void HistoryLane::start()
{
    m_loop.emplace(run());
}

void HistoryLane::setVisible(bool visible)
{
    if (visible && !m_visible) {
        m_pause.cut();
    }
    m_visible = visible;
}

QCoro::Task<> HistoryLane::run()
{
    while (!m_stop.stop_requested()) {
        const bool known
            = std::ranges::any_of(m_followed, [this](const auto &each) { return !m_names(each.cluster).isEmpty(); });
        if (m_visible && known) {
            co_await followAll();
        }
        if (m_stop.stop_requested()) {
            break;
        }
        co_await m_pause.wait(m_clock, known ? m_every : kUntilNames);
    }
}

QCoro::Task<> HistoryLane::followAll()
{
    bool any = false;
    for (auto &each : m_followed) {
        const auto names = m_names(each.cluster);
        if (names.isEmpty()) {
            continue;
        }
        const auto followed = co_await each.reader->follow(names, {.deadline = kDeadline, .stop = m_stop.get_token()});
        if (m_stop.stop_requested()) {
            co_return;
        }
        if (followed) {
            each.readAt = m_clock->now();
            any = any || *followed;
        }
    }
    if (any) {
        Q_EMIT changed();
    }
}

ConnectorTimes HistoryLane::timesOf(const ClusterName &cluster, const ConnectorStatus &status) const
{
    const auto followed = std::ranges::find(m_followed, cluster, &Followed::cluster);
    if (followed == m_followed.end() || followed->readAt == Instant {}) {
        return {};
    }
    const auto &history = followed->reader->history();
    ConnectorTimes times {.changed = history.changed(status.name), .readAt = followed->readAt};
    // The youngest change of connector and tasks is since when all of it stands so; older news of another state say
    // nothing.
    const auto take = [&](std::optional<int> task, const State &state) {
        const auto known = history.state(status.name, task);
        const auto since = known && *known == state ? history.since(status.name, task) : std::nullopt;
        return since;
    };
    std::optional<Instant> youngest = take(std::nullopt, status.connector);
    for (const auto &task : status.tasks) {
        const auto since = take(task.id, task.state);
        youngest = youngest && since ? std::optional(std::max(*youngest, *since)) : std::nullopt;
    }
    times.since = youngest;
    return times;
}

QCoro::Task<> HistoryLane::close()
{
    m_stop.request_stop();
    m_pause.end();
    if (m_loop) {
        co_await *m_loop;
    }
}

} // namespace headgate
