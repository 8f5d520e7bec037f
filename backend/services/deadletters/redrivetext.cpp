// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/redrivetext.h"

#include <QStringList>

namespace headgate {

namespace {

QString lineOf(const RedriveDrift &drift)
{
    switch (drift.kind) {
    case RedriveDriftKind::OtherPlatform:
        return QStringLiteral("the plan is of Kafka cluster %1, this is %2").arg(drift.then, drift.now);
    case RedriveDriftKind::QueueTruncated:
        return QStringLiteral("%1: was truncated, its log begins at %2; the plan takes letters from %3 on")
            .arg(drift.what, drift.now, drift.then);
    case RedriveDriftKind::LettersGone:
        return QStringLiteral("%1: %2 letters of the plan are not there any more").arg(drift.what, drift.now);
    case RedriveDriftKind::TopicMadeAnew:
        return QStringLiteral("%1: was deleted and made anew, its offsets mean other records").arg(drift.what);
    case RedriveDriftKind::TopicGone:
        return QStringLiteral("%1: is not there any more").arg(drift.what);
    case RedriveDriftKind::PartitionsChanged:
        return QStringLiteral("%1: had %2 partitions, has %3").arg(drift.what, drift.then, drift.now);
    case RedriveDriftKind::OtherReadersChanged:
        return QStringLiteral("%1: was read by %2 too, is now by %3").arg(drift.what, drift.then, drift.now);
    case RedriveDriftKind::SentMeanwhile:
        return QStringLiteral("%1 of its letters were sent by another redrive; %2 when it was planned")
            .arg(drift.now, drift.then);
    }
    return {};
}

} // namespace

QString linesOf(const std::vector<RedriveDrift> &drift)
{
    QStringList lines;
    for (const auto &each : drift) {
        lines << lineOf(each);
    }
    return lines.join(u'\n');
}

} // namespace headgate
