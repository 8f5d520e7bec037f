// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/redriveprogress.h"

#include "domain/deadletters/placejson.h"

#include <algorithm>
#include <set>

namespace headgate {

namespace {

using Json = nlohmann::json;

void take(RedriveProgress &progress, const OperationStep &step)
{
    const auto json = Json::parse(step.data.begin(), step.data.end(), nullptr, false);
    if (json.is_discarded()) {
        return;
    }
    if (step.what == QLatin1String(redriveEnds) && json.is_array()) {
        progress.endsNoted = true;
        for (const auto &place : json) {
            progress.ends.push_back(placeFrom(place));
        }
    } else if (step.what == QLatin1String(redriveBatch) && json.is_object()) {
        progress.begun = std::max(progress.begun, json.at("begun").get<size_t>());
        for (const auto &pair : json.at("sent")) {
            progress.sent.push_back({placeFrom(pair.at(0)), placeFrom(pair.at(1))});
        }
    }
}

} // namespace

std::vector<RecordAt> maybeSent(const RedriveProgress &progress)
{
    std::vector<RecordAt> found;
    std::set<RecordAt> sent;
    for (const auto &each : progress.sent) {
        sent.insert(each.from);
    }
    const auto begun = std::min(progress.begun, progress.plan.items.size());
    for (size_t i = 0; i < begun; ++i) {
        const auto &from = progress.plan.items[i].from;
        if (!sent.contains(from)) {
            found.push_back(from);
        }
    }
    return found;
}

Result<RedriveProgress> redriveProgress(const Operation &operation)
{
    auto plan = operation.request.kind == OperationKind::Redrive ? redriveFromText(operation.plan) : std::nullopt;
    if (!plan) {
        return failure(
            {.kind = ErrorKind::InvalidInput, .message = QStringLiteral("This is no redrive that can be read")});
    }
    RedriveProgress progress {.plan = *std::move(plan)};
    try {
        for (const auto &step : operation.steps) {
            take(progress, step);
        }
    } catch (const Json::exception &) { // written by nobody of ours
        return failure(
            {.kind = ErrorKind::InvalidInput, .message = QStringLiteral("A record of this redrive is damaged")});
    }
    return progress;
}

QByteArray placesText(const std::vector<RecordAt> &places)
{
    Json json = Json::array();
    for (const auto &place : places) {
        json.push_back(placeJson(place));
    }
    return QByteArray::fromStdString(json.dump());
}

QByteArray sentText(size_t begun, const std::vector<SentRecord> &sent)
{
    Json pairs = Json::array();
    for (const auto &each : sent) {
        pairs.push_back(Json::array({placeJson(each.from), placeJson(each.to)}));
    }
    return QByteArray::fromStdString(Json {{"begun", begun}, {"sent", std::move(pairs)}}.dump());
}

} // namespace headgate
