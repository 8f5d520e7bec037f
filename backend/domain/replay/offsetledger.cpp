// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/offsetledger.h"

#include "domain/replay/offsettable.h"
#include "domain/replay/replayfindings.h"
#include "domain/replay/replayplanfile.h"

#include <QHash>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

constexpr std::array kKindWords {std::pair {LedgerKind::Replay, "replay"}, std::pair {LedgerKind::WayBack, "way-back"},
    std::pair {LedgerKind::Jump, "jump"}, std::pair {LedgerKind::Period, "period"}};
constexpr std::array kJumpWords {std::pair {JumpKind::WentBack, "went-back"},
    std::pair {JumpKind::MovedAtRest, "moved-at-rest"}, std::pair {JumpKind::BeyondEnd, "beyond-end"},
    std::pair {JumpKind::TooFar, "too-far"}, std::pair {JumpKind::Removed, "removed"},
    std::pair {JumpKind::GroupRemoved, "group-removed"}, std::pair {JumpKind::LogWentBack, "log-went-back"},
    std::pair {JumpKind::MovedUnwatched, "moved-unwatched"}};
constexpr std::array kMarkWords {std::pair {MarkKind::FirstSeen, "first-seen"},
    std::pair {MarkKind::Started, "started"}, std::pair {MarkKind::Paused, "paused"},
    std::pair {MarkKind::Stopped, "stopped"}, std::pair {MarkKind::Gone, "gone"}};
constexpr std::array kOutcomeWords {std::pair {Outcome::Confirmed, "confirmed"},
    std::pair {Outcome::Refused, "refused"}, std::pair {Outcome::Failed, "failed"},
    std::pair {Outcome::Unknown, "unknown"}};

template <class Words, class Kind> QString wordOf(const Words &words, Kind kind)
{
    return QString::fromLatin1(words[std::size_t(kind)].second);
}

QByteArray digits(std::optional<std::int64_t> offset)
{
    return offset ? QByteArray::number(qint64(*offset)) : QByteArrayLiteral("null");
}

std::vector<LedgerMove> sinkMoves(const ReplayPlan &plan, const ReplayFindings &found)
{
    const auto table = [](const std::optional<std::vector<ConnectorOffset>> &offsets) {
        QHash<TopicPartition, QByteArray> positions;
        for (const auto &entry : offsets.value_or(std::vector<ConnectorOffset>())) {
            if (const auto position = sinkPosition(entry)) {
                positions.insert(position->tp, digits(position->offset));
            }
        }
        return positions;
    };
    const auto saved = table(found.saved), now = table(found.readBack);
    std::vector<LedgerMove> moves;
    for (const auto &move : plan.moves) {
        if (move.moves) {
            moves.push_back({.tp = move.tp,
                .partitionJson = {},
                .before = found.saved ? saved.value(move.tp, "null") : digits(move.before),
                .after = digits(move.after),
                .readBack = found.readBack ? now.value(move.tp, "null") : QByteArray(),
                .again = move.again,
                .skipped = move.skipped});
        }
    }
    return moves;
}

std::vector<LedgerMove> sourceMoves(const ReplayPlan &plan, const ReplayFindings &found)
{
    const OffsetTable saved(found.saved.value_or(std::vector<ConnectorOffset>()));
    const OffsetTable now(found.readBack.value_or(std::vector<ConnectorOffset>()));
    std::vector<LedgerMove> moves;
    for (const auto &move : plan.sourceMoves) {
        if (!sameDocument(move.before, move.after)) {
            moves.push_back({.tp = {},
                .partitionJson = move.partitionJson,
                .before = found.saved ? saved.at(move.partitionJson) : move.before,
                .after = move.after,
                .readBack = found.readBack ? now.at(move.partitionJson) : QByteArray()});
        }
    }
    return moves;
}

LedgerEntry entryOf(const Operation &operation)
{
    const auto &request = operation.request;
    LedgerEntry entry {.id = operation.id.text,
        .kind = request.compensates.isEmpty() ? LedgerKind::Replay : LedgerKind::WayBack,
        .connector = request.connector,
        .from = operation.startedAt,
        .at = operation.endedAt,
        .person = operation.person,
        .reason = request.reason,
        .outcome = operation.outcome,
        .observed = operation.observed,
        .operation = operation.id,
        .restores = request.compensates};
    const auto plan = planFromText(operation.plan);
    if (!plan) {
        entry.exact = false; // what it moved is not known
        return entry;
    }
    const auto found = findingsOf(operation);
    entry.type = plan->type;
    entry.planHash = planHash(*plan);
    if (!plan->request.restores.isEmpty()) {
        entry.kind = LedgerKind::WayBack;
        entry.restores = plan->request.restores;
    }
    entry.moves = plan->type == ConnectorType::Source ? sourceMoves(*plan, found) : sinkMoves(*plan, found);
    if (plan->type != ConnectorType::Source && operation.outcome != Outcome::Refused) {
        entry.again = found.again ? found.again : std::optional(plan->again);
        entry.skipped = found.skipped ? found.skipped : std::optional(plan->skipped);
    }
    entry.exact = !plan->atMost;
    if (operation.outcome == Outcome::Refused) { // what was asked for, but nothing of it was done
        for (auto &move : entry.moves) {
            move.again.reset();
            move.skipped.reset();
        }
    }
    return entry;
}

QString idOf(const char *kind, Instant at, const ConnectorRef &connector, int number)
{
    return QStringLiteral("%1 %2 %3/%4 %5")
        .arg(QLatin1String(kind), toIso(at), connector.cluster.text, connector.name)
        .arg(number);
}

std::optional<std::int64_t> distance(const QByteArray &from, const QByteArray &to)
{
    bool isFrom = false, isTo = false;
    const auto a = from.toLongLong(&isFrom), b = to.toLongLong(&isTo);
    return isFrom && isTo ? std::optional<std::int64_t>(std::max<qint64>(0, b - a)) : std::nullopt;
}

LedgerEntry entryOf(const PositionJump &jump)
{
    LedgerEntry entry {.id = idOf("jump", jump.seenAt, jump.connector, int(jump.kind)),
        .kind = LedgerKind::Jump,
        .jump = jump.kind,
        .connector = jump.connector,
        .type = jump.type,
        .from = jump.notBefore,
        .at = jump.seenAt,
        .exact = false}; // what was read between the two looks is in it
    const bool counts = jump.kind == JumpKind::WentBack || jump.kind == JumpKind::MovedAtRest
        || jump.kind == JumpKind::BeyondEnd || jump.kind == JumpKind::TooFar;
    for (const auto &each : jump.partitions) {
        LedgerMove move {.tp = each.tp,
            .partitionJson = each.partitionJson,
            .before = each.before,
            .after = each.after,
            .readBack = each.after};
        if (counts && each.partitionJson.isEmpty()) {
            move.again = distance(each.after, each.before);
            move.skipped = distance(each.before, each.after);
            entry.again = entry.again.value_or(0) + move.again.value_or(0);
            entry.skipped = entry.skipped.value_or(0) + move.skipped.value_or(0);
        }
        entry.moves.push_back(std::move(move));
    }
    return entry;
}

std::vector<LedgerMove> movesOf(const std::vector<OffsetRange> &ranges)
{
    std::vector<LedgerMove> moves;
    for (const auto &range : ranges) {
        moves.push_back({.tp = range.tp,
            .partitionJson = {},
            .before = range.from ? digits(range.from) : QByteArray(),
            .after = range.to ? digits(range.to) : QByteArray(),
            .readBack = {},
            .records = countOf(range)});
    }
    return moves;
}

LedgerEntry entryOf(const LedgerPeriod &period, int number)
{
    LedgerEntry entry {.id = idOf("period", period.from, period.connector, number),
        .kind = LedgerKind::Period,
        .begunBy = period.begunBy,
        .endedBy = period.endedBy,
        .connector = period.connector,
        .type = period.type,
        .from = period.from,
        .at = period.to,
        .operation = period.operation,
        .moves = movesOf(period.ranges),
        .exact = period.exact,
        .deadLetters = movesOf(period.deadLetters),
        .taskFailures = period.taskFailures};
    const OffsetTable after(period.documentAfter), before(period.documentBefore);
    for (const auto &each : period.documentAfter) {
        entry.moves.push_back({.tp = {},
            .partitionJson = each.partitionJson,
            .before = period.documentBefore.empty() ? QByteArray() : before.at(each.partitionJson),
            .after = each.offsetJson,
            .readBack = each.offsetJson});
    }
    if (period.endedBy && period.jumps == 0) {
        entry.records = countOf(period.ranges);
    }
    if (period.deadLettersKnown) {
        entry.deadLetterCount = countOf(period.deadLetters);
    }
    return entry;
}

void link(std::vector<LedgerEntry> &entries)
{
    QHash<QString, QString> restoredBy;
    for (const auto &entry : entries) {
        if (entry.kind == LedgerKind::WayBack && entry.outcome == Outcome::Confirmed) {
            restoredBy.insert(entry.restores.text, entry.id);
        }
    }
    for (auto &entry : entries) {
        if (entry.kind == LedgerKind::Replay || entry.kind == LedgerKind::WayBack) {
            entry.restoredBy = {restoredBy.value(entry.id)};
        }
    }
}

QString wordsOf(const LedgerEntry &entry)
{
    QStringList fields {entry.id, entry.operation.text, entry.connector.context.text, entry.connector.cluster.text,
        entry.connector.name, ledgerKindWord(entry.kind), entry.person, entry.reason, entry.observed,
        entry.restores.text, entry.restoredBy.text, QString::fromLatin1(entry.planHash), toIso(ledgerTime(entry))};
    fields << (entry.jump ? jumpKindWord(*entry.jump) : QString());
    fields << (entry.begunBy ? markKindWord(*entry.begunBy) : QString());
    fields << (entry.endedBy ? markKindWord(*entry.endedBy) : QString());
    fields << (entry.outcome ? wordOf(kOutcomeWords, *entry.outcome) : QString());
    for (const auto *const moves : {&entry.moves, &entry.deadLetters}) {
        for (const auto &move : *moves) {
            fields << move.tp.topic << QString::fromUtf8(move.partitionJson);
        }
    }
    return fields.join(QLatin1Char('\n'));
}

} // namespace

std::vector<LedgerEntry> ledgerOf(const LedgerRecords &records)
{
    std::vector<LedgerEntry> entries;
    for (const auto &operation : records.operations) {
        if (operation.request.kind == OperationKind::Replay) {
            entries.push_back(entryOf(operation));
        }
    }
    for (const auto &jump : records.jumps) {
        entries.push_back(entryOf(jump));
    }
    int number = 0; // two periods of one connector may begin at one moment
    for (const auto &period : periodsOf(records.marks, records.jumps)) {
        entries.push_back(entryOf(period, number++));
    }
    link(entries);
    std::ranges::sort(
        entries, std::greater(), [](const LedgerEntry &entry) { return std::pair(ledgerTime(entry), entry.id); });
    return entries;
}

Instant ledgerTime(const LedgerEntry &entry)
{
    const bool operation = entry.kind == LedgerKind::Replay || entry.kind == LedgerKind::WayBack;
    return operation || entry.at == Instant {} ? entry.from : entry.at;
}

LedgerProof proofOf(const LedgerEntry &entry)
{
    bool any = false;
    for (const auto &move : entry.moves) {
        if (move.readBack.isEmpty()) {
            continue;
        }
        any = true;
        if (!sameDocument(move.readBack, move.after)) {
            return LedgerProof::Differs;
        }
    }
    return any ? LedgerProof::Equal : LedgerProof::None;
}

QString ledgerKindWord(LedgerKind kind)
{
    return wordOf(kKindWords, kind);
}

QString jumpKindWord(JumpKind kind)
{
    return wordOf(kJumpWords, kind);
}

QString markKindWord(MarkKind kind)
{
    return wordOf(kMarkWords, kind);
}

bool mentions(const LedgerEntry &entry, const QString &text)
{
    const auto all = wordsOf(entry);
    const auto words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &each) {
        const bool negated = each.size() > 1 && each.front() == QLatin1Char('!');
        return all.contains(negated ? each.mid(1) : each, Qt::CaseInsensitive) != negated;
    });
}

} // namespace headgate
