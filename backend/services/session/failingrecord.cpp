// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/failingrecord.h"

#include "common/offload.h"
#include "domain/connectors/secrets.h"
#include "domain/records/converter.h"

#include <algorithm>
#include <functional>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr int kMostRecords = 10'000;
constexpr int kPiece = 1000;
constexpr Milliseconds kLongest = 10s;
constexpr qsizetype kExcerpt = 300;

//! What makes a converter refuse these bytes; absent: a converter that we cannot play.
using Refuses = std::function<bool(const std::optional<QByteArray> &)>;

std::optional<Refuses> refusalOf(const ConfigMap &config, RecordSide side)
{
    const auto choice = converterChoice(config, side);
    if (!choice.stock || *choice.stock == StockConverter::String || *choice.stock == StockConverter::ByteArray) {
        return std::nullopt; // these refuse nothing; of others we know nothing
    }
    return [choice](const std::optional<QByteArray> &bytes) {
        return headgate::refusalOf(*choice.stock, choice.schemas, bytes).has_value();
    };
}

//! The partitions that the failed task read; where members are unknown, all that have something waiting.
std::vector<PartitionLag> suspects(const ConnectorFacts &facts)
{
    std::vector<PartitionLag> found;
    std::ranges::copy_if(facts.groupLag.partitions, std::back_inserter(found),
        [](const PartitionLag &each) { return each.committed && each.lag.value_or(0) > 0; });
    return found;
}

QString excerpt(const std::optional<QByteArray> &bytes)
{
    return bytes ? redacted(QString::fromUtf8(bytes->left(kExcerpt))) : QString();
}

FailingRecord describe(const Record &record, int recordsRead)
{
    return {.tp = record.tp,
        .offset = record.offset,
        .timestamp = record.timestamp,
        .keyText = excerpt(record.key),
        .valueText = excerpt(record.value),
        .evidence = RecordEvidence::FoundByReading,
        .recordsRead = recordsRead};
}

const Record *firstRefused(const std::vector<Record> &records, const Refuses &refuses, bool key)
{
    const auto found
        = std::ranges::find_if(records, [&](const Record &record) { return refuses(key ? record.key : record.value); });
    return found == records.end() ? nullptr : &*found;
}

struct Budget
{
    int read = 0;
    Monotonic until;
};

Task<std::optional<FailingRecord>> searchPartition(PartitionLag partition, Refuses refuses, bool key,
    std::shared_ptr<RecordReader> reader, std::shared_ptr<Clock> clock, Budget *budget, std::stop_token stop)
{
    auto from = *partition.committed;
    while (budget->read < kMostRecords && clock->monotonic() < budget->until) {
        const auto left = std::chrono::duration_cast<Milliseconds>(budget->until - clock->monotonic());
        const ReadRequest piece {
            .tp = partition.tp, .from = from, .maxRecords = std::min(kPiece, kMostRecords - budget->read)};
        auto answer = co_await reader->read(piece, {.deadline = left, .stop = stop});
        if (!answer) {
            co_return failure(answer.error());
        }
        budget->read += int(answer->records.size());
        auto found = co_await offload([records = std::move(answer->records), refuses, key]() -> std::optional<Record> {
            const auto *record = firstRefused(records, refuses, key);
            return record ? std::optional(*record) : std::nullopt;
        });
        if (found) {
            co_return std::optional(describe(*found, budget->read));
        }
        if (answer->reachedEnd || answer->next <= from) {
            break;
        }
        from = answer->next;
    }
    co_return std::optional<FailingRecord>();
}

//! put() took a batch: the bad one is somewhere after the position, nobody says where.
FailingRecord rangeOf(const PartitionLag &partition)
{
    return {.tp = partition.tp,
        .offset = *partition.committed,
        .rangeEnd = partition.end.value_or(*partition.committed),
        .evidence = RecordEvidence::RangeOnly};
}

} // namespace

Task<FailingRecord> searchFailingRecord(ConnectorFacts facts, int task, std::shared_ptr<RecordReader> reader,
    std::shared_ptr<Clock> clock, CallOptions options)
{
    const auto failed = std::ranges::find(facts.status.tasks, task, &TaskStatus::id);
    const auto partitions = suspects(facts);
    if (failed == facts.status.tasks.end() || partitions.empty() || !facts.info) {
        co_return failure(
            {.kind = ErrorKind::NotFound, .message = QStringLiteral("No position is known from which to read")});
    }
    const auto explained = explainTrace(failed->trace);
    if (explained.record && explained.recordOffset) {
        co_return FailingRecord {
            .tp = *explained.record, .offset = *explained.recordOffset, .evidence = RecordEvidence::NamedByTrace};
    }
    const bool key = explained.stage == QLatin1String("KEY_CONVERTER");
    const bool conversion = explained.kind == CauseKind::Deserialization || explained.kind == CauseKind::SchemaRegistry;
    if (!conversion) {
        const auto widest = std::ranges::max_element(partitions, {}, [](const auto &each) { return *each.lag; });
        co_return rangeOf(*widest);
    }
    const auto refuses = refusalOf(facts.info->config, key ? RecordSide::Key : RecordSide::Value);
    if (!refuses) {
        co_return failure(
            {.kind = ErrorKind::NotSupported, .message = QStringLiteral("Headgate cannot play this converter")});
    }
    Budget budget {.until = clock->monotonic() + std::min(kLongest, options.deadline)};
    for (const auto &partition : partitions) {
        const auto found = co_await searchPartition(partition, *refuses, key, reader, clock, &budget, options.stop);
        if (!found) {
            co_return failure(found.error());
        }
        if (*found) {
            co_return Result<FailingRecord>(**found);
        }
    }
    co_return failure({.kind = ErrorKind::NotFound,
        .message = QStringLiteral("None of the records read from the committed position is refused"),
        .detail = QString::number(budget.read)});
}

} // namespace headgate
