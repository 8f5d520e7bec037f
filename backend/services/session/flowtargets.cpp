// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/flowtargets.h"

#include <QSet>

#include <algorithm>

namespace headgate {

namespace {

bool isTrouble(Standing standing)
{
    switch (standing) {
    case Standing::Failed:
    case Standing::Unreachable:
    case Standing::Degraded:
    case Standing::Unassigned:
    case Standing::Lagging:
    case Standing::Restarting:
    case Standing::Unknown:
        return true;
    case Standing::Paused:
    case Standing::Stopped:
    case Standing::Running:
        return false;
    }
    return true;
}

//! Where the configuration was not read yet, the group's usual name is good enough to begin with.
QString groupOf(const ConnectorRef &ref, const std::vector<ClusterPicture> &clusters)
{
    for (const auto &cluster : clusters) {
        if (cluster.facts.name == ref.cluster && cluster.infos && cluster.infos->contains(ref.name)) {
            return cluster.infos->value(ref.name).group;
        }
    }
    const QString usual = QLatin1String("connect-") + ref.name;
    return usual;
}

//! The configuration comes right after the first status: asking for topics that nobody knows yet would be in vain.
bool infosAsked(const ClusterName &cluster, const std::vector<ClusterPicture> &clusters)
{
    const auto found = std::ranges::find(clusters, cluster, [](const auto &each) { return each.facts.name; });
    return found != clusters.end() && found->infosAsked;
}

} // namespace

std::vector<FlowTarget> flowTargets(
    const PlatformSnapshot &snapshot, const std::vector<ClusterPicture> &clusters, const Interest &interest)
{
    const QSet<ConnectorRef> onScreen(interest.onScreen.cbegin(), interest.onScreen.cend());
    std::vector<FlowTarget> targets;
    for (const auto &row : snapshot.connectors) {
        if (row.gone || snapshot.fromDisk || (!row.info && !infosAsked(row.ref.cluster, clusters))) {
            continue;
        }
        FlowTarget target {
            .ref = row.ref, .type = row.status.type, .topics = row.topics, .deadLetterTopic = row.deadLetterTopic};
        const auto run = row.status.connector.run;
        target.atRest = run == RunState::Paused || run == RunState::Stopped;
        target.group = row.status.type == ConnectorType::Sink ? groupOf(row.ref, clusters) : QString();
        target.urgent = onScreen.contains(row.ref) || interest.selected == row.ref || isTrouble(row.standing);
        targets.push_back(std::move(target));
    }
    return targets;
}

} // namespace headgate
