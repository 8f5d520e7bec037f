// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger/ledgerexport.h"

#include "models/common/csvcell.h"
#include "models/operations/operationtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace headgate {

namespace {

constexpr QLatin1String kPositions("positions"), kDeadLetters("dead_letters");

QString number(std::optional<std::int64_t> value)
{
    return value ? QString::number(qint64(*value)) : QString();
}

bool isNumber(const QByteArray &position)
{
    bool number = false;
    position.toLongLong(&number);
    return number;
}

QString positionCell(const QByteArray &position)
{
    return position == "null" ? QStringLiteral("none")
        : isNumber(position)  ? QString::fromLatin1(position)
                              : csvCell(QString::fromUtf8(position));
}

// Words of files stay English and the same whatever the window's language is.

QString typeWord(ConnectorType type)
{
    switch (type) {
    case ConnectorType::Source:
        return QStringLiteral("source");
    case ConnectorType::Sink:
        return QStringLiteral("sink");
    case ConnectorType::Unknown:
        break;
    }
    return {};
}

QString outcomeCode(const LedgerEntry &entry)
{
    if (entry.kind == LedgerKind::Jump) {
        return QStringLiteral("observed");
    }
    if (entry.kind == LedgerKind::Period) {
        return entry.endedBy ? markKindWord(*entry.endedBy) : QStringLiteral("open");
    }
    if (!entry.outcome) {
        return QStringLiteral("open");
    }
    switch (*entry.outcome) {
    case Outcome::Confirmed:
        return QStringLiteral("confirmed");
    case Outcome::Refused:
        return QStringLiteral("refused");
    case Outcome::Failed:
        return QStringLiteral("failed");
    case Outcome::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QString proofWord(const LedgerEntry &entry)
{
    switch (proofOf(entry)) {
    case LedgerProof::Equal:
        return QStringLiteral("equal");
    case LedgerProof::Differs:
        return QStringLiteral("differs");
    case LedgerProof::None:
        break;
    }
    return QStringLiteral("none");
}

QString detailWord(const LedgerEntry &entry)
{
    return entry.jump ? jumpKindWord(*entry.jump) : entry.begunBy ? markKindWord(*entry.begunBy) : QString();
}

QString yesNo(bool yes)
{
    return yes ? QStringLiteral("yes") : QStringLiteral("no");
}

QStringList header()
{
    return QStringLiteral("when,from,kind,detail,cluster,connector,connector_type,list,topic,partition,"
                          "source_partition,before,after,read_back,again,skipped,records,outcome,person,reason,"
                          "observed,operation,plan_hash,restores,restored_by,proof,exact,dead_letters,task_failures,id")
        .split(u',');
}

QStringList cells(const LedgerEntry &entry, const LedgerMove &move, QLatin1String list)
{
    const bool document = move.tp.topic.isEmpty();
    const bool none = document && move.partitionJson.isEmpty();
    return {toIso(ledgerTime(entry)), toIso(entry.from), ledgerKindWord(entry.kind), detailWord(entry),
        csvCell(entry.connector.cluster.text), csvCell(entry.connector.name), typeWord(entry.type), QString(list),
        csvCell(move.tp.topic), document ? QString() : QString::number(move.tp.partition),
        csvCell(QString::fromUtf8(move.partitionJson)), none ? QString() : positionCell(move.before),
        none ? QString() : positionCell(move.after), none ? QString() : positionCell(move.readBack), number(move.again),
        number(move.skipped), number(move.records), outcomeCode(entry), csvCell(entry.person), csvCell(entry.reason),
        csvCell(entry.observed), csvCell(entry.operation.text), QString::fromLatin1(entry.planHash),
        csvCell(entry.restores.text), csvCell(entry.restoredBy.text), proofWord(entry), yesNo(entry.exact),
        number(entry.deadLetterCount), number(entry.taskFailures), csvCell(entry.id)};
}

void put(QJsonObject &object, const char *key, std::optional<std::int64_t> value)
{
    if (value) {
        object[QLatin1String(key)] = qint64(*value);
    }
}

void put(QJsonObject &object, const char *key, const QString &text)
{
    if (!text.isEmpty()) {
        object[QLatin1String(key)] = text;
    }
}

void putPosition(QJsonObject &object, const char *key, const QByteArray &position)
{
    if (!position.isEmpty()) {
        object[QLatin1String(key)] = position == "null" ? QJsonValue(QJsonValue::Null)
            : isNumber(position)                        ? QJsonValue(position.toLongLong())
                                                        : QJsonValue(QString::fromUtf8(position));
    }
}

QJsonArray movesOf(const std::vector<LedgerMove> &moves)
{
    QJsonArray list;
    for (const auto &move : moves) {
        QJsonObject each;
        put(each, "topic", move.tp.topic);
        put(each, "partition", move.tp.topic.isEmpty() ? std::nullopt : std::optional<std::int64_t>(move.tp.partition));
        put(each, "sourcePartition", QString::fromUtf8(move.partitionJson));
        putPosition(each, "before", move.before);
        putPosition(each, "after", move.after);
        putPosition(each, "readBack", move.readBack);
        put(each, "again", move.again);
        put(each, "skipped", move.skipped);
        put(each, "records", move.records);
        list.append(each);
    }
    return list;
}

QJsonObject objectOf(const LedgerEntry &entry)
{
    QJsonObject object {{QStringLiteral("id"), entry.id}, {QStringLiteral("kind"), ledgerKindWord(entry.kind)},
        {QStringLiteral("cluster"), entry.connector.cluster.text}, {QStringLiteral("connector"), entry.connector.name},
        {QStringLiteral("when"), toIso(ledgerTime(entry))}, {QStringLiteral("from"), toIso(entry.from)},
        {QStringLiteral("outcome"), outcomeCode(entry)}, {QStringLiteral("proof"), proofWord(entry)},
        {QStringLiteral("exact"), entry.exact}, {QStringLiteral("positions"), movesOf(entry.moves)}};
    put(object, "detail", detailWord(entry));
    put(object, "connectorType", typeWord(entry.type));
    put(object, "to", toIso(entry.at));
    put(object, "person", entry.person);
    put(object, "reason", entry.reason);
    put(object, "observed", entry.observed);
    put(object, "operation", entry.operation.text);
    put(object, "planHash", QString::fromLatin1(entry.planHash));
    put(object, "restores", entry.restores.text);
    put(object, "restoredBy", entry.restoredBy.text);
    put(object, "again", entry.again);
    put(object, "skipped", entry.skipped);
    put(object, "records", entry.records);
    put(object, "deadLetterCount", entry.deadLetterCount);
    put(object, "taskFailures", entry.taskFailures);
    if (!entry.deadLetters.empty()) {
        object[QStringLiteral("deadLetters")] = movesOf(entry.deadLetters);
    }
    return object;
}

} // namespace

QByteArray ledgerCsv(const std::vector<LedgerEntryPtr> &entries)
{
    QByteArray csv = header().join(u',').toUtf8() + "\r\n";
    const auto add = [&csv](const LedgerEntry &entry, const LedgerMove &move, QLatin1String list) {
        csv += cells(entry, move, list).join(u',').toUtf8() + "\r\n";
    };
    for (const auto &entry : entries) {
        for (const auto &move : entry->moves) {
            add(*entry, move, kPositions);
        }
        for (const auto &move : entry->deadLetters) {
            add(*entry, move, kDeadLetters);
        }
        if (entry->moves.empty() && entry->deadLetters.empty()) {
            add(*entry, {}, kPositions);
        }
    }
    return csv;
}

QJsonArray ledgerArray(const std::vector<LedgerEntryPtr> &entries)
{
    QJsonArray list;
    for (const auto &entry : entries) {
        list.append(objectOf(*entry));
    }
    return list;
}

QByteArray ledgerJson(const std::vector<LedgerEntryPtr> &entries)
{
    return QJsonDocument(
        QJsonObject {{QStringLiteral("offsetLedger"), 1}, {QStringLiteral("entries"), ledgerArray(entries)}})
        .toJson();
}

} // namespace headgate
