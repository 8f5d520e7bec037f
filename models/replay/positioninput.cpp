// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/positioninput.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PositionInput)
};

tl::unexpected<Error> unfit(const QString &sentence)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = sentence});
}

QString localText(Instant time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch() / Milliseconds(1))
        .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

Result<Position> timeFromInput(const QString &typed)
{
    auto text = typed;
    text.replace(u' ', u'T');
    if (text.count(u':') == 1 && !text.contains(u'Z')) {
        text += QStringLiteral(":00");
    }
    const auto time = QDateTime::fromString(text, Qt::ISODateWithMs); // local, or with the offset that stands in it
    if (!time.isValid()) {
        return unfit(
            Words::tr("A time is written 2026-03-10 09:05:00, local, or with its zone: 2026-03-10T08:05:00Z."));
    }
    return Position {.kind = PositionKind::Time, .time = Instant(Milliseconds(time.toMSecsSinceEpoch()))};
}

Result<Position> numberFromInput(PositionKind kind, QString typed)
{
    typed.remove(u',').remove(u' ').remove(QChar(0xa0)).remove(QChar(0x202f)); // as numbers are shown and copied
    bool whole = false;
    const auto number = typed.toLongLong(&whole);
    if (!whole || number < 0) {
        return unfit(Words::tr("That is no whole number from 0 on."));
    }
    return Position {.kind = kind, .number = number};
}

} // namespace

Result<Position> positionFromInput(PositionKind kind, const QString &typed)
{
    const auto text = typed.trimmed();
    switch (kind) {
    case PositionKind::Keep:
    case PositionKind::Earliest:
    case PositionKind::Latest:
        return Position {.kind = kind};
    case PositionKind::Time:
        return timeFromInput(text);
    case PositionKind::BeforeOperation:
        return text.isEmpty() ? Result<Position>(unfit(Words::tr("Choose the operation to go back before.")))
                              : Position {.kind = kind, .operation = {text}};
    case PositionKind::Offset:
    case PositionKind::BackBy:
    case PositionKind::PastRecord:
        return numberFromInput(kind, text);
    }
    return unfit({});
}

QString inputText(const Position &position)
{
    switch (position.kind) {
    case PositionKind::Time:
        return localText(position.time);
    case PositionKind::BeforeOperation:
        return position.operation.text;
    case PositionKind::Offset:
    case PositionKind::BackBy:
    case PositionKind::PastRecord:
        return QString::number(position.number);
    case PositionKind::Keep:
    case PositionKind::Earliest:
    case PositionKind::Latest:
        break;
    }
    return {};
}

QString inputHint(PositionKind kind)
{
    switch (kind) {
    case PositionKind::Keep:
        return Words::tr("nothing moves until a position is chosen");
    case PositionKind::Earliest:
        return Words::tr("where the log begins");
    case PositionKind::Latest:
        return Words::tr("where the log ends: what lies before is skipped");
    case PositionKind::Offset:
        return Words::tr("the offset that is read next");
    case PositionKind::Time: {
        const auto now = QDateTime::currentDateTime();
        const auto zone = now.timeZone();
        return Words::tr("first record at or after it, %1 (%2)")
            .arg(QString::fromUtf8(zone.id()), zone.displayName(now, QTimeZone::OffsetName));
    }
    case PositionKind::BackBy:
        return Words::tr("records back in each partition");
    case PositionKind::BeforeOperation:
        return Words::tr("the positions that it saved");
    case PositionKind::PastRecord:
        return Words::tr("offset of the record to go past");
    }
    return {};
}

} // namespace headgate
