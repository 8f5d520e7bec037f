// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/bodies.h"

#include "localworker/rest/jsonfault.h"

#include <QString>

#include <algorithm>

namespace headgate::localworker {

namespace {

const std::string entities = "org.apache.kafka.connect.runtime.rest.entities.";

RestResult<Json> readJson(const std::string &body)
{
    if (body.find_first_not_of(" \t\r\n") == std::string::npos) {
        return Json();
    }
    auto document = parseJson(body);
    if (document.is_discarded()) {
        return refuse(500, jsonFault(body));
    }
    return document;
}

const char *tokenOf(const Json &value)
{
    if (value.is_array()) {
        return "Array value (token `JsonToken.START_ARRAY`)";
    }
    if (value.is_object()) {
        return "Object value (token `JsonToken.START_OBJECT`)";
    }
    return value.is_string() ? "String value (token `JsonToken.VALUE_STRING`)" : "scalar value";
}

RestError wrongShape(const std::string &type, const Json &value, const std::string &body)
{
    return {500, "Cannot deserialize value of type `" + type + "` from " + tokenOf(value) + jsonPlace(body, 0)};
}

RestError unknownField(
    const std::string &field, const std::string &type, const std::string &known, const std::string &body)
{
    const auto at = body.find('"' + field + '"');
    return {500,
        "Unrecognized field \"" + field + "\" (class " + entities + type + "), not marked as ignorable (" + known + ')'
            + jsonPlace(body, at == std::string::npos ? 0 : at) + " (through reference chain: " + entities + type
            + "[\"" + field + "\"])"};
}

RestResult<void> onlyScalars(const Json &object, const std::string &body)
{
    for (const auto &[key, value] : object.items()) {
        if (value.is_structured()) {
            return tl::unexpected(wrongShape("java.lang.String", value, body));
        }
    }
    return {};
}

RestResult<TargetState> readInitialState(const Json &value, const std::string &body)
{
    if (value.is_null()) {
        return TargetState::Started;
    }
    const auto text
        = value.is_string() ? QString::fromStdString(value.get<std::string>()).toUpper().toStdString() : dump(value);
    if (text == "RUNNING") {
        return TargetState::Started;
    }
    if (text == "PAUSED" || text == "STOPPED") {
        return text == "PAUSED" ? TargetState::Paused : TargetState::Stopped;
    }
    return refuse(500,
        "Cannot construct instance of `" + entities + "CreateConnectorRequest$InitialState`, problem: No enum constant "
            + entities + "CreateConnectorRequest.InitialState." + text + jsonPlace(body, body.find("initial_state"))
            + " (through reference chain: " + entities + "CreateConnectorRequest[\"initial_state\"])");
}

} // namespace

RestResult<CreateRequest> readCreateRequest(const std::string &body)
{
    auto document = readJson(body);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (document->is_null()) {
        return refuse(
            500, "Cannot invoke \"" + entities + "CreateConnectorRequest.name()\" because \"createRequest\" is null");
    }
    if (!document->is_object()) {
        return tl::unexpected(wrongShape(entities + "CreateConnectorRequest", *document, body));
    }
    for (const auto &[key, value] : document->items()) {
        if (key != "name" && key != "config" && key != "initial_state") {
            return tl::unexpected(unknownField(
                key, "CreateConnectorRequest", R"(3 known properties: "config", "name", "initial_state"])", body));
        }
    }
    const auto initial = readInitialState(document->value("initial_state", Json()), body);
    if (!initial) {
        return tl::unexpected(initial.error());
    }
    const auto config = document->value("config", Json());
    if (config.is_null()) {
        return refuse(500, "Cannot invoke \"java.util.Map.get(Object)\" because \"connectorConfig\" is null");
    }
    if (auto flat = config.is_object() ? onlyScalars(config, body)
                                       : tl::unexpected(wrongShape("java.util.LinkedHashMap", config, body));
        !flat) {
        return tl::unexpected(flat.error());
    }
    const auto name = document->value("name", Json());
    return CreateRequest {
        QString::fromStdString(name.is_string() ? name.get<std::string>() : std::string()).trimmed().toStdString(),
        ConnectorConfig::fromJson(config), *initial};
}

RestResult<Json> readSettings(const std::string &body, const std::string &whenNull)
{
    auto document = readJson(body);
    if (!document) {
        return document;
    }
    if (document->is_null()) {
        return refuse(500, whenNull);
    }
    if (!document->is_object()) {
        return tl::unexpected(
            wrongShape("java.util.LinkedHashMap<java.lang.String,java.lang.String>", *document, body));
    }
    if (auto flat = onlyScalars(*document, body); !flat) {
        return tl::unexpected(flat.error());
    }
    return document;
}

RestResult<std::vector<PositionChange>> readPositions(const std::string &body)
{
    const auto document = readJson(body);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (document->is_null()) {
        return refuse(500, "Cannot invoke \"" + entities + "ConnectorOffsets.offsets()\" because \"offsets\" is null");
    }
    if (!document->is_object()) {
        return tl::unexpected(wrongShape(entities + "ConnectorOffsets", *document, body));
    }
    std::vector<PositionChange> changes;
    for (const auto &[key, value] : document->items()) {
        if (key != "offsets") {
            return tl::unexpected(unknownField(key, "ConnectorOffsets", R"(one known property: "offsets"])", body));
        }
        for (const auto &item : value) {
            for (const auto &[field, unused] : item.items()) {
                if (field != "partition" && field != "offset") {
                    return tl::unexpected(
                        unknownField(field, "ConnectorOffset", R"(2 known properties: "partition", "offset"])", body));
                }
            }
            changes.push_back({item.value("partition", Json()), item.value("offset", Json())});
        }
    }
    return changes;
}

} // namespace headgate::localworker
