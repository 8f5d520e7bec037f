// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/converter.h"

#include "domain/records/converter.h"

namespace headgate::localworker {

namespace {

constexpr auto dataException = "org.apache.kafka.connect.errors.DataException";

Json inferredSchema(const Json &payload)
{
    if (payload.is_null()) {
        return {};
    }
    const auto named = [](const char *type) {
        return Json {{"type", type}, {"optional", false}};
    };
    if (payload.is_string()) {
        return named("string");
    }
    if (payload.is_boolean()) {
        return named("boolean");
    }
    if (payload.is_number_integer()) {
        return named("int64");
    }
    return payload.is_number() ? named("double") : Json(); // structures travel schemaless: {"schema":null,"payload":..}
}

Json payloadOf(const ConnectValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto *bytes = std::get_if<QByteArray>(&value)) {
        return bytes->toBase64().toStdString();
    }
    const auto *json = std::get_if<Json>(&value);
    return json ? *json : Json();
}

//! Numbers as the reader took them: with leading zeros they would be none here.
Json numberOf(const std::string &text)
{
    const auto first = text.find_first_of("123456789");
    const auto point = text.find_first_not_of("-0");
    const bool padded = first != std::string::npos && first == point && first > (text[0] == '-' ? 1U : 0U);
    auto number = parseJson(padded ? (text[0] == '-' ? "-" : "") + text.substr(first) : text);
    return number.is_discarded() ? Json(0) : number;
}

Json toJson(const JsonValue &value)
{
    switch (value.kind) {
    case JsonValue::Kind::Missing:
    case JsonValue::Kind::Null:
        return {};
    case JsonValue::Kind::Boolean:
        return value.text == "true";
    case JsonValue::Kind::Number:
        return numberOf(value.text);
    case JsonValue::Kind::String:
        return value.text;
    case JsonValue::Kind::Array: {
        auto list = Json::array();
        for (const auto &item : value.items) {
            list.push_back(toJson(item));
        }
        return list;
    }
    case JsonValue::Kind::Object:
        break;
    }
    auto object = Json::object();
    for (size_t i = 0; i < value.names.size(); ++i) {
        object[value.names[i]] = toJson(value.items[i]);
    }
    return object;
}

Throwable throwableOf(const Refusal &refusal)
{
    Throwable whole;
    for (auto frame = refusal.rbegin(); frame != refusal.rend(); ++frame) {
        Throwable outer {.type = frame->exceptionClass.toStdString(),
            .message = frame->message.toStdString(),
            .at = frame == refusal.rbegin() && refusal.size() > 2 ? "Json.parse" : "Converter.toConnect",
            .cause = {}};
        whole = frame == refusal.rbegin() ? std::move(outer) : std::move(outer).because(std::move(whole));
    }
    return whole;
}

} // namespace

std::string toText(const ConnectValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto *bytes = std::get_if<QByteArray>(&value)) {
        return bytes->toStdString();
    }
    const auto *json = std::get_if<Json>(&value);
    return json ? (json->is_string() ? json->get<std::string>() : dump(*json)) : "null";
}

std::string Converter::className() const
{
    switch (kind) {
    case ConverterKind::String:
        return "org.apache.kafka.connect.storage.StringConverter";
    case ConverterKind::Json:
        return "org.apache.kafka.connect.json.JsonConverter";
    case ConverterKind::ByteArray:
        return "org.apache.kafka.connect.converters.ByteArrayConverter";
    }
    return {};
}

Outcome<std::optional<QByteArray>> Converter::fromConnect(const ConnectValue &value) const
{
    if (std::holds_alternative<std::monostate>(value)) {
        return std::nullopt;
    }
    switch (kind) {
    case ConverterKind::String:
        return QByteArray::fromStdString(toText(value));
    case ConverterKind::ByteArray:
        if (const auto *bytes = std::get_if<QByteArray>(&value)) {
            return *bytes;
        }
        return thrown({.type = dataException,
            .message = "Invalid schema type for ByteArrayConverter: STRING",
            .at = "Converter.fromConnect",
            .cause = {}});
    case ConverterKind::Json:
        break;
    }
    auto payload = payloadOf(value);
    return toBytes(schemas ? Json {{"schema", inferredSchema(payload)}, {"payload", payload}} : payload);
}

Outcome<ConnectValue> Converter::toConnect(const std::optional<QByteArray> &bytes) const
{
    if (!bytes) {
        return ConnectValue();
    }
    switch (kind) {
    case ConverterKind::String:
        return ConnectValue(bytes->toStdString());
    case ConverterKind::ByteArray:
        return ConnectValue(*bytes);
    case ConverterKind::Json:
        break;
    }
    const auto read = readConnectJson(*bytes, schemas);
    return read ? Outcome<ConnectValue>(toJson(*read)) : thrown(throwableOf(read.error()));
}

std::optional<Converter> converterFor(const ConnectorConfig &config, const std::string &role)
{
    const auto name = config.get(role + ".converter");
    const auto inner = config.under(role + ".converter.");
    for (const auto kind : {ConverterKind::String, ConverterKind::Json, ConverterKind::ByteArray}) {
        const Converter converter {.kind = kind, .schemas = inner.flag("schemas.enable", true)};
        const auto full = converter.className();
        if (name == full || name == full.substr(full.rfind('.') + 1)) {
            return converter;
        }
    }
    return name.empty() ? std::optional(Converter {}) : std::nullopt;
}

} // namespace headgate::localworker
