// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/deadletterservice.h"

#include "domain/connectors/secrets.h"
#include "services/deadletters/redriverun.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr size_t typedFrom = 10; // more than so many at once are confirmed by typing
constexpr Milliseconds stillActs = 15min;
constexpr Milliseconds logDeadline = 10s;

tl::unexpected<Error> refusal(ErrorKind kind, const QString &why)
{
    return failure({.kind = kind, .message = why});
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
    {
    }

    Result<RedriveRun::Parts> partsOf(const RedrivePlan &plan);
    Result<void> mayRun(const RedrivePlan &plan, const Confirmation &confirmation) const;
    Task<void> noneIsOpen(ConnectorRef connector);
    Task<std::vector<RecordAt>> sentBefore(ConnectorRef connector, CallOptions options);
    Task<std::vector<RedriveTopic>> topicsOf(RedriveRequest request, std::vector<DeadLetter> letters, QString owner,
        ClusterFact cluster, CallOptions options);

    ContextsService &contexts;
    OperationsService &operations;
    Settings settings;
    std::shared_ptr<Clock> clock;
    DeadLetterReader reader;
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

Task<std::vector<RedriveTopic>> DeadLetterService::Private::topicsOf(
    RedriveRequest request, std::vector<DeadLetter> letters, QString owner, ClusterFact cluster, CallOptions options)
{
    QStringList names;
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
    std::vector<RedriveTopic> topics;
    for (const auto &name : names) {
        const auto known = std::ranges::find(cluster.topics, name, &TopicFact::name);
        RedriveTopic topic {.name = name, .exists = known != cluster.topics.end()};
        topic.readers = readers->value(name);
        topic.readers.removeAll(owner);
        topics.push_back(std::move(topic));
    }
    co_return std::move(topics);
}

Task<RedrivePlan> DeadLetterService::plan(RedriveRequest request, CallOptions options)
{
    const auto context = contextOf(d->contexts, request.connector.context);
    if (!context) {
        co_return failure(context.error());
    }
    RedriveFacts facts {.contextName = context->name, .environment = context->environment, .now = d->clock->now()};
    auto records = co_await d->reader.letters(context->id, request.chosen, options);
    auto cluster = co_await d->reader.cluster(context->id, options);
    auto sent = co_await d->sentBefore(request.connector, options);
    if (!records || !cluster || !sent) {
        co_return failure(!records ? records.error() : !cluster ? cluster.error() : sent.error());
    }
    facts.letters = *std::move(records);
    facts.kafkaClusterId = cluster->clusterId;
    facts.sentBefore = *std::move(sent);
    auto topics = co_await d->topicsOf(request, facts.letters, request.connector.name, *std::move(cluster), options);
    if (!topics) {
        co_return failure(topics.error());
    }
    facts.topics = *std::move(topics);
    if (!facts.letters.empty()) {
        constexpr int looked = 50;
        const auto newest = co_await d->reader.browse(context->id, facts.letters.front().at.tp.topic, looked, options);
        facts.causeActs = newest && causeActs(facts.letters, newest->letters, facts.now);
    }
    co_return planRedrive(request, facts);
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
    co_await d->reader.close();
}

} // namespace headgate
