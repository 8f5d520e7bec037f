// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/replaytext.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

#include <cmath>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReplayText)
};

QString outside(const QString &text)
{
    return shownText(text, 200);
}

//! "orders-3", or the topic alone where a warning is about all of it.
QString place(const TopicPartition &tp)
{
    return tp.partition < 0 ? outside(tp.topic) : QStringLiteral("%1-%2").arg(outside(tp.topic)).arg(tp.partition);
}

QString megabytes(double bytes)
{
    constexpr double mega = 1024 * 1024;
    return bytes < mega ? Words::tr("%1 kB").arg(QString::number(bytes / 1024, 'f', 1))
                        : Words::tr("%1 MB").arg(QString::number(bytes / mega, 'f', 1));
}

} // namespace

QString warningText(const PlanWarning &warning)
{
    const auto where = place(warning.tp);
    const auto asked = fullNumber(warning.asked), bound = fullNumber(warning.bound);
    switch (warning.kind) {
    case PlanWarningKind::LogTruncated:
        return Words::tr("%1: the log begins at %2; records from %3 on are gone. Choose the earliest position.")
            .arg(where, bound, asked);
    case PlanWarningKind::ClampedToStart:
        return Words::tr("%1: %2 is before the log's start; %3 is taken instead.").arg(where, asked, bound);
    case PlanWarningKind::NothingCommitted:
        return Words::tr("%1: nothing was committed yet, so there is nothing to count back from; it stays.").arg(where);
    case PlanWarningKind::UnknownPartition:
        return Words::tr("There is no partition %1.").arg(warning.tp.topic.isEmpty() ? outside(warning.text) : where);
    case PlanWarningKind::BeyondEnd:
        return Words::tr("%1: the log ends at %2. At %3 the sink would read everything again from the start.")
            .arg(where, bound, asked);
    case PlanWarningKind::NothingMoves:
        return Words::tr("Every position is there already: there is nothing to do.");
    case PlanWarningKind::Transactional:
        return Words::tr("%1 is written in transactions, whose marks count as offsets: counts are at most.").arg(where);
    case PlanWarningKind::Compacted:
        return Words::tr("%1 is compacted, offsets are missing in between: counts are at most.").arg(where);
    case PlanWarningKind::ForeignMembers:
        return Words::tr("Somebody else is in its consumer group: %1. Positions cannot be set meanwhile.")
            .arg(outside(warning.text));
    case PlanWarningKind::GroupNotReadable:
        return Words::tr("Its consumer group cannot be looked at: that no task is left is the worker's word alone.");
    case PlanWarningKind::BoundsNotReadable:
        return Words::tr("%1: the brokers do not tell where the log begins and ends, so no position is safe.")
            .arg(where);
    case PlanWarningKind::BoundsUnchecked:
        return Words::tr("%1: the brokers do not tell where the log begins and ends; the former position is put back "
                         "unchecked.")
            .arg(where);
    case PlanWarningKind::NoTimeLookup:
        return Words::tr("These brokers have no lookup by time: records were read to find it.");
    case PlanWarningKind::NoneThatLate:
        return Words::tr("%1 has no record that late: its end, %2, is taken.").arg(where, bound);
    case PlanWarningKind::PartitionError:
        return Words::tr("%1: %2").arg(where, outside(warning.text));
    case PlanWarningKind::ResetMeansPolicy:
        return Words::tr("%1 had no position: without one auto.offset.reset=%2 decides.")
            .arg(where, outside(warning.text));
    case PlanWarningKind::RunsAgainstDuplicates:
        return Words::tr("The system behind gets records a second time and is not known to take that well (%1).")
            .arg(outside(warning.text));
    case PlanWarningKind::OrderGoesBack:
        return Words::tr("The system behind shows old values until the sink has caught up (%1).")
            .arg(outside(warning.text));
    case PlanWarningKind::PositionElsewhere:
        return Words::tr("Headgate does not know %1: it may keep positions elsewhere too. What is read back does not "
                         "prove where it reads.")
            .arg(outside(warning.text));
    case PlanWarningKind::OnlyWhatIsKept:
        return Words::tr("%1 reads again only what its database still keeps. What is read back does not prove it.")
            .arg(outside(warning.text));
    case PlanWarningKind::SnapshotAgain:
        return Words::tr("Without a position it takes a whole snapshot again (snapshot.mode=%1).")
            .arg(outside(warning.text));
    case PlanWarningKind::JumpsToNow:
        return Words::tr("Without a position it goes on at now (snapshot.mode=%1): what lies between is lost.")
            .arg(outside(warning.text));
    }
    return {};
}

QString driftText(const PlanDrift &drift)
{
    const auto then = outside(drift.then), now = outside(drift.now), what = outside(drift.what);
    switch (drift.kind) {
    case PlanDriftKind::OtherPlatform:
        return Words::tr("The plan is of another Kafka cluster: %1, this is %2.").arg(then, now);
    case PlanDriftKind::ConfigChanged:
        return Words::tr("Its configuration was changed since the plan was made.");
    case PlanDriftKind::StateChanged:
        return Words::tr("It was %1 when the plan was made, it is %2 now.").arg(then, now);
    case PlanDriftKind::TopicMadeAnew:
        return Words::tr("Topic %1 was deleted and made anew: its offsets mean other records now.").arg(what);
    case PlanDriftKind::TopicGone:
        return Words::tr("Topic %1 is gone, or is not read any more.").arg(what);
    case PlanDriftKind::PartitionsChanged:
        return Words::tr("Topic %1 had %2 partitions, it has %3 now.").arg(what, then, now);
    case PlanDriftKind::TypeChanged:
        return Words::tr("It was a source and is a sink now, or the reverse.");
    case PlanDriftKind::BoundPassed:
        return Words::tr("%1: position %2 is outside the log by now, which holds %3.").arg(what, then, now);
    }
    return {};
}

QString differenceText(const PositionDifference &difference)
{
    return Words::tr("%1: asked for %2, found %3")
        .arg(outside(difference.where), outside(difference.asked), outside(difference.found));
}

QString replayStepText(ReplayStep step)
{
    switch (step) {
    case ReplayStep::Freeze:
        return Words::tr("Check again: nothing changed");
    case ReplayStep::Intent:
        return Words::tr("Write the plan into the operations log");
    case ReplayStep::Stop:
        return Words::tr("Stop the connector");
    case ReplayStep::SeeStopped:
        return Words::tr("See it stopped, no task left");
    case ReplayStep::Snapshot:
        return Words::tr("Save the positions before");
    case ReplayStep::CheckBounds:
        return Words::tr("Check the log's bounds again");
    case ReplayStep::SetPositions:
        return Words::tr("Set the positions");
    case ReplayStep::ReadBack:
        return Words::tr("Read them back and compare");
    case ReplayStep::Resume:
        return Words::tr("Go back to the former state");
    case ReplayStep::SeeRunning:
        return Words::tr("See it run and move");
    case ReplayStep::Close:
        return Words::tr("Write the outcome");
    }
    return {};
}

QString stepStateText(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return Words::tr("waits");
    case StepState::Begun:
        return Words::tr("begun");
    case StepState::Done:
        return Words::tr("done");
    case StepState::Failed:
        return Words::tr("failed");
    case StepState::Unknown:
        return Words::tr("not known");
    case StepState::Skipped:
        return Words::tr("not needed");
    }
    return {};
}

QString positionsText(PositionsAre positions)
{
    switch (positions) {
    case PositionsAre::Before:
        return Words::tr("Positions are where they were before.");
    case PositionsAre::After:
        return Words::tr("Positions are where the plan wants them, or further.");
    case PositionsAre::Mixed:
        return Words::tr("Some positions are where the plan wants them, some where they were.");
    case PositionsAre::Elsewhere:
        return Words::tr("Some positions are neither where the plan wants them nor where they were: somebody else set "
                         "them.");
    case PositionsAre::NotRead:
        return Words::tr("Positions could not be read.");
    }
    return {};
}

QString choiceText(ReplayChoice choice)
{
    switch (choice) {
    case ReplayChoice::Continue:
        return Words::tr("go on with the plan");
    case ReplayChoice::Restore:
        return Words::tr("put the saved positions back");
    case ReplayChoice::Leave:
        return Words::tr("leave it as it is and close the operation");
    }
    return {};
}

QString downstreamText(const Downstream &downstream)
{
    const auto system
        = downstream.system.isEmpty() ? Words::tr("a system that is not known") : outside(downstream.system);
    switch (downstream.idempotence) {
    case Idempotence::Idempotent:
        return Words::tr("%1; a second delivery changes nothing (%2)").arg(system, outside(downstream.because));
    case Idempotence::NotIdempotent:
        return Words::tr("%1; a second delivery makes duplicates (%2)").arg(system, outside(downstream.because));
    case Idempotence::Unknown:
        return Words::tr("%1; what a second delivery does is not known").arg(system);
    }
    return {};
}

QString againText(const ReplayPlan &plan)
{
    const auto again = fullNumber(plan.again), skipped = fullNumber(plan.skipped);
    if (plan.type != ConnectorType::Sink) {
        return Words::tr("How many records a source sends again is not known before.");
    }
    return (plan.atMost ? Words::tr("At most %1 records are delivered again, at most %2 are skipped.")
                        : Words::tr("%1 records are delivered again, %2 are skipped."))
        .arg(again, skipped);
}

QString bytesText(const ReplayPlan &plan)
{
    const auto bytes = bytesAgain(plan);
    if (!bytes) {
        return Words::tr("not known: no records could be sampled");
    }
    if (plan.again == 0) {
        return Words::tr("none");
    }
    const auto share = bytes->bytes > 0 ? int(std::ceil(100 * bytes->halfWidth / bytes->bytes)) : 0;
    return Words::tr("about %1, within %2 % (sample of %3 records)")
        .arg(megabytes(bytes->bytes))
        .arg(share)
        .arg(plan.sizes->records);
}

QString secondsText(const ReplayPlan &plan)
{
    constexpr double slow = 0.1; // below this a rate reads as none
    const auto seconds = secondsAgain(plan);
    if (!seconds) {
        return Words::tr("not known: the sink's rate was not measured");
    }
    const auto lasts = durationText(Milliseconds(qint64(*seconds * 1000)));
    return *plan.recordsPerSecond < slow
        ? Words::tr("about %1 at one record in %2")
              .arg(lasts, durationText(Milliseconds(qint64(1000 / *plan.recordsPerSecond))))
        : Words::tr("about %1 at %2 records/s").arg(lasts, QString::number(*plan.recordsPerSecond, 'f', 1));
}

} // namespace headgate
