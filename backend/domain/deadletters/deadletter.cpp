// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/deadletter.h"

#include <QHash>

#include <algorithm>

namespace headgate {

namespace {

const QByteArray prefix = QByteArrayLiteral("__connect.errors.");

//! The last header of this name counts: a letter that failed twice has two of each.
std::optional<QByteArray> header(const Record &record, const char *name)
{
    const auto wanted = prefix + name;
    const auto found = std::ranges::find_if(
        record.headers.rbegin(), record.headers.rend(), [&](const RecordHeader &each) { return each.key == wanted; });
    return found == record.headers.rend() ? std::nullopt : std::optional(found->value);
}

QString text(const Record &record, const char *name, qsizetype most = 4096)
{
    return QString::fromUtf8(header(record, name).value_or(QByteArray()).left(most));
}

std::optional<std::int64_t> number(const Record &record, const char *name)
{
    const auto value = header(record, name);
    bool whole = false;
    const auto parsed = value ? value->toLongLong(&whole) : 0;
    return whole && parsed >= 0 ? std::optional<std::int64_t>(parsed) : std::nullopt;
}

std::optional<RecordAt> originalOf(const Record &record)
{
    const auto topic = text(record, "topic");
    const auto partition = number(record, "partition"), offset = number(record, "offset");
    if (topic.isEmpty() || !partition || *partition > std::numeric_limits<std::int32_t>::max() || !offset) {
        return std::nullopt;
    }
    return RecordAt {{topic, std::int32_t(*partition)}, *offset};
}

std::optional<DeadLetterReason> reasonOf(const Record &record)
{
    if (!header(record, "connector.name") && !header(record, "exception.class.name") && !header(record, "stage")) {
        return std::nullopt;
    }
    return DeadLetterReason {.connector = text(record, "connector.name"),
        .task = int(number(record, "task.id").value_or(-1)),
        .stage = text(record, "stage"),
        .className = text(record, "class.name"),
        .exceptionClass = text(record, "exception.class.name"),
        .exceptionMessage = text(record, "exception.message"),
        .trace = text(record, "exception.stacktrace", DeadLetterReason::maxTrace)};
}

qint64 bytesOf(const Record &record)
{
    qint64 bytes = record.key.value_or(QByteArray()).size() + record.value.value_or(QByteArray()).size();
    for (const auto &each : record.headers) {
        bytes += each.key.size() + each.value.size();
    }
    return bytes;
}

QString keyOf(const QString &topic, const QString &connector, const QString &stage, const QString &exception)
{
    const QChar between(u'\0');
    return topic + between + connector + between + stage + between + exception;
}

void count(DeadLetterGroup &group, const DeadLetter &letter, Instant now)
{
    ++group.records;
    group.bytes += letter.bytes;
    group.first = group.records == 1 ? letter.timestamp : std::min(group.first, letter.timestamp);
    const bool newest = group.records == 1 || letter.timestamp >= group.last;
    group.last = std::max(group.last, letter.timestamp);
    if (newest && letter.reason) {
        const auto &reason = *letter.reason;
        group.message = reason.exceptionMessage;
        group.cause = explainTrace(reason.trace.isEmpty()
                ? QStringLiteral("%1: %2").arg(reason.exceptionClass, reason.exceptionMessage)
                : reason.trace);
    }
    const auto hoursAgo = (now - letter.timestamp) / std::chrono::hours(1);
    if (hoursAgo >= 0 && hoursAgo < DeadLetterGroup::buckets) {
        ++group.perHour.at(size_t(DeadLetterGroup::buckets - 1 - hoursAgo));
    }
}

} // namespace

bool isErrorHeader(const QByteArray &key)
{
    return key.startsWith(prefix);
}

DeadLetter deadLetterOf(const Record &record)
{
    return {.at = {record.tp, record.offset},
        .timestamp = record.timestamp,
        .key = record.key.value_or(QByteArray()).left(DeadLetter::maxKey),
        .hasKey = record.key.has_value(),
        .hasValue = record.value.has_value(),
        .bytes = bytesOf(record),
        .original = originalOf(record),
        .reason = reasonOf(record)};
}

QString groupKey(const DeadLetterGroup &group)
{
    return keyOf(group.topic, group.connector, group.stage, group.exceptionClass);
}

QString groupKey(const DeadLetter &letter)
{
    const auto reason = letter.reason.value_or(DeadLetterReason {});
    return keyOf(letter.at.tp.topic, reason.connector, reason.stage, reason.exceptionClass);
}

std::vector<DeadLetterGroup> groupsOf(const std::vector<DeadLetter> &letters, Instant now)
{
    std::vector<DeadLetterGroup> groups;
    QHash<QString, size_t> known;
    for (const auto &letter : letters) {
        const auto key = groupKey(letter);
        auto at = known.find(key);
        if (at == known.end()) {
            at = known.insert(key, groups.size());
            DeadLetterGroup group {.topic = letter.at.tp.topic, .hasReason = letter.reason.has_value()};
            if (letter.reason) {
                group.connector = letter.reason->connector;
                group.stage = letter.reason->stage;
                group.exceptionClass = letter.reason->exceptionClass;
            }
            groups.push_back(std::move(group));
        }
        count(groups[*at], letter, now);
    }
    std::ranges::sort(groups, [](const DeadLetterGroup &a, const DeadLetterGroup &b) {
        return a.records != b.records ? a.records > b.records : groupKey(a) < groupKey(b);
    });
    return groups;
}

} // namespace headgate
