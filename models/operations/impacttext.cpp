// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/impacttext.h"

#include "domain/replay/position.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ImpactText)
};

constexpr size_t mostPositions = 3;

QString list(const QStringList &names)
{
    QStringList shown;
    for (const auto &name : names) {
        shown << shownText(name, 120);
    }
    return shown.join(QStringLiteral(", "));
}

//! "a, b, c and 4 more"
QString firstOf(const QStringList &names)
{
    constexpr int most = 3;
    const auto shown = list(names.mid(0, most));
    const int more = int(names.size()) - most;
    return more > 0 ? Words::tr("%1 and %n more", nullptr, more).arg(shown) : shown;
}

QString numbers(const std::vector<int> &tasks)
{
    QStringList shown;
    for (const int task : tasks) {
        shown << QString::number(task);
    }
    return shown.join(QStringLiteral(", "));
}

QString workersClause(const BlastNeighbour &neighbour)
{
    QStringList what;
    if (neighbour.instance) {
        what << Words::tr("its Connector");
    }
    if (!neighbour.tasks.empty()) {
        what << Words::tr("task %1", "one or several numbers").arg(numbers(neighbour.tasks));
    }
    return Words::tr("worker %1 (%2)").arg(list(neighbour.workers), what.join(QStringLiteral(", ")));
}

void addNames(QStringList &sentences, const QString &sentence, const QStringList &names)
{
    if (!names.isEmpty()) {
        sentences << sentence.arg(list(names));
    }
}

} // namespace

QString blastSummary(const BlastRadius &radius)
{
    QStringList sentences;
    sentences << (radius.neighbours.empty()
            ? Words::tr("No other connector shares its workers, topics or group.")
            : Words::tr("Its workers, topics or group are shared by %n other connector(s).", nullptr,
                  int(radius.neighbours.size())));
    addNames(sentences, Words::tr("Systems behind: %1."), radius.systems);
    addNames(sentences, Words::tr("Teams: %1."), radius.teams);
    addNames(sentences, Words::tr("Owners: %1."), radius.owners);
    if (!radius.topicsUnknown.empty()) {
        sentences << Words::tr(
            "Topics are not known of %n more connector(s).", nullptr, int(radius.topicsUnknown.size()));
    }
    return sentences.join(u' ');
}

QStringList blastLines(const BlastRadius &radius)
{
    QStringList lines;
    for (const auto &neighbour : radius.neighbours) {
        QStringList what;
        if (!neighbour.workers.isEmpty()) {
            what << workersClause(neighbour);
        }
        if (!neighbour.topics.isEmpty()) {
            what << Words::tr("topic %1").arg(list(neighbour.topics));
        }
        if (!neighbour.group.isEmpty()) {
            what << Words::tr("group %1").arg(shownText(neighbour.group, 120));
        }
        lines << Words::tr("%1: %2", "connector, what it shares")
                     .arg(shownText(neighbour.ref.name, 120), what.join(QStringLiteral(", ")));
    }
    return lines;
}

std::vector<std::pair<QString, QString>> besideReplay(const BlastRadius &radius)
{
    QStringList sameGroup, sameTopics;
    int sameWorkers = 0;
    for (const auto &neighbour : radius.neighbours) {
        if (!neighbour.group.isEmpty()) {
            sameGroup << neighbour.ref.name;
        } else if (!neighbour.topics.isEmpty()) {
            sameTopics << neighbour.ref.name;
        }
        sameWorkers += neighbour.workers.isEmpty() ? 0 : 1;
    }
    std::vector<std::pair<QString, QString>> rows;
    if (!sameGroup.isEmpty()) {
        rows.emplace_back(Words::tr("Moves too"), Words::tr("%1: in the same consumer group").arg(firstOf(sameGroup)));
    }
    rows.emplace_back(Words::tr("Not touched"),
        sameTopics.isEmpty() ? Words::tr("no other connector is known to read or write its topics")
                             : Words::tr("%1: on the same topics, at their own positions").arg(firstOf(sameTopics)));
    if (sameWorkers > 0) {
        rows.emplace_back(Words::tr("Same workers"),
            Words::tr("%n other connector(s), whose tasks a stop may move", nullptr, sameWorkers));
    }
    return rows;
}

QString positionsText(const StopFacts &facts)
{
    if (!facts.positions) {
        return Words::tr("no data: this worker does not tell positions");
    }
    if (facts.positions->empty()) {
        return Words::tr("none was committed yet");
    }
    QStringList shown;
    for (size_t i = 0; i < std::min(mostPositions, facts.positions->size()); ++i) {
        const auto &entry = (*facts.positions)[i];
        const auto position = sinkPosition(entry);
        shown << (position ? QStringLiteral("%1-%2 @ %3")
                                 .arg(shownText(position->tp.topic, 120))
                                 .arg(position->tp.partition)
                                 .arg(position->offset ? fullNumber(*position->offset) : Words::tr("none"))
                           : QStringLiteral("%1: %2").arg(shownText(QString::fromUtf8(entry.partitionJson), 60),
                                 shownText(QString::fromUtf8(entry.offsetJson), 60)));
    }
    const int more = int(facts.positions->size() - size_t(shown.size()));
    const auto named = shown.join(QStringLiteral(", "));
    return more > 0 ? Words::tr("%1 and %2 more").arg(named, fullNumber(more)) : named;
}

} // namespace headgate
