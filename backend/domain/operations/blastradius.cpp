// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operations/blastradius.h"

#include <algorithm>

namespace headgate {

namespace {

QStringList sorted(QStringList list)
{
    list.removeAll(QString());
    list.removeDuplicates();
    list.sort();
    return list;
}

QStringList workersOf(const ConnectorFacts &facts)
{
    QStringList workers {facts.status.workerId};
    for (const auto &task : facts.status.tasks) {
        workers << task.workerId;
    }
    return sorted(std::move(workers));
}

QStringList topicsOf(const ConnectorFacts &facts)
{
    return sorted(facts.topics + QStringList {facts.deadLetterTopic});
}

QString groupOf(const ConnectorFacts &facts)
{
    if (facts.status.type != ConnectorType::Sink) {
        return {};
    }
    const auto *own
        = facts.info ? findConfig(facts.info->config, QStringLiteral("consumer.override.group.id")) : nullptr;
    return own && !own->isEmpty() ? *own : QStringLiteral("connect-%1").arg(facts.ref.name);
}

QStringList common(const QStringList &a, const QStringList &b)
{
    QStringList both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    return both;
}

BlastNeighbour sharesOf(const BlastRadius &radius, const ConnectorFacts &other, bool sameCluster)
{
    BlastNeighbour neighbour {.ref = other.ref, .system = other.system, .team = other.team, .owner = other.owner};
    neighbour.topics = common(radius.topics, topicsOf(other));
    const auto group = groupOf(other);
    neighbour.group = !group.isEmpty() && group == radius.group ? group : QString();
    if (sameCluster) { // another cluster's workers may be called the same
        neighbour.workers = common(radius.workers, workersOf(other));
        neighbour.instance = neighbour.workers.contains(other.status.workerId);
        for (const auto &task : other.status.tasks) {
            if (neighbour.workers.contains(task.workerId)) {
                neighbour.tasks.push_back(task.id);
            }
        }
        std::ranges::sort(neighbour.tasks);
    }
    return neighbour;
}

void addPeople(BlastRadius &radius, const ConnectorFacts &facts)
{
    radius.systems << facts.system;
    radius.teams << facts.team;
    radius.owners << facts.owner;
}

} // namespace

std::optional<BlastRadius> blastRadius(const PlatformSnapshot &snapshot, const ConnectorRef &ref)
{
    const auto self = std::ranges::find(snapshot.connectors, ref, &ConnectorFacts::ref);
    if (self == snapshot.connectors.end()) {
        return std::nullopt;
    }
    BlastRadius radius {.workers = workersOf(*self), .topics = topicsOf(*self), .group = groupOf(*self)};
    addPeople(radius, *self);
    for (const auto &other : snapshot.connectors) {
        if (other.ref == ref || other.gone) {
            continue;
        }
        auto neighbour = sharesOf(radius, other, other.ref.cluster == ref.cluster);
        if (!neighbour.workers.isEmpty() || !neighbour.topics.isEmpty() || !neighbour.group.isEmpty()) {
            addPeople(radius, other);
            radius.neighbours.push_back(std::move(neighbour));
        } else if (topicsOf(other).isEmpty()) {
            radius.topicsUnknown.push_back(other.ref);
        }
    }
    std::ranges::sort(radius.neighbours, {}, &BlastNeighbour::ref);
    for (auto *names : {&radius.systems, &radius.teams, &radius.owners}) {
        *names = sorted(std::move(*names));
    }
    return radius;
}

} // namespace headgate
