// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/proof/proofreading.h"

#include "common/offload.h"
#include "domain/triage/trace.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kLongest = 10s;
constexpr int kPiece = 1000;
constexpr qint64 kPieceBytes = 8LL * 1024 * 1024;
constexpr qint64 kMostBytes = 64LL * 1024 * 1024;

//! What the traces of failed tasks tell.
struct Fault
{
    bool conversion = false;
    std::optional<RecordPlace> record;
};

Fault faultOf(const ConnectorStatus &status)
{
    Fault fault;
    for (const auto &task : status.tasks) {
        if (task.state.run != RunState::Failed) {
            continue;
        }
        const auto explained = explainTrace(task.trace);
        fault.conversion = fault.conversion || explained.kind == CauseKind::Deserialization
            || explained.kind == CauseKind::SchemaRegistry;
        if (!fault.record && explained.record && explained.recordOffset) {
            fault.record = RecordPlace {*explained.record, *explained.recordOffset};
        }
    }
    return fault;
}

std::vector<ProofPartition> partitionsOf(const ReplayFacts &facts)
{
    std::vector<ProofPartition> partitions;
    for (const auto &each : facts.partitions) {
        if (each.start && each.end && *each.start < *each.end) {
            partitions.push_back({each.tp, each.committed, *each.start, *each.end});
        }
    }
    return partitions;
}

qint64 sizeOf(const std::vector<Record> &records)
{
    qint64 bytes = 0;
    for (const auto &record : records) {
        bytes += (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0);
    }
    return bytes;
}

//! A proof on its way: the limits are of all partitions together.
struct Run
{
    FixProof proof;
    int wanted = 0;
    std::shared_ptr<RecordReader> reader;
    Remaining remaining;
    qint64 bytes = 0;
    ProofProgress progress;

    bool over() const { return proof.limit != ProofLimit::None || proof.records >= wanted; }
};

QCoro::Task<> take(Run *run, ReadAnswer answer)
{
    run->bytes += sizeOf(answer.records);
    auto proof = std::move(run->proof);
    run->proof = co_await offload([proof = std::move(proof), records = std::move(answer.records)]() mutable {
        addRecords(proof, records);
        return std::move(proof);
    });
    if (run->bytes >= kMostBytes) {
        run->proof.limit = ProofLimit::Bytes;
    }
    if (run->progress) {
        run->progress(run->proof.records, run->wanted);
    }
}

Task<void> readWindow(Run *run, ProofWindow window)
{
    ProofReach reach {.tp = window.tp, .from = window.from, .next = window.from};
    const int before = run->proof.records;
    while (reach.next < window.until && !run->over()) {
        if (run->remaining.left() == Milliseconds(0)) {
            run->proof.limit = ProofLimit::Time;
            break;
        }
        auto answer = co_await run->reader->read({.tp = window.tp,
                                                     .from = reach.next,
                                                     .until = window.until,
                                                     .maxRecords = std::min(kPiece, run->wanted - run->proof.records),
                                                     .maxBytes = kPieceBytes},
            run->remaining.options());
        if (!answer && answer.error().kind == ErrorKind::DeadlineExceeded) {
            run->proof.limit = ProofLimit::Time;
            break;
        }
        if (!answer) {
            co_return failure(answer.error());
        }
        const auto next = answer->next;
        const bool stands = next <= reach.next;
        const bool ended = answer->reachedEnd || (stands && !answer->limited);
        co_await take(run, *std::move(answer));
        reach.next = std::max(reach.next, next);
        if (ended) {
            reach.next = window.until; // what is left are offsets without a record
        } else if (stands) {
            run->proof.limit = ProofLimit::Time; // nothing came in the time that was left
        }
    }
    reach.records = run->proof.records - before;
    reach.whole = reach.next >= window.until;
    run->proof.reaches.push_back(reach);
    co_return Result<void>();
}

QCoro::Task<std::optional<DeadLetterTarget>> lookUpTarget(
    std::shared_ptr<Brokers> brokers, QString topic, CallOptions options)
{
    if (topic.isEmpty()) {
        co_return std::optional<DeadLetterTarget>();
    }
    const auto cluster = co_await brokers->admin->fetchCluster(options);
    if (!cluster) {
        co_return std::optional<DeadLetterTarget>();
    }
    co_return std::optional(DeadLetterTarget {
        .exists = std::ranges::find(cluster->topics, topic, &TopicFact::name) != cluster->topics.end(),
        .brokers = int(cluster->brokers.size())});
}

std::optional<Error> objection(const ReplayFacts &facts, const FactSources &sources)
{
    if (facts.operation.info && facts.operation.info->type == ConnectorType::Source) {
        return Error {.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("A source's records are not in Kafka yet: there is nothing to prove a fix on")};
    }
    if (!sources.brokers || !sources.brokers->reader) {
        return Error {.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("No brokers are configured, so no record can be read")};
    }
    if (!facts.brokersKnown) {
        return Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("The brokers do not answer")};
    }
    return std::nullopt;
}

} // namespace

Task<FixProof> readAndProve(ProofRequest request, FactSources sources, ProofProgress progress, CallOptions options)
{
    const ReplayRequest position {.connector = request.connector};
    const auto facts = co_await readReplayFacts(position, sources, options);
    if (!facts) {
        co_return failure(facts.error());
    }
    if (options.stop.stop_requested()) { // what was not read by then looks like silence
        co_return failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("Stopped")});
    }
    if (const auto why = objection(*facts, sources)) {
        co_return failure(*why);
    }
    const auto fault = faultOf(facts->operation.status);
    const auto failing = request.around ? request.around : fault.record;
    const auto partitions = partitionsOf(*facts);
    const int wanted = std::clamp(request.records, 1, ProofRequest::mostRecords);
    const auto windows = proofWindows(partitions, failing, wanted);
    Run run {.proof = beginProof(facts->operation.info->config, request.changes),
        .wanted = wanted,
        .reader = sources.brokers->reader,
        .remaining = Remaining(sources.clock, {std::min(kLongest, options.deadline), options.stop}),
        .progress = std::move(progress)};
    auto target = lookUpTarget(sources.brokers, run.proof.proposed.errors.deadLetterTopic, run.remaining.options());
    for (const auto &window : windows) {
        if (run.over()) {
            break;
        }
        if (const auto read = co_await readWindow(&run, window); !read) {
            co_await target;
            co_return failure(read.error());
        }
    }
    run.proof.partitionsLeft = int(partitions.size() - run.proof.reaches.size());
    endProof(run.proof, co_await target, fault.conversion);
    co_return Result<FixProof>(std::move(run.proof));
}

} // namespace headgate
