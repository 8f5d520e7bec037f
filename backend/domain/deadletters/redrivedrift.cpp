// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/redrivedrift.h"

#include <algorithm>
#include <map>
#include <set>

namespace headgate {

namespace {

using enum RedriveDriftKind;

QString placeText(const TopicPartition &tp)
{
    return QStringLiteral("%1-%2").arg(tp.topic).arg(tp.partition);
}

const RedriveTopic *find(const std::vector<RedriveTopic> &topics, const QString &name)
{
    const auto found = std::ranges::find(topics, name, &RedriveTopic::name);
    return found == topics.end() ? nullptr : &*found;
}

void compareLetters(std::vector<RedriveDrift> &drift, const RedrivePlan &plan, const RedriveFacts &now)
{
    std::set<RecordAt> there;
    std::ranges::transform(now.letters, std::inserter(there, there.end()), &DeadLetter::at);
    std::map<TopicPartition, std::vector<std::int64_t>> missing;
    for (const auto &item : plan.items) {
        if (!there.contains(item.from)) {
            missing[item.from.tp].push_back(item.from.offset);
        }
    }
    for (const auto &[tp, offsets] : missing) {
        const auto start = std::ranges::find(now.starts, tp, &RecordAt::tp);
        const auto first = std::ranges::min(offsets);
        drift.push_back(start != now.starts.end() && start->offset > first
                ? RedriveDrift {QueueTruncated, placeText(tp), QString::number(first), QString::number(start->offset)}
                : RedriveDrift {LettersGone, placeText(tp), {}, QString::number(offsets.size())});
    }
}

void compareTopic(std::vector<RedriveDrift> &drift, const RedriveTopic &then, const RedriveTopic *now, bool isTarget)
{
    if (!then.exists) {
        return; // the plan forbids it
    }
    if (!now || !now->exists) {
        drift.push_back({TopicGone, then.name, {}, {}});
        return;
    }
    if (!then.id.isEmpty() && !now->id.isEmpty() && then.id != now->id) {
        drift.push_back({TopicMadeAnew, then.name, then.id, now->id});
    }
    if (!isTarget) {
        return;
    }
    if (then.partitions > 0 && now->partitions > 0 && then.partitions != now->partitions) {
        drift.push_back(
            {PartitionsChanged, then.name, QString::number(then.partitions), QString::number(now->partitions)});
    }
    if (then.readers != now->readers) {
        const auto listed = [](const QStringList &names) {
            return names.isEmpty() ? QStringLiteral("-") : names.join(QStringLiteral(", "));
        };
        drift.push_back({OtherReadersChanged, then.name, listed(then.readers), listed(now->readers)});
    }
}

int sentBefore(const RedrivePlan &plan)
{
    const auto warning = std::ranges::find(plan.warnings, RedriveWarningKind::SentBefore, &RedriveWarning::kind);
    return warning == plan.warnings.end() ? 0 : warning->count;
}

} // namespace

bool endsTheRedrive(RedriveDriftKind kind)
{
    switch (kind) {
    case OtherPlatform:
    case TopicMadeAnew:
    case TopicGone:
        return true;
    case QueueTruncated:
    case LettersGone:
    case PartitionsChanged:
    case OtherReadersChanged:
    case SentMeanwhile:
        break;
    }
    return false;
}

std::vector<RedriveDrift> driftOf(const RedrivePlan &plan, const RedriveFacts &now)
{
    if (!plan.kafkaClusterId.isEmpty() && !now.kafkaClusterId.isEmpty() && plan.kafkaClusterId != now.kafkaClusterId) {
        return {{OtherPlatform, {}, plan.kafkaClusterId, now.kafkaClusterId}};
    }
    std::vector<RedriveDrift> drift;
    std::set<QString> targets;
    for (const auto &[topic, count] : targetsOf(plan)) {
        targets.insert(topic);
    }
    for (const auto &then : plan.topics) {
        compareTopic(drift, then, find(now.topics, then.name), targets.contains(then.name));
    }
    compareLetters(drift, plan, now);
    const std::set<RecordAt> sent(now.sentBefore.begin(), now.sentBefore.end());
    const auto again
        = int(std::ranges::count_if(plan.items, [&](const auto &item) { return sent.contains(item.from); }));
    if (again > sentBefore(plan)) {
        drift.push_back({SentMeanwhile, {}, QString::number(sentBefore(plan)), QString::number(again)});
    }
    return drift;
}

} // namespace headgate
