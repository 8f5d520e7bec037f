// SPDX-License-Identifier: GPL-3.0-or-later
#include "positiontext.h"

namespace headgate {

namespace {

tl::unexpected<Error> notAPosition(const QString &text)
{
    return failure({.kind = ErrorKind::InvalidInput,
        .message
        = QStringLiteral("\"%1\" is no position: earliest, latest, offset:N, time:2026-03-10T09:05:00Z, back:N, "
                         "before:OPERATION or past:N")
            .arg(text.left(80))});
}

} // namespace

Result<Position> positionFromText(const QString &text)
{
    const auto word = text.section(u':', 0, 0), value = text.section(u':', 1);
    if (value.isEmpty()) {
        return word == QLatin1String("earliest") ? Result<Position>(Position {.kind = PositionKind::Earliest})
            : word == QLatin1String("latest")    ? Result<Position>(Position {.kind = PositionKind::Latest})
            : word == QLatin1String("keep")      ? Result<Position>(Position {})
                                                 : notAPosition(text);
    }
    if (word == QLatin1String("time")) {
        const auto time = fromIso(value);
        return time ? Result<Position>(Position {.kind = PositionKind::Time, .time = *time}) : notAPosition(text);
    }
    if (word == QLatin1String("before")) {
        return Position {.kind = PositionKind::BeforeOperation, .operation = {value}};
    }
    bool whole = false;
    const auto number = value.toLongLong(&whole);
    const auto kind = word == QLatin1String("offset") ? PositionKind::Offset
        : word == QLatin1String("back")               ? PositionKind::BackBy
        : word == QLatin1String("past")               ? PositionKind::PastRecord
                                                      : PositionKind::Keep;
    return whole && number >= 0 && kind != PositionKind::Keep
        ? Result<Position>(Position {.kind = kind, .number = number})
        : notAPosition(text);
}

Result<PartitionPosition> pastRecordFromText(const QString &text)
{
    const auto place = text.section(u'@', 0, -2).trimmed();
    const auto dash = place.lastIndexOf(u'-');
    bool isPartition = false, isOffset = false;
    const auto partition = place.mid(dash + 1).toInt(&isPartition);
    const auto offset = text.section(u'@', -1).remove(u',').trimmed().toLongLong(&isOffset); // "18,442,907"
    if (dash <= 0 || !isPartition || !isOffset || partition < 0 || offset < 0) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("\"%1\" is not TOPIC-PARTITION@OFFSET, e.g. orders-0@905").arg(text.left(80))});
    }
    return PartitionPosition {{place.left(dash), partition}, {.kind = PositionKind::PastRecord, .number = offset}};
}

Result<PartitionPosition> partitionPositionFromText(const QString &text)
{
    const auto equals = text.lastIndexOf(u'=');
    const auto place = text.left(equals);
    const auto dash = place.lastIndexOf(u'-');
    bool number = false;
    const auto partition = place.mid(dash + 1).toInt(&number);
    if (equals < 0 || dash <= 0 || !number || partition < 0) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message
            = QStringLiteral("\"%1\" is not TOPIC-PARTITION=POSITION, e.g. orders-0=past:906").arg(text.left(80))});
    }
    const auto position = positionFromText(text.mid(equals + 1));
    return position ? Result<PartitionPosition>(PartitionPosition {{place.left(dash), partition}, *position})
                    : Result<PartitionPosition>(failure(position.error()));
}

} // namespace headgate
