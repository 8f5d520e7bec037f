// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger/ledgertext.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(LedgerText)
};

QString jumpWhat(JumpKind kind)
{
    switch (kind) {
    case JumpKind::WentBack:
        return Words::tr("Went back");
    case JumpKind::MovedAtRest:
        return Words::tr("Moved at rest");
    case JumpKind::BeyondEnd:
        return Words::tr("Beyond the end");
    case JumpKind::TooFar:
        return Words::tr("Leapt ahead");
    case JumpKind::Removed:
        return Words::tr("Removed");
    case JumpKind::GroupRemoved:
        return Words::tr("Group removed");
    case JumpKind::LogWentBack:
        return Words::tr("Log went back");
    case JumpKind::MovedUnwatched:
        return Words::tr("Moved unwatched");
    }
    return {};
}

QString jumpSentence(JumpKind kind, const QString &name)
{
    switch (kind) {
    case JumpKind::WentBack:
        return Words::tr("The positions of %1 went back, by no replay of this log: records are delivered again.")
            .arg(name);
    case JumpKind::MovedAtRest:
        return Words::tr("The positions of %1 moved on while it was stopped, by no replay of this log: records are "
                         "skipped.")
            .arg(name);
    case JumpKind::MovedUnwatched:
        return Words::tr("The positions of %1 are others than when it was last seen, by no replay of this log. Whether "
                         "it worked in between is not known.")
            .arg(name);
    case JumpKind::BeyondEnd:
        return Words::tr("The positions of %1 are above the end of the log: the consumer resets them by its policy.")
            .arg(name);
    case JumpKind::TooFar:
        return Words::tr("The positions of %1 moved on further than anybody reads in that time.").arg(name);
    case JumpKind::Removed:
        return Words::tr("Some positions of %1 are gone: the consumer's policy decides where it reads next.").arg(name);
    case JumpKind::GroupRemoved:
        return Words::tr("All positions of %1 are gone: its consumer group was deleted, or has expired.").arg(name);
    case JumpKind::LogWentBack:
        return Words::tr("The log behind %1 ends before where it ended: the topic was made anew, or its end was lost.")
            .arg(name);
    }
    return {};
}

QString replaySentence(const LedgerEntry &entry, const QString &name)
{
    if (!entry.outcome) {
        return Words::tr("Positions of %1 are being set, or the program ended while it set them.").arg(name);
    }
    switch (*entry.outcome) {
    case Outcome::Confirmed:
        return entry.kind == LedgerKind::WayBack
            ? Words::tr("The positions of %1 were put back to what %2 had saved.").arg(name, entry.restores.text)
            : Words::tr("The positions of %1 were set through Headgate.").arg(name);
    case Outcome::Refused:
        return Words::tr("Positions of %1 were to be set; it was refused and nothing was changed.").arg(name);
    case Outcome::Failed:
        return Words::tr("Positions of %1 were to be set; it failed.").arg(name);
    case Outcome::Unknown:
        break;
    }
    return Words::tr("Positions of %1 were to be set; what came of it is not known.").arg(name);
}

QString periodSentence(const LedgerEntry &entry, const QString &name)
{
    const auto source = entry.type == ConnectorType::Source;
    if (!entry.endedBy) {
        return source ? Words::tr("%1 writes; what it wrote is counted when it stops.").arg(name)
                      : Words::tr("%1 consumes; what it consumed is counted when it stops.").arg(name);
    }
    auto text = source ? Words::tr("What was written to the topics of %1 from one start to the next stop.").arg(name)
                       : Words::tr("What %1 consumed from one start to the next stop.").arg(name);
    if (!entry.exact) {
        text += QLatin1Char(' ')
            + Words::tr("It is not exact: a position had not come to rest, was not read in time, or jumped.");
    }
    return text;
}

QString endWord(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Paused:
        return Words::tr("Paused");
    case MarkKind::Stopped:
        return Words::tr("Stopped");
    case MarkKind::Gone:
        return Words::tr("Gone");
    case MarkKind::FirstSeen:
    case MarkKind::Started:
        break;
    }
    return {};
}

bool isNumber(const QByteArray &position)
{
    bool number = false;
    position.toLongLong(&number);
    return number;
}

QString countWord(std::int64_t count, bool exact)
{
    return exact ? fullNumber(count) : Words::tr("at most %1").arg(fullNumber(count));
}

QString numberOr(std::optional<std::int64_t> number, const QString &otherwise)
{
    return number ? fullNumber(*number) : otherwise;
}

} // namespace

QString ledgerWhat(const LedgerEntry &entry)
{
    switch (entry.kind) {
    case LedgerKind::Replay:
        return Words::tr("Replay");
    case LedgerKind::WayBack:
        return Words::tr("Way back");
    case LedgerKind::Jump:
        return jumpWhat(entry.jump.value_or(JumpKind::WentBack));
    case LedgerKind::Period:
        return entry.type == ConnectorType::Source ? Words::tr("Written") : Words::tr("Consumed");
    }
    return {};
}

QString ledgerSentence(const LedgerEntry &entry)
{
    const auto name = shownText(entry.connector.name, 120);
    switch (entry.kind) {
    case LedgerKind::Replay:
    case LedgerKind::WayBack:
        return replaySentence(entry, name);
    case LedgerKind::Jump:
        return jumpSentence(entry.jump.value_or(JumpKind::WentBack), name);
    case LedgerKind::Period:
        return periodSentence(entry, name);
    }
    return {};
}

QString ledgerOutcome(const LedgerEntry &entry)
{
    switch (entry.kind) {
    case LedgerKind::Replay:
    case LedgerKind::WayBack:
        return entry.outcome ? outcomeWord(*entry.outcome) : Words::tr("Open");
    case LedgerKind::Jump:
        return Words::tr("From outside");
    case LedgerKind::Period:
        return entry.endedBy ? endWord(*entry.endedBy) : Words::tr("Goes on");
    }
    return {};
}

QString ledgerWho(const LedgerEntry &entry)
{
    switch (entry.kind) {
    case LedgerKind::Replay:
    case LedgerKind::WayBack:
        return personName(entry.person);
    case LedgerKind::Jump:
        return Words::tr("not known");
    case LedgerKind::Period:
        return Words::tr("itself");
    }
    return {};
}

QString ledgerWhy(const LedgerEntry &entry)
{
    return shownText(entry.reason, 200);
}

QString positionText(const QByteArray &position)
{
    return position.isEmpty() ? Words::tr("not known")
        : position == "null"  ? Words::tr("none")
        : isNumber(position)  ? fullNumber(position.toLongLong())
                              : shownText(QString::fromUtf8(position), 400);
}

QString partitionText(const LedgerMove &move)
{
    return move.tp.topic.isEmpty() ? shownText(QString::fromUtf8(move.partitionJson), 200)
                                   : QStringLiteral("%1-%2").arg(shownText(move.tp.topic, 120)).arg(move.tp.partition);
}

QString ledgerWhere(const LedgerEntry &entry)
{
    return entry.moves.empty()    ? Words::tr("partitions not known")
        : entry.moves.size() == 1 ? partitionText(entry.moves.front())
                                  : Words::tr("%n partition(s)", nullptr, int(entry.moves.size()));
}

QString ledgerMoved(const LedgerEntry &entry)
{
    const auto moves = [](const LedgerMove &move) {
        return move.before != move.after;
    };
    const auto first = std::ranges::find_if(entry.moves, moves);
    if (first == entry.moves.end()) {
        return entry.moves.empty() ? QString() : Words::tr("stands at %1").arg(positionText(entry.moves.front().after));
    }
    if (entry.kind == LedgerKind::Period && !entry.endedBy) {
        return Words::tr("from %1").arg(positionText(first->before));
    }
    const auto text = QStringLiteral("%1 → %2").arg(positionText(first->before), positionText(first->after));
    return entry.moves.size() == 1 ? text : Words::tr("%1, ...").arg(text);
}

LedgerCount ledgerCount(const LedgerEntry &entry)
{
    if (entry.kind == LedgerKind::Period) {
        return {entry.records, entry.type == ConnectorType::Source ? Words::tr("written") : Words::tr("consumed")};
    }
    const bool skips = entry.skipped.value_or(0) > entry.again.value_or(0);
    return {skips ? entry.skipped : entry.again, skips ? Words::tr("skipped") : Words::tr("again")};
}

QString ledgerCountText(const LedgerEntry &entry)
{
    if (entry.kind == LedgerKind::Period) {
        return entry.records ? countWord(*entry.records, true)
            : entry.endedBy  ? Words::tr("not known: a position at its begin or end is missing, or jumped in between")
                             : Words::tr("not counted yet");
    }
    if (entry.outcome == Outcome::Refused) {
        return Words::tr("none: it was refused");
    }
    if (!entry.again && !entry.skipped) {
        return entry.type == ConnectorType::Source ? Words::tr("not known: only the source's plug-in can tell")
                                                   : Words::tr("not known");
    }
    QStringList parts;
    if (entry.again.value_or(0) > 0 || entry.skipped.value_or(0) == 0) {
        parts << Words::tr("%1 again").arg(countWord(entry.again.value_or(0), entry.exact));
    }
    if (entry.skipped.value_or(0) > 0) {
        parts << Words::tr("%1 skipped").arg(countWord(entry.skipped.value_or(0), entry.exact));
    }
    return parts.join(QLatin1String(", "));
}

QString proofText(const LedgerEntry &entry)
{
    if (entry.kind == LedgerKind::Jump) {
        return Words::tr("Seen in the positions that the brokers or a worker told.");
    }
    if (entry.kind == LedgerKind::Period) {
        return entry.endedBy && entry.exact ? Words::tr("Read twice after the stop, with the same answer.") : QString();
    }
    switch (proofOf(entry)) {
    case LedgerProof::Equal:
        return Words::tr("Read back from a worker afterwards: as asked for.");
    case LedgerProof::Differs:
        return Words::tr("Read back from a worker afterwards: not as asked for. The last column says what it is.");
    case LedgerProof::None:
        break;
    }
    return Words::tr("No position was read back: what was asked for is not proven.");
}

std::vector<std::pair<QString, QString>> ledgerErrorFacts(const LedgerEntry &entry)
{
    if (entry.kind != LedgerKind::Period) {
        return {};
    }
    const auto open = !entry.endedBy;
    const auto later = Words::tr("not counted yet");
    return {{Words::tr("Dead letters"),
                numberOr(entry.deadLetterCount,
                    open ? later : Words::tr("no data: no dead letter topic, or its end was not read"))},
        {Words::tr("Task failures"),
            numberOr(entry.taskFailures, open ? later : Words::tr("no data: not watched all the time"))},
        {Words::tr("Retries"), Words::tr("no data: only metrics of the workers tell")}};
}

} // namespace headgate
