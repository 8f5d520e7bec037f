// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/documentjump.h"

#include "domain/replay/offsettable.h"
#include "domain/replay/replayfindings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace headgate {

namespace {

using Json = nlohmann::json;

//! Something that the log tells of a source's offsets.
struct Word
{
    Instant at {};
    const PeriodMark *mark = nullptr;
    const PositionJump *jump = nullptr;
    std::optional<std::vector<ConnectorOffset>> readBack;
};

std::map<ConnectorRef, std::vector<Word>> wordsOf(const LedgerRecords &records)
{
    std::map<ConnectorRef, std::vector<Word>> words;
    for (const auto &mark : records.marks) {
        if (mark.type == ConnectorType::Source) {
            words[mark.connector].push_back({.at = mark.at, .mark = &mark, .readBack = {}});
        }
    }
    for (const auto &jump : records.jumps) {
        if (jump.type == ConnectorType::Source) {
            words[jump.connector].push_back({.at = jump.seenAt, .jump = &jump, .readBack = {}});
        }
    }
    for (const auto &operation : records.operations) {
        if (auto found = findingsOf(operation); found.readBack) {
            words[operation.request.connector].push_back(
                {.at = operation.endedAt + Milliseconds(1), // behind it: it explains nothing of what comes
                    .readBack = std::move(found.readBack)});
        }
    }
    for (auto &[connector, all] : words) {
        std::ranges::sort(all, {}, [](const Word &word) { return std::pair(word.at, word.mark == nullptr); });
    }
    return words;
}

void set(std::vector<ConnectorOffset> &entries, const QByteArray &partition, const QByteArray &offset)
{
    std::erase_if(entries, [&](const ConnectorOffset &each) { return sameDocument(each.partitionJson, partition); });
    if (offset != "null") {
        entries.push_back({partition, offset});
    }
}

void hear(std::optional<KnownDocument> &known, const Word &word)
{
    if (word.mark) {
        const auto &mark = *word.mark;
        const bool rests = !beginsPeriod(mark.kind) && mark.kind != MarkKind::Gone && !mark.document.empty();
        known = rests ? std::optional(KnownDocument {mark.connector, mark.at, mark.platform, mark.document})
                      : std::nullopt; // at work it moves by itself
        return;
    }
    if (!known) {
        return;
    }
    known->at = word.at;
    if (word.readBack) {
        known->entries = *word.readBack;
        return;
    }
    for (const auto &each : word.jump->partitions) {
        if (!each.partitionJson.isEmpty()) {
            set(known->entries, each.partitionJson, each.after);
        }
    }
}

bool isLower(const QByteArray &now, const QByteArray &before)
{
    const auto is = Json::parse(now.begin(), now.end(), nullptr, false);
    const auto was = Json::parse(before.begin(), before.end(), nullptr, false);
    if (!is.is_object() || !was.is_object()) {
        return false;
    }
    bool lower = false;
    for (const auto &[key, value] : was.items()) {
        const auto other = is.find(key);
        if (other == is.end() || !value.is_number_integer() || !other->is_number_integer()) {
            continue;
        }
        if (other->get<std::int64_t>() > value.get<std::int64_t>()) {
            return false;
        }
        lower = lower || other->get<std::int64_t>() < value.get<std::int64_t>();
    }
    return lower;
}

std::optional<JumpKind> kindOf(const QByteArray &before, const QByteArray &after, Between between)
{
    if (after == "null") {
        return JumpKind::Removed;
    }
    if (isLower(after, before)) {
        return JumpKind::WentBack;
    }
    switch (between) {
    case Between::StoodStill:
        return JumpKind::MovedAtRest;
    case Between::NotKnown:
        return JumpKind::MovedUnwatched;
    case Between::Worked:
        break;
    }
    return std::nullopt;
}

} // namespace

std::vector<KnownDocument> knownDocuments(const LedgerRecords &records)
{
    std::vector<KnownDocument> documents;
    for (const auto &[connector, words] : wordsOf(records)) {
        std::optional<KnownDocument> known;
        std::ranges::for_each(words, [&known](const Word &word) { hear(known, word); });
        if (known) {
            documents.push_back(*std::move(known));
        }
    }
    return documents;
}

std::vector<PositionJump> documentJumps(
    const KnownDocument &known, const std::vector<ConnectorOffset> &now, Instant at, Between between)
{
    const OffsetTable is(now), was(known.entries);
    auto partitions = known.entries;
    std::ranges::copy_if(now, std::back_inserter(partitions),
        [&was](const ConnectorOffset &each) { return was.at(each.partitionJson) == "null"; });
    std::map<JumpKind, std::vector<PartitionJump>> found;
    for (const auto &entry : partitions) {
        if (is.agrees(was, entry.partitionJson)) {
            continue;
        }
        const auto before = was.at(entry.partitionJson), after = is.at(entry.partitionJson);
        if (const auto kind = kindOf(before, after, between)) {
            found[*kind].push_back({{}, entry.partitionJson, before, after});
        }
    }
    std::vector<PositionJump> jumps;
    for (auto &[kind, moved] : found) {
        jumps.push_back({known.connector, ConnectorType::Source, kind, known.at, at, known.platform, std::move(moved)});
    }
    return jumps;
}

} // namespace headgate
