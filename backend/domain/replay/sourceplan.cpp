// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/planrules.h"
#include "domain/replay/sourcedocument.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace headgate {

namespace {

using Json = nlohmann::json;

tl::unexpected<Error> wrong(const QString &why)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = why});
}

QString shown(const QByteArray &json)
{
    return QString::fromUtf8(json.left(200));
}

QString configured(const ReplayFacts &facts, const char *key)
{
    const auto *found
        = facts.operation.info ? findConfig(facts.operation.info->config, QString::fromLatin1(key)) : nullptr;
    return found ? *found : QString();
}

const ConnectorOffset *entryOf(const std::vector<ConnectorOffset> &offsets, const QByteArray &partition)
{
    const auto found = std::ranges::find_if(
        offsets, [&](const ConnectorOffset &each) { return sameDocument(each.partitionJson, partition); });
    return found == offsets.end() ? nullptr : &*found;
}

//! A whole number that Java reads as a Long. A longer one becomes a BigInteger, on which the plug-ins trip.
bool isLong(const Json &value)
{
    return value.is_number_integer()
        && !(value.is_number_unsigned()
            && value.get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max()));
}

bool isCount(const Json &value)
{
    return isLong(value) && value >= 0;
}

//! What Connect or the plug-in would refuse, or would take and trip over later.
QString misshapen(SourceKind kind, const Json &partition, const Json &offset)
{
    switch (kind) {
    case SourceKind::FileStream:
        if (!partition.contains("filename") || !partition["filename"].is_string()) {
            return QStringLiteral("The partition of a file source names its file: {\"filename\": ...}");
        }
        return isCount(offset.value("position", Json()))
            ? QString()
            : QStringLiteral("\"position\" is a whole number from 0 on, of at most 64 bits");
    case SourceKind::Sandbox: // {"position"} or {"count"}: records written
    case SourceKind::Jdbc:
        for (const auto &[key, value] : offset.items()) {
            if (!isLong(value)) {
                return QStringLiteral("\"%1\" is a whole number of at most 64 bits").arg(QString::fromStdString(key));
            }
        }
        return {};
    case SourceKind::Debezium:
    case SourceKind::Generic:
        return {};
    }
    return {};
}

//! Of a document that nothing is known of: the same fields as now, of the same types.
QString unlikeNow(const Json &now, const Json &asked)
{
    for (const auto &[key, value] : now.items()) {
        const auto name = QString::fromStdString(key);
        if (!asked.contains(key)) {
            return QStringLiteral("\"%1\" is missing: its offset has it now").arg(name);
        }
        const bool numbers = value.is_number() && asked[key].is_number();
        if (!numbers && value.type() != asked[key].type()) {
            return QStringLiteral("\"%1\" is of another type than now").arg(name);
        }
    }
    for (const auto &[key, value] : asked.items()) {
        if (!now.contains(key)) {
            return QStringLiteral("\"%1\" is new: its offset does not have it now").arg(QString::fromStdString(key));
        }
    }
    return {};
}

QString faultOf(SourceKind kind, const ConnectorOffset &asked, const ConnectorOffset *now)
{
    const auto partition = Json::parse(asked.partitionJson.toStdString(), nullptr, false);
    const auto offset = Json::parse(asked.offsetJson.toStdString(), nullptr, false);
    if (!partition.is_object()) {
        return QStringLiteral("The partition is no JSON object: %1").arg(shown(asked.partitionJson));
    }
    if (!offset.is_object() && !offset.is_null()) {
        return QStringLiteral("The offset is neither a JSON object nor null: %1").arg(shown(asked.offsetJson));
    }
    if (offset.is_null()) {
        return {};
    }
    if (auto fault = misshapen(kind, partition, offset); !fault.isEmpty()) {
        return fault;
    }
    const auto known = now ? Json::parse(now->offsetJson.toStdString(), nullptr, false) : Json();
    return known.is_object() ? unlikeNow(known, offset) : QString();
}

void warnOfKind(ReplayPlan &plan, SourceKind kind, const ReplayFacts &facts)
{
    const bool removes = std::ranges::any_of(plan.sourceMoves, [](const auto &move) { return move.after == "null"; });
    if (kind == SourceKind::Generic) {
        plan.warnings.push_back(
            {.kind = PlanWarningKind::PositionElsewhere, .text = configured(facts, "connector.class")});
    }
    if (kind != SourceKind::Debezium) {
        return;
    }
    const auto mode = configured(facts, "snapshot.mode");
    plan.warnings.push_back({.kind = PlanWarningKind::OnlyWhatIsKept, .text = configured(facts, "connector.class")});
    if (removes) {
        const bool none = mode == QLatin1String("no_data") || mode == QLatin1String("schema_only")
            || mode == QLatin1String("never");
        plan.warnings.push_back({.kind = none ? PlanWarningKind::JumpsToNow : PlanWarningKind::SnapshotAgain,
            .text = mode.isEmpty() ? QStringLiteral("initial") : mode});
    }
}

} // namespace

Result<void> planSource(ReplayPlan &plan, const ReplayFacts &facts)
{
    const auto &request = plan.request;
    if (!request.partitions.empty() || request.everywhere.kind != PositionKind::Keep) {
        return wrong(QStringLiteral("A source has no consumer group: change the entries of its offset document"));
    }
    const auto kind = sourceKind(configured(facts, "connector.class"));
    const bool restores = !request.restores.isEmpty();
    plan.provable = isProvable(kind);
    for (const auto &asked : request.source) {
        const auto *now = entryOf(facts.offsets, asked.partitionJson);
        if (auto fault = restores ? QString() : faultOf(kind, asked, now); !fault.isEmpty()) {
            return wrong(fault);
        }
        if (!now && !facts.offsets.empty() && !restores) {
            plan.warnings.push_back({.kind = PlanWarningKind::UnknownPartition, .text = shown(asked.partitionJson)});
        }
        const auto before = now ? now->offsetJson : QByteArray("null");
        if (!sameDocument(before, asked.offsetJson)) {
            plan.sourceMoves.push_back({now ? now->partitionJson : asked.partitionJson, before, asked.offsetJson});
        }
    }
    warnOfKind(plan, kind, facts);
    return {};
}

} // namespace headgate
