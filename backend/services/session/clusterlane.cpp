// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/clusterlane.h"

#include "common/offload.h"
#include "domain/connectors/connectversion.h"
#include "domain/connectors/secrets.h"
#include "services/session/statuslist.h"

#include <QRandomGenerator>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace headgate {

namespace {

constexpr qint64 kPoolTraceSize = 64 * 1024;
constexpr size_t kPoolConnectors = 1500;
constexpr Milliseconds kGoneShown {10'000};
constexpr Milliseconds kChangingShown {6000}; // a rebalance leaves UNASSIGNED for 0.1 to 2 s

QStringList namedTopics(const ConfigMap &config)
{
    QStringList topics;
    for (const auto &key : {QStringLiteral("topics"), QStringLiteral("topic"), QStringLiteral("kafka.topic")}) {
        if (const auto *value = findConfig(config, key)) {
            for (const auto &topic : value->split(QLatin1Char(','), Qt::SkipEmptyParts)) {
                topics << topic.trimmed();
            }
        }
    }
    topics.removeDuplicates();
    return topics;
}

QHash<QString, KnownInfo> knownInfos(const std::vector<ConnectorInfo> &infos)
{
    QHash<QString, KnownInfo> known;
    known.reserve(qsizetype(infos.size()));
    for (const auto &info : infos) {
        known.insert(info.name, knownInfo(info));
    }
    return known;
}

} // namespace

KnownInfo knownInfo(const ConnectorInfo &raw)
{
    KnownInfo known {.info = raw, .configHash = configHash(raw.config), .topics = namedTopics(raw.config)};
    known.info.config = masked(raw.config);
    const auto *group = findConfig(raw.config, QStringLiteral("consumer.override.group.id"));
    known.group = group ? *group : QStringLiteral("connect-") + raw.name;
    const auto *deadLetters = findConfig(raw.config, QStringLiteral("errors.deadletterqueue.topic.name"));
    known.deadLetterTopic = deadLetters ? *deadLetters : QString();
    return known;
}

ClusterLane::ClusterLane(
    ClusterName name, std::unique_ptr<ConnectClient> client, std::shared_ptr<Clock> clock, Pace pace)
    : m_name(std::move(name))
    , m_client(std::move(client))
    , m_clock(std::move(clock))
    , m_pace(pace)
{
    m_facts.name = m_name;
    const auto anyConnector = [this] {
        return m_statuses && !m_statuses->empty() ? m_statuses->front().name : QString();
    };
    for (const auto &url : m_client->workerUrls()) {
        m_watches.push_back(std::make_unique<WorkerWatch>(url, *m_client, m_clock, m_pace.health, anyConnector));
        connect(m_watches.back().get(), &WorkerWatch::changed, this, [this, watch = m_watches.back().get()] {
            const bool answers = watch->facts().health.health != WorkerHealth::Unreachable;
            if (m_doubtSince && answers) {
                m_pause.cut(); // the answer may end the doubt: look again now
            }
            Q_EMIT changed();
        });
    }
}

ClusterLane::~ClusterLane()
{
    Q_ASSERT(!m_loop || m_loop->isReady());
}

void ClusterLane::start()
{
    m_lastGood = m_clock->monotonic(); // polls are missed from now on
    m_loop.emplace(run());
    for (const auto &watch : m_watches) {
        watch->setVisible(m_visible);
        watch->start();
    }
}

void ClusterLane::setVisible(bool visible)
{
    if (visible == m_visible) {
        return;
    }
    m_visible = visible;
    for (const auto &watch : m_watches) {
        watch->setVisible(visible);
    }
    if (visible) {
        m_pause.cut();
    }
}

void ClusterLane::pollNow()
{
    m_infoWanted = true;
    m_pause.cut();
}

QCoro::Task<> ClusterLane::run()
{
    while (!m_stop.stop_requested()) {
        const auto begin = m_clock->monotonic();
        co_await poll();
        if (m_stop.stop_requested()) {
            break;
        }
        const auto spent = m_clock->monotonic() - begin;
        co_await m_pause.wait(m_clock, std::max(Milliseconds(0), nextDelay() - spent));
    }
}

QCoro::Task<> ClusterLane::poll()
{
    auto listing = co_await m_client->fetchStatuses(options());
    if (m_stop.stop_requested()) {
        co_return;
    }
    if (!listing) {
        fail(listing.error());
        co_return;
    }
    if (!isBelieved(*listing)) {
        Q_EMIT changed();
        co_return;
    }
    co_await take(std::move(*listing));
    if (!m_visible || m_stop.stop_requested()) {
        co_return;
    }
    const bool infoDue = m_infoWanted || !m_infoAt || m_clock->monotonic() - *m_infoAt >= m_pace.infoEvery;
    if (m_serverWanted) {
        co_await pollServer();
    }
    if (infoDue && !m_stop.stop_requested()) {
        co_await pollInfos();
    }
}

QCoro::Task<> ClusterLane::pollServer()
{
    m_serverWanted = false;
    const auto server = co_await m_client->fetchServerInfo(options());
    if (!server || m_stop.stop_requested()) {
        co_return;
    }
    const auto source = m_facts.workers.empty() ? m_name.text : m_facts.workers.front().address;
    m_facts.server = Observed<ServerInfo>::of(*server, m_clock->now(), source);
    const auto since = [&](int major, int minor) {
        return isAtLeast(server->version, major, minor);
    };
    m_facts.restartFlags = since(3, 0); // KIP-745
    m_facts.stop = since(3, 5);         // KIP-875
    m_facts.offsets = since(3, 5);
    m_facts.patch = since(3, 8);      // KIP-477
    m_facts.healthCall = since(3, 9); // KIP-1017
    Q_EMIT changed();
}

QCoro::Task<> ClusterLane::pollInfos()
{
    m_infoWanted = false;
    const auto listing = co_await m_client->fetchInfos(options());
    m_infosAsked = true;
    if (m_stop.stop_requested()) {
        co_return;
    }
    if (!listing) { // its age shows; asked again with the next tick that is due
        Q_EMIT changed();
        co_return;
    }
    m_infoAt = m_clock->monotonic();
    m_facts.infoAt = m_clock->now();
    QHash<QString, KnownInfo> known;
    if (listing->connectors.size() > kPoolConnectors) {
        known = co_await offload([infos = listing->connectors] { return knownInfos(infos); });
    } else {
        known = knownInfos(listing->connectors);
    }
    m_infos = sharedFreedInPool(std::move(known));
    Q_EMIT changed();
}

void ClusterLane::fail(const Error &error)
{
    ++m_failures;
    m_facts.error = error;
    m_facts.starting = error.kind == ErrorKind::Starting;
    m_serverWanted = true; // who comes back may be of another version
    setDoubt(true);
    Q_EMIT changed();
}

void ClusterLane::setDoubt(bool inDoubt)
{
    if (inDoubt && !m_doubtSince) {
        m_doubtSince = m_clock->monotonic();
    } else if (!inDoubt) {
        m_doubtSince.reset();
    }
}

const WorkerWatch *ClusterLane::watchOf(const QString &displayed) const
{
    const auto found = std::ranges::find_if(m_watches, [&](const auto &watch) {
        return watch->facts().address == displayed || displayAddress(watch->url()) == displayAddress(displayed);
    });
    return found != m_watches.end() ? found->get() : m_watches.size() == 1 ? m_watches.front().get() : nullptr;
}

/*! A worker that has just begun to listen answers an empty or an outdated list until it has read its topics, and only
 * its /health says when that is over. So after any failure, and when everything is gone at once, the list waits for
 * that word. */
bool ClusterLane::isBelieved(const StatusListing &listing)
{
    const auto *watch = watchOf(listing.worker);
    const bool starting = watch && watch->askedAt() && watch->facts().health.health == WorkerHealth::Starting;
    const bool allGone = listing.connectors.empty() && (m_statuses ? !m_statuses->empty() : m_expectConnectors);
    if (starting || allGone) {
        setDoubt(true);
    }
    const bool heard = m_doubtSince && watch && watch->askedAt() && *watch->askedAt() >= *m_doubtSince;
    const auto health = watch ? watch->facts().health.health : WorkerHealth::NotSupported;
    const bool sameNames = m_statuses
        && std::ranges::equal(listing.connectors, *m_statuses, {}, &ConnectorStatus::name, &ConnectorStatus::name);
    const bool vouched = health == WorkerHealth::Healthy || health == WorkerHealth::NotSupported;
    const bool believed = !m_doubtSince || !watch || (heard && !starting && (vouched || sameNames));
    m_facts.starting = !believed;
    m_facts.error.reset();
    setDoubt(!believed);
    for (const auto &each : m_watches) {
        each->setInDoubt(!believed);
    }
    return believed;
}

QCoro::Task<> ClusterLane::take(StatusListing listing)
{
    auto raw = std::make_shared<const std::vector<ConnectorStatus>>(std::move(listing.connectors));
    std::vector<ConnectorStatus> next;
    if (newTraceSize(*raw, m_raw) > kPoolTraceSize) {
        next = co_await offload([raw, last = m_raw, shown = m_statuses] { return withoutSecrets(*raw, last, shown); });
    } else {
        next = withoutSecrets(*raw, m_raw, m_statuses);
    }
    debounce(next);
    noteGone(next);
    const auto shape = shapeOf(next);
    m_infoWanted = m_infoWanted || shape != m_shape;
    m_shape = shape;
    m_raw = std::move(raw);
    m_statuses = sharedFreedInPool(std::move(next));
    m_failures = 0;
    m_facts.statusAt = m_clock->now();
    m_lastGood = m_clock->monotonic();
    assignWorkerIds();
    Q_EMIT changed();
}

void ClusterLane::noteGone(const std::vector<ConnectorStatus> &next)
{
    const auto now = m_clock->monotonic();
    std::erase_if(m_gone, [&](const auto &entry) { return now - entry.second.since > kGoneShown; });
    if (m_statuses) {
        for (const auto &connector : *m_statuses) {
            if (!std::ranges::binary_search(next, connector.name, {}, &ConnectorStatus::name)) {
                m_gone.try_emplace(connector.name, GoneConnector {connector, now});
            }
        }
    }
    for (const auto &connector : next) {
        m_gone.erase(connector.name);
    }
}

void ClusterLane::markGone(const QString &name)
{
    if (const auto *status = findStatus(m_statuses, name)) {
        m_gone.insert_or_assign(name, GoneConnector {*status, m_clock->monotonic()});
        Q_EMIT changed();
        m_pause.cut();
    }
}

/*! A late UNASSIGNED of the old owner can overwrite RUNNING (KAFKA-13453 class), and each rebalance shows it for a
 * moment: for some seconds it reads "changing", with the worker's own word kept. */
void ClusterLane::debounce(std::vector<ConnectorStatus> &next)
{
    for (auto &connector : next) {
        const auto *before = findStatus(m_statuses, connector.name);
        connector.connector
            = debounced(connector.connector, before ? &before->connector : nullptr, {connector.name, -1});
        for (auto &task : connector.tasks) {
            const auto *taskBefore = before ? findTask(*before, task.id) : nullptr;
            task.state = debounced(task.state, taskBefore ? &taskBefore->state : nullptr, {connector.name, task.id});
        }
    }
}

State ClusterLane::debounced(const State &next, const State *last, const std::pair<QString, int> &who)
{
    if (next.run != RunState::Unassigned) {
        if (!m_unassignedSince.isEmpty()) {
            m_unassignedSince.remove(who);
        }
        return next;
    }
    const auto now = m_clock->monotonic();
    if (last && last->run == RunState::Running && !m_unassignedSince.contains(who)) {
        m_unassignedSince.insert(who, now);
    }
    const auto since = m_unassignedSince.constFind(who);
    const bool changing = since != m_unassignedSince.cend() && now - *since < kChangingShown;
    return {changing ? RunState::Restarting : RunState::Unassigned, next.raw};
}

/*! Statuses name workers by what they advertise, the context by the addresses we use. Equal ones are matched, and a
 * single pair that is left over on both sides. */
void ClusterLane::assignWorkerIds()
{
    QSet<QString> ids;
    for (const auto &connector : *m_statuses) {
        ids.insert(connector.workerId);
        for (const auto &task : connector.tasks) {
            ids.insert(task.workerId);
        }
    }
    ids.remove(QString());
    std::vector<WorkerWatch *> open;
    for (const auto &watch : m_watches) {
        const auto &facts = watch->facts();
        if (ids.contains(facts.address)) {
            watch->setWorkerId(facts.address);
        } else if (facts.workerId.isEmpty()) {
            open.push_back(watch.get());
        }
        ids.remove(watch->facts().workerId);
    }
    if (open.size() == 1 && ids.size() == 1) {
        open.front()->setWorkerId(*ids.cbegin());
    }
}

Milliseconds ClusterLane::nextDelay() const
{
    if (!m_visible) {
        return m_pace.hiddenTick;
    }
    if (m_failures < 2) {
        return m_pace.tick;
    }
    const auto doubled = m_pace.tick * (1 << std::min(m_failures - 1, 5));
    const auto capped = std::min<Milliseconds>(doubled, m_pace.longestBackOff);
    return Milliseconds(
        capped.count() * (80 + QRandomGenerator::global()->bounded(20)) / 100); // many contexts, one worker: spread
}

ClusterPicture ClusterLane::picture() const
{
    ClusterPicture picture {
        .facts = m_facts, .statuses = m_statuses, .infos = m_infos, .gone = m_gone, .infosAsked = m_infosAsked};
    const auto tick = m_visible ? m_pace.tick : m_pace.hiddenTick;
    picture.facts.missedPolls = m_lastGood ? int((m_clock->monotonic() - *m_lastGood) / tick) : 0;
    for (const auto &watch : m_watches) {
        picture.facts.workers.push_back(watch->facts());
    }
    return picture;
}

QCoro::Task<> ClusterLane::close()
{
    m_stop.request_stop();
    m_pause.end();
    for (const auto &watch : m_watches) {
        co_await watch->close();
    }
    if (m_loop) {
        co_await *m_loop;
    }
    co_await m_client->close();
}

} // namespace headgate
