// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/converter.h"

#include "localworker/rest/jsonfault.h"

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

Throwable notJson(std::string_view text)
{
    const auto fault = jsonFault(text);
    Throwable parse {
        .type = "com.fasterxml.jackson.core.JsonParseException", .message = fault, .at = "Json.parse", .cause = {}};
    if (fault.starts_with("Unexpected end-of-input")) {
        parse.type = "com.fasterxml.jackson.core.io.JsonEOFException";
    }
    Throwable serialization {.type = "org.apache.kafka.common.errors.SerializationException",
        .message = parse.type + ": " + fault,
        .at = "Converter.toConnect",
        .cause = {}};
    return Throwable {.type = dataException,
        .message = "Converting byte[] to Kafka Connect data failed due to serialization error: ",
        .at = "Converter.toConnect",
        .cause = {}}
        .because(std::move(serialization).because(std::move(parse)));
}

Outcome<ConnectValue> fromEnvelope(Json document)
{
    if (!document.is_object() || document.size() != 2 || !document.contains("schema")
        || !document.contains("payload")) {
        return thrown({.type = dataException,
            .message = "JsonConverter with schemas.enable requires \"schema\" and \"payload\" fields and may not "
                       "contain additional fields. "
                       "If you are trying to deserialize plain JSON data, set schemas.enable=false in your converter "
                       "configuration.",
            .at = "Converter.toConnect",
            .cause = {}});
    }
    return ConnectValue(std::move(document["payload"]));
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
    const std::string_view text(bytes->constData(), static_cast<std::size_t>(bytes->size()));
    auto document = parseJson(text);
    if (document.is_discarded()) {
        return thrown(notJson(text));
    }
    return schemas ? fromEnvelope(std::move(document)) : Outcome<ConnectValue>(ConnectValue(std::move(document)));
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
