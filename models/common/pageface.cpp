// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/pageface.h"

#include "common/errorarea.h"
#include "models/common/agetext.h"
#include "models/common/errortext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PageFace)
};

bool isAway(const WorkerFacts &worker)
{
    return worker.health.health == WorkerHealth::Unreachable;
}

PageFace loading(const ContextPicture &picture)
{
    const auto &clusters = picture.context.connectClusters;
    const QString whom = clusters.empty() ? picture.context.name : clusters.front().name.text;
    const auto waited
        = picture.askedSince == Monotonic {} ? Milliseconds {} : picture.monotonicNow - picture.askedSince;
    PageFace face {PageState::Loading, {}, Words::tr("Asking %1").arg(whom), PageRemedy::None, {}, {}};
    if (waited >= std::chrono::seconds(1)) { // who waits wants to know for how long, and a way out
        face.sentence = Words::tr("Asking %1 for %2").arg(whom, durationText(waited));
        face.remedy = PageRemedy::OpenContexts;
        face.remedyText = Words::tr("Stop waiting, choose another context");
    }
    return face;
}

PageFace unreachable(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const auto away = std::ranges::count_if(cluster.workers, isAway);
    int tries = 0;
    for (const auto &worker : cluster.workers) {
        tries = std::max(tries, worker.failures);
    }
    const auto seen = cluster.statusAt == Instant {}
        ? Words::tr("Nothing was ever seen of it.")
        : Words::tr("Shown below: what was seen last, %1.").arg(ageText(picture.now - cluster.statusAt));
    const auto cause = errorText(*cluster.error).what;
    const auto counts = Words::tr("%1 of %2 workers tried, %3 times").arg(away).arg(cluster.workers.size()).arg(tries);
    return {PageState::Unreachable, Words::tr("No worker of %1 answers.").arg(cluster.name.text),
        QString(cause + u' ' + counts + QStringLiteral(". ") + seen), PageRemedy::AskAgain, Words::tr("Try again now"),
        {}};
}

PageFace notPermitted(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const auto &error = *cluster.error;
    const auto ask = Words::tr("Please grant the login of context %1 the right for \"%2\" on %3.")
                         .arg(picture.context.name, error.request, error.target);
    return {PageState::NotPermitted, Words::tr("%1 does not let this login see its connectors.").arg(cluster.name.text),
        Words::tr("Whoever runs %1 can grant it.").arg(cluster.name.text), PageRemedy::CopyRequest,
        Words::tr("Copy request"), ask};
}

PageFace failing(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const auto &error = *cluster.error;
    const auto text = errorText(error);
    switch (areaOf(error.kind)) {
    case ErrorArea::Network:
    case ErrorArea::Tls:
        return unreachable(cluster, picture);
    case ErrorArea::Right:
        return notPermitted(cluster, picture);
    case ErrorArea::Login:
        return {PageState::LoginRefused, text.what, QString(text.state + u' ' + text.next), PageRemedy::OpenContexts,
            Words::tr("Open contexts"), {}};
    case ErrorArea::Starting:
        return {PageState::Starting, text.what, text.next, PageRemedy::AskAgain, Words::tr("Ask again"), {}};
    case ErrorArea::Answer:
        break;
    }
    return {PageState::Failing, text.what, QString(text.state + u' ' + text.next), PageRemedy::AskAgain,
        Words::tr("Ask again"), {}};
}

PageFace old(const ContextPicture &picture, Instant seen, const QString &cluster)
{
    const auto why = picture.snapshot->fromDisk ? Words::tr("%1 has not answered yet; numbers are marked.").arg(cluster)
                                                : Words::tr("%1 answers too slowly; numbers are marked.").arg(cluster);
    return {PageState::Old, Words::tr("Data is %1.").arg(ageText(picture.now - seen)), why, PageRemedy::AskAgain,
        Words::tr("Ask again"), {}};
}

PageFace workerLost(const WorkerFacts &worker)
{
    return {PageState::WorkerLost, Words::tr("%1 is not answering.").arg(worker.address),
        Words::tr("Task states may be stale for up to %1.").arg(durationText(reassignmentDelay)),
        PageRemedy::ShowWorker, Words::tr("Show what it ran"),
        QString(QStringLiteral("worker:") + (worker.workerId.isEmpty() ? worker.address : worker.workerId))};
}

PageFace unhealthy(const WorkerFacts &worker)
{
    return {PageState::BrokersLost, Words::tr("%1 answers but is not healthy.").arg(worker.address),
        Words::tr("Its lists may be old: \"%1\"").arg(worker.health.message), PageRemedy::AskAgain,
        Words::tr("Ask again"), {}};
}

//! What is wrong with one cluster's answers; Normal when nothing is.
PageFace faceOfCluster(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const int patience = picture.policy.missedPollsUntilStale;
    const bool neverSeen = cluster.statusAt == Instant {};
    if (cluster.error && (neverSeen || cluster.missedPolls >= patience || picture.snapshot->fromDisk)) {
        return failing(cluster, picture);
    }
    if (cluster.starting) {
        return {PageState::Starting, Words::tr("%1 is starting.").arg(cluster.name.text),
            Words::tr("What it lists is not to be believed before it has read its topics."), PageRemedy::AskAgain,
            Words::tr("Ask again"), {}};
    }
    if (neverSeen) {
        return loading(picture);
    }
    if (picture.snapshot->fromDisk || picture.freshness().isStale(cluster.statusAt)) {
        return old(picture, cluster.statusAt, cluster.name.text);
    }
    for (const auto &worker : cluster.workers) {
        if (isAway(worker) && worker.failures >= patience) {
            return workerLost(worker);
        }
        if (worker.health.health == WorkerHealth::Unhealthy) {
            return unhealthy(worker);
        }
    }
    return {};
}

int weight(PageState state)
{
    switch (state) {
    case PageState::Unreachable:
        return 9;
    case PageState::LoginRefused:
        return 8;
    case PageState::NotPermitted:
        return 7;
    case PageState::Failing:
        return 6;
    case PageState::Starting:
        return 5;
    case PageState::Old:
        return 4;
    case PageState::BrokersLost:
        return 3;
    case PageState::WorkerLost:
        return 2;
    case PageState::Loading:
        return 1;
    case PageState::Normal:
    case PageState::Empty:
        break;
    }
    return 0;
}

} // namespace

PageFace pageFace(const ContextPicture &picture)
{
    if (!picture.isKnown()) {
        return loading(picture);
    }
    PageFace worst;
    QStringList alike; // clusters in the same trouble
    for (const auto &cluster : picture.snapshot->clusters) {
        auto face = faceOfCluster(cluster, picture);
        if (weight(face.state) > weight(worst.state)) {
            alike = {cluster.name.text};
            worst = std::move(face);
        } else if (face.state == worst.state) {
            alike << cluster.name.text;
        }
    }
    if (worst.state == PageState::Unreachable && alike.size() > 1) {
        worst.strong = Words::tr("%n Connect clusters do not answer: %1.", nullptr, int(alike.size()))
                           .arg(alike.join(Words::tr(", ", "between names of clusters")));
    }
    if (worst.state == PageState::Loading && !picture.snapshot->connectors.empty()) {
        worst = {}; // one of several clusters has rows already: they are shown
    }
    if (worst.state == PageState::Normal && picture.snapshot->connectors.empty()) {
        worst.state = PageState::Empty;
    }
    return worst;
}

} // namespace headgate
