// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/deadletterservice.h"

#include "domain/connectors/secrets.h"
#include "services/deadletters/redriverun.h"
#include "services/deadletters/redrivetext.h"

#include <algorithm>
#include <set>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr size_t typedFrom = 10; // more than so many at once are confirmed by typing
constexpr Milliseconds stillActs = 15min;
constexpr Milliseconds logDeadline = 10s;
constexpr Milliseconds driftDeadline = 60s;

tl::unexpected<Error> refusal(ErrorKind kind, const QString &why)
{
    return failure({.kind = kind, .message = why});
}

tl::unexpected<Error> drifted(const std::vector<RedriveDrift> &drift)
{
    return failure({.kind = ErrorKind::Conflict,
        .message = QStringLiteral("The redrive does not fit any more"),
        .detail = linesOf(drift)});
}

QCoro::Task<OperationEnd> driveRedrive(std::shared_ptr<RedriveRun> run)
{
    co_return co_await run->drive();
}

QCoro::Task<OperationEnd> goOnWithRedrive(std::shared_ptr<RedriveRun> run, RedriveProgress progress)
{
    co_return co_await run->goOn(std::move(progress));
}

//! A record of the last minutes failed as one of these did.
bool causeActs(const std::vector<DeadLetter> &chosen, const std::vector<DeadLetter> &newest, Instant now)
{
    return std::ranges::any_of(newest, [&](const DeadLetter &letter) {
        return letter.reason && now - letter.timestamp < stillActs
            && std::ranges::any_of(chosen, [&](const DeadLetter &each) { return groupKey(each) == groupKey(letter); });
    });
}

} // namespace

struct DeadLetterService::Private
{
    Private(ContextsService &of, OperationsService &pipeline, Settings set)
        : contexts(of)
        , operations(pipeline)
        , settings(std::move(set))
        , clock(of.edges().clock)
        , reader(of)
        , schemas(of)
    {
    }

    Result<RedriveRun::Parts> partsOf(const RedrivePlan &plan);
    Result<void> mayRun(const RedrivePlan &plan, const Confirmation &confirmation) const;
    Task<void> noneIsOpen(ConnectorRef connector);
    Task<std::vector<RecordAt>> sentBefore(ConnectorRef connector, CallOptions options);
    Task<std::vector<RedriveTopic>> topicsOf(
        RedriveRequest request, std::vector<DeadLetter> letters, ClusterFact cluster, CallOptions options);
    QCoro::Task<QHash<QString, QString>> idsOf(ContextId context, QStringList topics, CallOptions options);
    Task<std::vector<RecordAt>> startsOf(RedriveRequest request, CallOptions options);
    Task<RedriveFacts> factsOf(RedriveRequest request, CallOptions options);
    Task<std::vector<RedriveDrift>> driftNow(RedrivePlan plan, CallOptions options);

    ContextsService &contexts;
    OperationsService &operations;
    Settings settings;
    std::shared_ptr<Clock> clock;
    DeadLetterReader reader;
    SchemaReader schemas;
};

DeadLetterService::DeadLetterService(
    ContextsService &contexts, OperationsService &operations, Settings settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(contexts, operations, std::move(settings)))
{
}

DeadLetterService::~DeadLetterService() = default;

Task<DeadLetterOverview> DeadLetterService::queues(ContextId context, CallOptions options)
{
    return d->reader.queues(std::move(context), std::move(options));
}

Task<DeadLetterPage> DeadLetterService::browse(ContextId context, QString topic, int most, CallOptions options)
{
    return d->reader.browse(std::move(context), std::move(topic), most, std::move(options));
}

Task<Record> DeadLetterService::fetch(ContextId context, RecordAt at, CallOptions options)
{
    return d->reader.fetch(std::move(context), std::move(at), std::move(options));
}

//! Locked: an earlier redrive was interrupted. What it may have sent is found out first.
Task<void> DeadLetterService::Private::noneIsOpen(ConnectorRef connector)
{
    const auto found = co_await operations.search(connector.context, connector.name, {.deadline = logDeadline});
    if (!found) {
        co_return failure(found.error());
    }
    for (const auto &each : *found) {
        if (each.request.kind == OperationKind::Redrive && each.request.connector == connector && !each.outcome) {
            co_return refusal(ErrorKind::Locked,
                QStringLiteral("Another redrive of %1 has not ended: %2").arg(connector.name, each.id.text));
        }
    }
    co_return {};
}

Task<std::vector<RecordAt>> DeadLetterService::Private::sentBefore(ConnectorRef connector, CallOptions options)
{
    const auto found = co_await operations.search(connector.context, connector.name, options);
    if (!found) {
        co_return failure(found.error());
    }
    std::vector<RecordAt> sent;
    for (const auto &each : *found) {
        const auto progress = redriveProgress(each);
        if (progress && each.request.connector == connector) {
            std::ranges::transform(progress->sent, std::back_inserter(sent), &SentRecord::from);
            if (!each.outcome || *each.outcome == Outcome::Unknown) { // begun without a known end: it may be there
                std::ranges::copy(maybeSent(*progress), std::back_inserter(sent));
            }
        }
    }
    co_return std::move(sent);
}

//! Empty where nobody tells: mock brokers have no controller to ask and would be silent, old ones know none.
QCoro::Task<QHash<QString, QString>> DeadLetterService::Private::idsOf(
    ContextId context, QStringList topics, CallOptions options)
{
    const auto brokers = reader.brokersOf(context);
    if (!brokers) {
        co_return {};
    }
    const auto kept = *brokers;
    const auto capabilities = co_await kept->admin->probeCapabilities(options);
    if (!capabilities || (!capabilities->topicAdmin && !capabilities->groups)) {
        co_return {};
    }
    const auto ids = co_await kept->admin->fetchTopicIds(topics, options);
    co_return ids.value_or(QHash<QString, QString>());
}

Task<std::vector<RedriveTopic>> DeadLetterService::Private::topicsOf(
    RedriveRequest request, std::vector<DeadLetter> letters, ClusterFact cluster, CallOptions options)
{
    QStringList names;
    for (const auto &place : request.chosen) {
        names << place.tp.topic;
    }
    for (const auto &letter : letters) {
        names << targetOf(request, letter);
    }
    names.removeAll(QString());
    names.sort();
    names.removeDuplicates();
    auto readers = co_await reader.readersOf(request.connector.context, names, options);
    if (!readers) {
        co_return failure(readers.error());
    }
    const auto ids = co_await idsOf(request.connector.context, names, options);
    std::vector<RedriveTopic> topics;
    for (const auto &name : names) {
        const auto known = std::ranges::find(cluster.topics, name, &TopicFact::name);
        RedriveTopic topic {.name = name, .exists = known != cluster.topics.end()};
        topic.readers = readers->value(name);
        topic.readers.removeAll(request.connector.name);
        topic.id = ids.value(name);
        topic.partitions = topic.exists ? int(known->partitions.size()) : 0;
        topics.push_back(std::move(topic));
    }
    co_return std::move(topics);
}

//! Where it cannot be told, what is gone is called gone and not truncated.
Task<std::vector<RecordAt>> DeadLetterService::Private::startsOf(RedriveRequest request, CallOptions options)
{
    const auto brokers = reader.brokersOf(request.connector.context);
    if (!brokers) {
        co_return failure(brokers.error());
    }
    const auto kept = *brokers;
    std::set<TopicPartition> partitions;
    std::ranges::transform(request.chosen, std::inserter(partitions, partitions.end()), &RecordAt::tp);
    const auto starts = co_await kept->admin->fetchStartOffsets({partitions.begin(), partitions.end()}, options);
    std::vector<RecordAt> known;
    for (const auto &each : starts ? *starts : std::vector<PartitionOffset> {}) {
        if (each.offset) {
            known.push_back({each.tp, *each.offset});
        }
    }
    co_return std::move(known);
}

Task<RedriveFacts> DeadLetterService::Private::factsOf(RedriveRequest request, CallOptions options)
{
    const auto context = contextOf(contexts, request.connector.context);
    if (!context) {
        co_return failure(context.error());
    }
    RedriveFacts facts {.contextName = context->name, .environment = context->environment, .now = clock->now()};
    auto records = co_await reader.letters(context->id, request.chosen, options);
    auto cluster = co_await reader.cluster(context->id, options);
    auto sent = co_await sentBefore(request.connector, options);
    auto starts = co_await startsOf(request, options);
    if (!records || !cluster || !sent || !starts) {
        co_return failure(!records ? records.error()
                : !cluster         ? cluster.error()
                : !sent            ? sent.error()
                                   : starts.error());
    }
    facts.starts = *std::move(starts);
    facts.letters = *std::move(records);
    facts.kafkaClusterId = cluster->clusterId;
    facts.sentBefore = *std::move(sent);
    auto topics = co_await topicsOf(request, facts.letters, *std::move(cluster), options);
    if (!topics) {
        co_return failure(topics.error());
    }
    facts.topics = *std::move(topics);
    if (!facts.letters.empty()) {
        constexpr int looked = 50;
        const auto newest = co_await reader.browse(context->id, facts.letters.front().at.tp.topic, looked, options);
        facts.causeActs = newest && causeActs(facts.letters, newest->letters, facts.now);
    }
    co_return std::move(facts);
}

Task<DecodedPayload> DeadLetterService::decode(ContextId context, QByteArray framed, CallOptions options)
{
    return d->schemas.decode(std::move(context), std::move(framed), std::move(options));
}

Task<RedrivePlan> DeadLetterService::plan(RedriveRequest request, CallOptions options)
{
    const auto facts = co_await d->factsOf(request, std::move(options));
    if (!facts) {
        co_return failure(facts.error());
    }
    co_return planRedrive(request, *facts);
}

Task<std::vector<RedriveDrift>> DeadLetterService::Private::driftNow(RedrivePlan plan, CallOptions options)
{
    auto request = plan.request;
    request.chosen.clear(); // what was gone already when it was planned is no drift
    std::ranges::transform(plan.items, std::back_inserter(request.chosen), &RedriveItem::from);
    const auto facts = co_await factsOf(std::move(request), std::move(options));
    if (!facts) {
        co_return failure(facts.error());
    }
    co_return driftOf(plan, *facts);
}

Task<std::vector<RedriveDrift>> DeadLetterService::checkDrift(RedrivePlan plan, CallOptions options)
{
    return d->driftNow(std::move(plan), std::move(options));
}

Result<void> DeadLetterService::Private::mayRun(const RedrivePlan &plan, const Confirmation &confirmation) const
{
    if (forbidden(plan)) {
        return refusal(ErrorKind::InvalidInput, QStringLiteral("This redrive must not be run: see its warnings"));
    }
    if (contexts.mode(plan.request.connector.context) == Mode::ReadOnly) {
        return refusal(ErrorKind::ModeForbids, QStringLiteral("The context is read-only"));
    }
    if (plan.items.size() > typedFrom && confirmation.typedName != plan.request.connector.name) {
        return refusal(ErrorKind::InvalidInput, QStringLiteral("The connector's name has to be typed"));
    }
    return {};
}

Result<RedriveRun::Parts> DeadLetterService::Private::partsOf(const RedrivePlan &plan)
{
    const auto context = contextOf(contexts, plan.request.connector.context);
    const auto &edges = contexts.edges();
    if (!context || context->kafka.bootstrap.isEmpty() || !edges.writer) {
        return context ? refusal(ErrorKind::NotSupported, QStringLiteral("This context names no brokers to write to"))
                       : failure(context.error());
    }
    RedriveRun::Parts parts {.plan = plan, .clock = clock, .reader = &reader, .recorded = settings.recorded};
    parts.makeWriter = [make = edges.writer, config = context->kafka, secrets = edges.secrets](const QString &id) {
        return make(config, id, secrets);
    };
    return parts;
}

Task<OperationId> DeadLetterService::run(RedrivePlan plan, Confirmation confirmation)
{
    auto parts = d->partsOf(plan);
    const auto may = d->mayRun(plan, confirmation);
    if (!parts || !may) {
        co_return failure(may ? parts.error() : may.error());
    }
    if (const auto first = co_await d->noneIsOpen(plan.request.connector); !first) {
        co_return failure(first.error());
    }
    const auto drift = co_await d->driftNow(plan, {.deadline = driftDeadline});
    if (!drift || !drift->empty()) {
        co_return drift ? drifted(*drift) : failure(drift.error());
    }
    plan.request.reason = redacted(confirmation.reason);
    parts->plan = plan;
    const OperationPreview preview {
        .request = {.kind = OperationKind::Redrive, .connector = plan.request.connector, .reason = confirmation.reason},
        .environment = plan.environment,
        .contextName = plan.contextName,
        .typedNameNeeded = plan.items.size() > typedFrom,
        .reasonNeeded = plan.reasonNeeded,
        .plan = redriveText(plan),
        .madeAt = plan.madeAt};
    const auto saga = [parts = *parts](SagaSeat seat) {
        auto own = parts;
        own.seat = std::move(seat);
        return driveRedrive(std::make_shared<RedriveRun>(std::move(own)));
    };
    co_return co_await d->operations.run(preview, std::move(confirmation), saga);
}

Task<OperationId> DeadLetterService::continueInterrupted(OperationId interrupted, Confirmation confirmation)
{
    const auto &known = d->operations.operations();
    const auto found = std::ranges::find(known, interrupted, &Operation::id);
    if (found == known.end() || !found->interrupted || found->outcome) {
        co_return refusal(ErrorKind::NotFound, QStringLiteral("Not interrupted: %1").arg(interrupted.text));
    }
    auto progress = redriveProgress(*found);
    if (!progress) {
        co_return failure(progress.error());
    }
    auto parts = d->partsOf(progress->plan);
    const auto may = d->mayRun(progress->plan, confirmation);
    if (!parts || !may) {
        co_return failure(may ? parts.error() : may.error());
    }
    auto drift = co_await d->driftNow(progress->plan, {.deadline = driftDeadline});
    if (drift) {
        std::erase_if(*drift, [](const RedriveDrift &each) { return !endsTheRedrive(each.kind); });
    }
    if (!drift || !drift->empty()) {
        co_return drift ? drifted(*drift) : failure(drift.error());
    }
    const auto saga = [parts = *parts, progress = *progress](SagaSeat seat) {
        auto own = parts;
        own.seat = std::move(seat);
        return goOnWithRedrive(std::make_shared<RedriveRun>(std::move(own)), progress);
    };
    co_return co_await d->operations.takeUp(interrupted, std::move(confirmation), saga);
}

Task<void> DeadLetterService::leave(OperationId interrupted, QString note)
{
    return d->operations.closeInterrupted(std::move(interrupted), Outcome::Unknown, std::move(note));
}

QCoro::Task<> DeadLetterService::close()
{
    co_await d->schemas.close();
    co_await d->reader.close();
}

} // namespace headgate
