// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/deadletterreader.h"

#include "domain/connectors/sinktopics.h"

#include <algorithm>
#include <map>

namespace headgate {

namespace {

constexpr int recordsAtOnce = 500;
constexpr qint64 bytesAtOnce = 16 * 1024 * 1024;

QString setting(const ConfigMap &config, const char *key)
{
    const auto *value = findConfig(config, QString::fromLatin1(key));
    return value != nullptr ? value->trimmed() : QString();
}

std::map<TopicPartition, std::int64_t> byPartition(const std::vector<PartitionOffset> &offsets)
{
    std::map<TopicPartition, std::int64_t> known;
    for (const auto &each : offsets) {
        if (each.offset) {
            known[each.tp] = *each.offset;
        }
    }
    return known;
}

} // namespace

DeadLetterReader::DeadLetterReader(ContextsService &contexts)
    : m_contexts(contexts)
    , m_clients(contexts)
{
}

Result<std::shared_ptr<Brokers>> DeadLetterReader::brokersOf(const ContextId &id)
{
    const auto context = contextOf(m_contexts, id);
    if (!context) {
        return failure(context.error());
    }
    const auto &edges = m_contexts.edges();
    auto brokers = m_brokers.clientFor(id, context->kafka, [&] { return makeBrokers(edges, context->kafka); });
    if (!brokers || !brokers->reader) {
        return failure({.kind = ErrorKind::NotSupported,
            .message = QStringLiteral("Dead letters are read from the brokers, and this context names none")});
    }
    return brokers;
}

Task<DeadLetterReader::Configured> DeadLetterReader::configured(ContextId id, CallOptions options)
{
    const auto context = contextOf(m_contexts, id);
    if (!context) {
        co_return failure(context.error());
    }
    Configured found;
    for (const auto &cluster : context->connectClusters) {
        const auto client = m_clients.clientFor({id, cluster.name, {}});
        auto infos = client ? co_await (*client)->fetchInfos(options) : Result<InfoListing>(failure(client.error()));
        if (!infos) {
            found.errors.push_back(infos.error());
            continue;
        }
        for (auto &info : infos->connectors) {
            found.connectors.emplace_back(ConnectorRef {id, cluster.name, info.name}, std::move(info));
        }
    }
    if (found.connectors.empty() && !found.errors.empty()) {
        co_return failure(found.errors.front());
    }
    co_return std::move(found);
}

Task<std::vector<TopicPartition>> DeadLetterReader::partitionsOf(
    ContextId context, QStringList topics, CallOptions options)
{
    const auto known = co_await cluster(std::move(context), options);
    if (!known) {
        co_return failure(known.error());
    }
    std::vector<TopicPartition> partitions;
    for (const auto &topic : known->topics) {
        if (topics.contains(topic.name)) {
            for (const auto &partition : topic.partitions) {
                partitions.push_back({topic.name, partition.id});
            }
        }
    }
    co_return std::move(partitions);
}

Task<ClusterFact> DeadLetterReader::cluster(ContextId context, CallOptions options)
{
    const auto brokers = brokersOf(context);
    if (!brokers) {
        co_return failure(brokers.error());
    }
    const auto kept = *brokers;
    co_return co_await kept->admin->fetchCluster(options);
}

Task<std::vector<PartitionOffset>> DeadLetterReader::ends(ContextId context, QStringList topics, CallOptions options)
{
    const auto brokers = brokersOf(context);
    auto partitions = brokers ? co_await partitionsOf(context, std::move(topics), options)
                              : Result<std::vector<TopicPartition>>(failure(brokers.error()));
    if (!partitions) {
        co_return failure(partitions.error());
    }
    const auto kept = *brokers;
    co_return co_await kept->admin->fetchEndOffsets(*std::move(partitions), options);
}

Task<DeadLetterOverview> DeadLetterReader::queues(ContextId context, CallOptions options)
{
    auto known = co_await configured(context, options);
    if (!known) {
        co_return failure(known.error());
    }
    DeadLetterOverview overview {.errors = known->errors};
    std::map<QString, DeadLetterQueue> queues;
    for (const auto &[ref, info] : known->connectors) {
        const auto topic = setting(info.config, "errors.deadletterqueue.topic.name");
        if (topic.isEmpty()) {
            overview.sinksWithout += info.type == ConnectorType::Sink ? 1 : 0;
            continue;
        }
        auto &queue = queues[topic];
        queue.topic = topic;
        queue.connectors.push_back(ref);
        queue.headersOn = queue.headersOn
            && setting(info.config, "errors.deadletterqueue.context.headers.enable").toLower() == QLatin1String("true");
    }
    const auto brokers = brokersOf(context);
    QStringList topics;
    for (const auto &[topic, queue] : queues) {
        topics << topic;
    }
    auto partitions = brokers ? co_await partitionsOf(context, topics, options)
                              : Result<std::vector<TopicPartition>>(failure(brokers.error()));
    std::map<TopicPartition, std::int64_t> first, next;
    std::optional<Error> fault = partitions ? std::nullopt : std::optional(partitions.error());
    if (partitions) {
        const auto kept = *brokers;
        const auto starts = co_await kept->admin->fetchStartOffsets(*partitions, options);
        const auto ends = co_await kept->admin->fetchEndOffsets(*partitions, options);
        fault = !starts ? std::optional(starts.error()) : !ends ? std::optional(ends.error()) : std::nullopt;
        first = byPartition(starts.value_or(std::vector<PartitionOffset>()));
        next = byPartition(ends.value_or(std::vector<PartitionOffset>()));
    }
    for (auto &[topic, queue] : queues) {
        queue.error = fault;
        queue.exists = !partitions
            || std::ranges::any_of(*partitions, [&](const TopicPartition &each) { return each.topic == topic; });
        for (const auto &[tp, end] : next) {
            queue.records += tp.topic == topic && first.contains(tp) ? end - first.at(tp) : 0;
        }
        overview.queues.push_back(std::move(queue));
    }
    co_return std::move(overview);
}

Task<DeadLetterPage> DeadLetterReader::browse(ContextId context, QString topic, int most, CallOptions options)
{
    const auto brokers = brokersOf(context);
    auto partitions = brokers ? co_await partitionsOf(context, {topic}, options)
                              : Result<std::vector<TopicPartition>>(failure(brokers.error()));
    if (!partitions) {
        co_return failure(partitions.error());
    }
    if (partitions->empty()) {
        co_return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("There is no topic %1").arg(topic)});
    }
    const auto kept = *brokers;
    const Remaining remaining(m_contexts.edges().clock, options);
    const auto starts = co_await kept->admin->fetchStartOffsets(*partitions, remaining.options());
    const auto ends = co_await kept->admin->fetchEndOffsets(*partitions, remaining.options());
    if (!starts || !ends) {
        co_return failure(starts ? ends.error() : starts.error());
    }
    const auto first = byPartition(*starts), next = byPartition(*ends);
    const auto share = std::max<std::int64_t>(1, most / std::int64_t(partitions->size()));
    DeadLetterPage page;
    for (const auto &[tp, end] : next) {
        const auto start = first.contains(tp) ? first.at(tp) : 0;
        auto from = std::max(start, end - share);
        page.before += from - start;
        while (from < end && !remaining.over()) {
            const ReadRequest request {
                .tp = tp, .from = from, .until = end, .maxRecords = recordsAtOnce, .maxBytes = bytesAtOnce};
            const auto answer = co_await kept->reader->read(request, remaining.options());
            if (!answer) {
                co_return failure(answer.error());
            }
            std::ranges::transform(answer->records, std::back_inserter(page.letters), deadLetterOf);
            if (answer->next <= from) {
                break;
            }
            from = answer->next;
        }
    }
    co_return std::move(page);
}

Task<void> DeadLetterReader::readPlaces(
    ContextId context, std::vector<RecordAt> places, std::function<void(Record)> take, CallOptions options)
{
    const auto brokers = brokersOf(context);
    if (!brokers) {
        co_return failure(brokers.error());
    }
    const auto kept = *brokers;
    const Remaining remaining(m_contexts.edges().clock, options);
    std::ranges::sort(places);
    for (size_t i = 0; i < places.size();) {
        // Neighbours are read in one go, in pieces where they are large.
        size_t end = i + 1;
        while (end < places.size() && places[end].tp == places[i].tp
            && places[end].offset - places[i].offset < recordsAtOnce) {
            ++end;
        }
        ReadRequest request {.tp = places[i].tp,
            .from = places[i].offset,
            .until = places[end - 1].offset + 1,
            .maxRecords = recordsAtOnce,
            .maxBytes = bytesAtOnce};
        while (request.from < request.until) {
            auto answer = co_await kept->reader->read(request, remaining.options());
            if (!answer) {
                co_return failure(answer.error());
            }
            for (auto &record : answer->records) {
                if (std::ranges::binary_search(places, RecordAt {record.tp, record.offset})) {
                    take(std::move(record));
                }
            }
            if (answer->reachedEnd || answer->next <= request.from) {
                break;
            }
            request.from = answer->next;
        }
        i = end;
    }
    co_return {};
}

Task<std::vector<Record>> DeadLetterReader::fetchAll(
    ContextId context, std::vector<RecordAt> places, CallOptions options)
{
    std::vector<Record> found;
    const auto read = co_await readPlaces(
        std::move(context), std::move(places), [&found](Record record) { found.push_back(std::move(record)); },
        std::move(options));
    if (!read) {
        co_return failure(read.error());
    }
    co_return std::move(found);
}

Task<std::vector<DeadLetter>> DeadLetterReader::letters(
    ContextId context, std::vector<RecordAt> places, CallOptions options)
{
    std::vector<DeadLetter> found;
    const auto read = co_await readPlaces(
        std::move(context), std::move(places),
        [&found](const Record &record) { found.push_back(deadLetterOf(record)); }, std::move(options));
    if (!read) {
        co_return failure(read.error());
    }
    co_return std::move(found);
}

Task<Record> DeadLetterReader::fetch(ContextId context, RecordAt at, CallOptions options)
{
    auto found = co_await fetchAll(std::move(context), {at}, std::move(options));
    if (!found) {
        co_return failure(found.error());
    }
    if (found->empty()) {
        co_return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("%1-%2 has no record at %3 any more")
                .arg(at.tp.topic)
                .arg(at.tp.partition)
                .arg(at.offset)});
    }
    co_return std::move(found->front());
}

Task<QHash<QString, QStringList>> DeadLetterReader::readersOf(
    ContextId context, QStringList topics, CallOptions options)
{
    auto known = co_await configured(std::move(context), std::move(options));
    if (!known) {
        co_return failure(known.error());
    }
    QHash<QString, QStringList> readers;
    for (const auto &[ref, info] : known->connectors) {
        for (const auto &topic : info.type == ConnectorType::Sink ? topicsRead(info.config, topics) : QStringList()) {
            readers[topic] << ref.name;
        }
    }
    for (auto &names : readers) {
        names.sort();
    }
    co_return std::move(readers);
}

QCoro::Task<> DeadLetterReader::close()
{
    co_await m_clients.close();
    co_await m_brokers.close();
}

} // namespace headgate
