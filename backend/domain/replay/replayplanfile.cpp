// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplanfile.h"

#include "domain/json/canonicaljson.h"
#include "domain/replay/planjson.h"

#include <QCryptographicHash>

#include <nlohmann/json.hpp>

namespace headgate {

namespace {

constexpr int kForm = 1;

tl::unexpected<Error> noPlan(const QString &why)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = why});
}

QByteArray canonicalPlan(const ReplayPlan &plan)
{
    const auto text = planJson(plan).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return canonicalJson(QByteArray::fromStdString(text)).value_or(QByteArray());
}

QByteArray hashOf(const QByteArray &canonical)
{
    return QCryptographicHash::hash(canonical, QCryptographicHash::Sha256).toHex();
}

} // namespace

QByteArray planHash(const ReplayPlan &plan)
{
    return hashOf(canonicalPlan(plan));
}

QByteArray planText(const ReplayPlan &plan)
{
    const auto canonical = canonicalPlan(plan);
    return "{\"hash\":\"" + hashOf(canonical) + "\",\"headgateReplay\":" + QByteArray::number(kForm)
        + ",\"plan\":" + canonical + "}\n";
}

Result<ReplayPlan> planFromText(const QByteArray &text)
{
    const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object() || !json.contains("headgateReplay")) {
        return noPlan(QStringLiteral("This is no replay plan of Headgate"));
    }
    if (json["headgateReplay"] != kForm || !json.contains("plan") || !json["plan"].is_object()) {
        return noPlan(QStringLiteral("This plan has a form that this version of Headgate does not know"));
    }
    auto plan = planFromJson(json["plan"]);
    if (!plan) {
        return noPlan(QStringLiteral("This plan cannot be read: a field is missing or of another type"));
    }
    if (!json.contains("hash") || json["hash"] != planHash(*plan).toStdString()) {
        return noPlan(QStringLiteral("This plan was changed after it was made: its hash does not fit its content"));
    }
    return *std::move(plan);
}

} // namespace headgate
