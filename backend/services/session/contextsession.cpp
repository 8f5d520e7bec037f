// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/contextsession.h"

#include "common/log.h"
#include "common/offload.h"
#include "services/session/clusterlane.h"
#include "services/session/failingrecord.h"
#include "services/session/flowtargets.h"
#include "services/session/historylane.h"
#include "services/session/kafkalane.h"
#include "services/session/lastknown.h"
#include "services/session/recordsearch.h"
#include "services/session/snapshotbuilder.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr size_t kPoolRows = 1500; // above this a picture is made in the pool

struct Made
{
    PlatformSnapshot snapshot;
    std::vector<Problem> problems;
    bool same = false;
};

//! Rows of the picture to come, or of the one before where that one is larger.
size_t rowsIn(const SnapshotInputs &inputs)
{
    size_t rows = 0;
    for (const auto &cluster : inputs.clusters) {
        rows += cluster.statuses ? cluster.statuses->size() : 0;
    }
    return std::max(rows, inputs.previous ? inputs.previous->connectors.size() : 0);
}

Made make(const SnapshotInputs &inputs, const std::vector<Problem> &previousProblems, Monotonic now)
{
    Made made {.snapshot = buildSnapshot(inputs)};
    made.problems = findProblems(made.snapshot, inputs.policy, previousProblems, inputs.now, now);
    made.same = inputs.previous && inputs.previous->generation > 0 && sameButAges(*inputs.previous, made.snapshot);
    return made;
}

ClusterLane::Pace paceOf(const ContextSession::Settings &settings)
{
    ClusterLane::Pace pace {.tick = settings.tick, .hiddenTick = settings.hiddenTick, .infoEvery = settings.infoEvery};
    pace.health = {.every = settings.healthEvery, .deadline = settings.policy.healthDeadline, .inDoubt = settings.tick};
    return pace;
}

} // namespace

struct ContextSession::Private
{
    Private(ContextSession &session, ContextConfig context, Edges with, Settings set)
        : q(session)
        , config(std::move(context))
        , edges(std::move(with))
        , settings(std::move(set))
        , lastKnown(settings.cacheDirectory, config.id)
    {
    }

    void scheduleBuild();
    QCoro::Task<> build();
    SnapshotInputs inputs() const;
    void publish(Made made);
    QCoro::Task<> beat();
    QCoro::Task<> loadLast();
    ClusterLane *lane(const ClusterName &name) const;
    const ConnectorFacts *row(const ConnectorRef &ref) const;
    QByteArray shapeOf(const ConnectorRef &ref) const;
    QCoro::Task<> showTopics(ConnectorRef ref);
    void makeKafkaLane();
    void wantRecords();
    QStringList namesOf(const ClusterName &cluster) const;
    std::vector<ClusterPicture> pictures() const;
    bool isRunning() const { return started && !stop.stop_requested(); }

    ContextSession &q;
    ContextConfig config;
    Edges edges;
    Settings settings;
    LastKnown lastKnown;
    Interest interest;
    std::vector<std::unique_ptr<ClusterLane>> lanes;
    std::unique_ptr<KafkaLane> kafka;      // null: no brokers
    std::unique_ptr<HistoryLane> history;  // null: no brokers, or nothing to read records with
    std::unique_ptr<RecordSearch> records; // the same
    SnapshotPtr snapshot = std::make_shared<const PlatformSnapshot>();
    std::vector<Problem> problems;
    Instant wellSince {};
    struct FetchedTopics
    {
        QByteArray shape; // of configuration and tasks: another one means other topics
        QStringList topics;
    };
    QHash<ConnectorRef, FetchedTopics> fetchedTopics;
    std::vector<QCoro::Task<>> selections;
    bool started = false, buildPosted = false, building = false, buildAgain = false;
    Pause pause;
    std::stop_source stop;
    Monotonic topicsFrom {};
    std::optional<QCoro::Task<>> beating, buildTask, loading;
};

ClusterLane *ContextSession::Private::lane(const ClusterName &name) const
{
    const auto found = std::ranges::find_if(lanes, [&](const auto &lane) { return lane->name() == name; });
    return found == lanes.end() ? nullptr : found->get();
}

const ConnectorFacts *ContextSession::Private::row(const ConnectorRef &ref) const
{
    const auto &rows = snapshot->connectors;
    const auto found = std::ranges::lower_bound(rows, ref, {}, &ConnectorFacts::ref);
    return found != rows.end() && found->ref == ref ? &*found : nullptr;
}

QByteArray ContextSession::Private::shapeOf(const ConnectorRef &ref) const
{
    const auto *facts = row(ref);
    QByteArray shape = facts ? facts->configHash : QByteArray();
    for (const auto &task : facts ? facts->status.tasks : std::vector<TaskStatus>()) {
        shape += ' ' + QByteArray::number(task.id);
    }
    return shape;
}

void ContextSession::Private::makeKafkaLane()
{
    if (config.kafka.bootstrap.isEmpty() || !edges.kafkaAdmin) {
        return;
    }
    KafkaLane::Pace pace {.tick = settings.tick};
    auto reader = edges.reader ? edges.reader(config.kafka, edges.secrets) : nullptr;
    kafka = std::make_unique<KafkaLane>(
        edges.kafkaAdmin(config.kafka, edges.secrets), std::move(reader),
        [this](ConnectorRef ref, CallOptions options) { return q.fetchOffsets(std::move(ref), std::move(options)); },
        edges.clock, pace);
    QObject::connect(kafka.get(), &KafkaLane::changed, &q, [this] { scheduleBuild(); });
    if (kafka->reader()) {
        const auto names = [this](const ClusterName &cluster) {
            return namesOf(cluster);
        };
        history = std::make_unique<HistoryLane>(
            config.connectClusters, kafka->admin(), *kafka->reader(), names, edges.clock, settings.infoEvery);
        QObject::connect(history.get(), &HistoryLane::changed, &q, [this] { scheduleBuild(); });
        records = std::make_unique<RecordSearch>(kafka->reader(), edges.clock);
        QObject::connect(records.get(), &RecordSearch::changed, &q, [this] { scheduleBuild(); });
    }
}

//! Of what is on screen; a hidden context reads nothing.
void ContextSession::Private::wantRecords()
{
    if (!records) {
        return;
    }
    auto shown = interest.visible ? interest.onScreen : std::vector<ConnectorRef>();
    if (interest.visible && interest.selected) {
        shown.push_back(*interest.selected);
    }
    records->want(problems, *snapshot, shown);
}

QStringList ContextSession::Private::namesOf(const ClusterName &cluster) const
{
    QStringList names;
    const auto *known = lane(cluster);
    if (const auto statuses = known ? known->picture().statuses : nullptr) {
        for (const auto &status : *statuses) {
            names << status.name;
        }
    }
    return names;
}

std::vector<ClusterPicture> ContextSession::Private::pictures() const
{
    std::vector<ClusterPicture> list;
    for (const auto &lane : lanes) {
        list.push_back(lane->picture());
    }
    return list;
}

//! Several answers of one turn of the event loop make one picture.
void ContextSession::Private::scheduleBuild()
{
    if (buildPosted || stop.stop_requested()) {
        return;
    }
    buildPosted = true;
    QMetaObject::invokeMethod(
        &q,
        [this] {
            buildPosted = false;
            if (building) {
                buildAgain = true;
            } else {
                buildTask.emplace(build());
            }
        },
        Qt::QueuedConnection);
}

QCoro::Task<> ContextSession::Private::build()
{
    building = true;
    do {
        buildAgain = false;
        auto from = inputs();
        const auto now = edges.clock->monotonic();
        if (rowsIn(from) > kPoolRows) {
            auto made = co_await offload(
                [from = std::move(from), before = problems, now] { return make(from, before, now); });
            publish(std::move(made));
        } else {
            publish(make(from, problems, now));
        }
    } while (buildAgain && !stop.stop_requested());
    building = false;
}

SnapshotInputs ContextSession::Private::inputs() const
{
    SnapshotInputs from {.context = config.id,
        .kafkaConfigured = kafka != nullptr,
        .now = edges.clock->now(),
        .ownership = settings.ownership,
        .policy = settings.policy,
        .previous = snapshot};
    from.clusters = pictures();
    if (kafka) {
        from.kafka = kafka->picture();
    }
    for (const auto &cluster : from.clusters) {
        if (!history || !cluster.statuses) {
            continue;
        }
        for (const auto &status : *cluster.statuses) {
            from.times.insert(
                {config.id, cluster.facts.name, status.name}, history->timesOf(cluster.facts.name, status));
        }
    }
    for (auto each = fetchedTopics.cbegin(); each != fetchedTopics.cend(); ++each) {
        from.fetchedTopics.insert(each.key(), each->topics);
    }
    return from;
}

void ContextSession::Private::publish(Made made)
{
    if (stop.stop_requested()) {
        return;
    }
    if (records) {
        records->complete(made.problems, made.snapshot);
    }
    const bool newProblems = made.problems != problems;
    made.snapshot.generation = snapshot->generation + (made.same ? 0 : 1);
    snapshot = sharedFreedInPool(std::move(made.snapshot));
    problems = std::move(made.problems);
    if (kafka) {
        kafka->setTargets(flowTargets(*snapshot, pictures(), interest));
    }
    wantRecords();
    if (!problems.empty()) {
        wellSince = {};
    } else if (wellSince == Instant {} && !snapshot->fromDisk && !snapshot->connectors.empty()) {
        wellSince = edges.clock->now();
    }
    if (!made.same) {
        Q_EMIT q.snapshotChanged();
    }
    if (newProblems) {
        Q_EMIT q.problemsChanged();
    }
}

//! Looks once per tick whether something became stale, gone or recovered without any answer arriving.
QCoro::Task<> ContextSession::Private::beat()
{
    while (!pause.ended()) {
        co_await pause.wait(edges.clock, interest.visible ? settings.tick : settings.hiddenTick);
        if (stop.stop_requested()) {
            break;
        }
        scheduleBuild();
        if (lastKnown.isDue(edges.clock->monotonic())) {
            co_await lastKnown.save(snapshot, edges.clock->monotonic());
        }
    }
}

//! The page opens from this before the network answers; what the network said already is newer.
QCoro::Task<> ContextSession::Private::loadLast()
{
    auto last = co_await lastKnown.load();
    if (!last) {
        if (last.error().kind != ErrorKind::NotFound) {
            qCWarning(logSession) << last.error().message << last.error().target;
        }
        co_return;
    }
    const bool answered
        = std::ranges::any_of(lanes, [](const auto &lane) { return lane->picture().statuses != nullptr; });
    if (answered || stop.stop_requested()) {
        co_return;
    }
    for (const auto &lane : lanes) {
        lane->expectConnectors(
            std::ranges::any_of(last->connectors, [&](const auto &row) { return row.ref.cluster == lane->name(); }));
    }
    last->generation = snapshot->generation + 1;
    snapshot = sharedFreedInPool(*std::move(last));
    Q_EMIT q.snapshotChanged();
    scheduleBuild(); // what is known of the clusters by now comes on top
}

ContextSession::ContextSession(ContextConfig context, Edges edges, Settings settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(context), std::move(edges), std::move(settings)))
{
    PlatformSnapshot nothing {.context = d->config.id};
    for (const auto &cluster : d->config.connectClusters) {
        auto lane = std::make_unique<ClusterLane>(
            cluster.name, d->edges.connect(cluster, d->edges.secrets), d->edges.clock, paceOf(d->settings));
        connect(lane.get(), &ClusterLane::changed, this, [this] { d->scheduleBuild(); });
        nothing.clusters.push_back(lane->picture().facts);
        d->lanes.push_back(std::move(lane));
    }
    d->snapshot = std::make_shared<const PlatformSnapshot>(std::move(nothing));
    d->makeKafkaLane();
}

ContextSession::~ContextSession()
{
    Q_ASSERT_X(!d->isRunning(), "ContextSession", "close() must be awaited first");
}

const ContextConfig &ContextSession::context() const
{
    return d->config;
}

SnapshotPtr ContextSession::snapshot() const
{
    return d->snapshot;
}

const std::vector<Problem> &ContextSession::problems() const
{
    return d->problems;
}

const TriagePolicy &ContextSession::policy() const
{
    return d->settings.policy;
}

Instant ContextSession::wellSince() const
{
    return d->wellSince;
}

void ContextSession::start()
{
    if (d->started) {
        return;
    }
    d->started = true;
    d->loading.emplace(d->loadLast());
    for (const auto &lane : d->lanes) {
        lane->start();
    }
    if (d->kafka) {
        d->kafka->start();
    }
    if (d->history) {
        d->history->start();
    }
    d->beating.emplace(d->beat());
}

void ContextSession::setInterest(Interest interest)
{
    const bool cameBack = interest.visible && !d->interest.visible;
    const bool selects = interest.selected && interest.selected != d->interest.selected;
    d->interest = std::move(interest);
    if (d->kafka) {
        d->kafka->setVisible(d->interest.visible);
        if (d->history) {
            d->history->setVisible(d->interest.visible);
        }
        d->kafka->setTargets(flowTargets(*d->snapshot, d->pictures(), d->interest));
    }
    if (selects && d->isRunning()) {
        std::erase_if(d->selections, [](const QCoro::Task<> &task) { return task.isReady(); });
        d->selections.push_back(d->showTopics(*d->interest.selected));
    }
    for (const auto &lane : d->lanes) {
        lane->setVisible(d->interest.visible);
    }
    if (cameBack) {
        d->pause.cut();
    }
    d->wantRecords();
}

void ContextSession::refreshNow()
{
    for (const auto &lane : d->lanes) {
        lane->pollNow();
    }
}

void ContextSession::setOwnership(std::vector<OwnershipRule> rules)
{
    d->settings.ownership = std::move(rules);
    d->scheduleBuild();
}

Task<QStringList> ContextSession::fetchTopics(ConnectorRef ref, CallOptions options)
{
    auto *const client = this->client(ref.cluster);
    if (!client) {
        co_return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("No such Connect cluster: %1").arg(ref.cluster.text)});
    }
    const auto shape = d->shapeOf(ref);
    const auto kept = d->fetchedTopics.constFind(ref);
    if (kept != d->fetchedTopics.cend() && kept->shape == shape) {
        co_return Result<QStringList>(kept->topics);
    }
    auto topics = co_await client->fetchTopics(ref.name, options);
    if (topics) {
        d->fetchedTopics.insert(ref, {shape, *topics});
        d->scheduleBuild();
    }
    co_return topics;
}

Task<std::vector<ConnectorOffset>> ContextSession::fetchOffsets(ConnectorRef ref, CallOptions options)
{
    auto *const client = this->client(ref.cluster);
    if (!client) {
        co_return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("No such Connect cluster: %1").arg(ref.cluster.text)});
    }
    auto offsets = co_await client->fetchOffsets(ref.name, options);
    if (!offsets && offsets.error().kind == ErrorKind::NotFound) {
        if (auto *lane = d->lane(ref.cluster)) {
            lane->markGone(ref.name);
        }
    }
    co_return offsets;
}

//! Moving through a list selects many: at most one question a second, for the one that is selected then.
QCoro::Task<> ContextSession::Private::showTopics(ConnectorRef ref)
{
    const auto now = edges.clock->monotonic();
    if (now < topicsFrom) {
        co_await edges.clock->sleepFor(topicsFrom - now, stop.get_token());
    }
    if (stop.stop_requested() || interest.selected != ref) {
        co_return;
    }
    topicsFrom = edges.clock->monotonic() + std::chrono::seconds(1);
    co_await q.fetchTopics(
        ref, {.stop = stop.get_token()}); // shown with the next picture; without an answer the configured ones are
}

Task<FailingRecord> ContextSession::findFailingRecord(ConnectorRef ref, int task, CallOptions options)
{
    const auto *facts = d->row(ref);
    const auto reader = d->kafka ? d->kafka->reader() : nullptr;
    if (!facts || !reader) {
        const auto kind = facts ? ErrorKind::NotSupported : ErrorKind::NotFound;
        co_return failure({.kind = kind,
            .message = facts ? QStringLiteral("No brokers are configured") : QStringLiteral("No such connector")});
    }
    co_return co_await searchFailingRecord(*facts, task, reader, d->edges.clock, options);
}

ConnectClient *ContextSession::client(const ClusterName &cluster) const
{
    auto *const lane = d->lane(cluster);
    return lane ? &lane->client() : nullptr;
}

QCoro::Task<> ContextSession::close()
{
    d->stop.request_stop();
    d->pause.end();
    if (d->records) { // over the reader of the lane of the brokers, as the history
        co_await d->records->close();
    }
    if (d->history) {
        co_await d->history->close();
    }
    if (d->kafka) { // before the clients that it asks for offsets
        co_await d->kafka->close();
    }
    for (const auto &lane : d->lanes) {
        co_await lane->close();
    }
    if (d->beating) {
        co_await *d->beating;
    }
    for (auto &task : d->selections) {
        co_await task;
    }
    for (auto *task : {&d->loading, &d->buildTask}) {
        if (*task) {
            co_await **task;
        }
    }
    if (d->started) {
        co_await d->lastKnown.save(d->snapshot, d->edges.clock->monotonic());
    }
}

} // namespace headgate
