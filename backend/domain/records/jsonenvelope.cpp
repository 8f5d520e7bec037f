// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/jsonenvelope.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <set>

namespace headgate {

namespace {

using Kind = JsonValue::Kind;
using Objection = std::optional<std::string>;

const JsonValue &member(const JsonValue &object, std::string_view name)
{
    static const JsonValue missing;
    const auto *found = object.find(name);
    return found ? *found : missing;
}

bool isNothing(const JsonValue &value)
{
    return value.kind == Kind::Missing || value.kind == Kind::Null;
}

//! The schema's word, and the one of its messages. Nullptr: no such type.
const char *upperName(std::string_view type)
{
    static constexpr std::array<std::pair<std::string_view, const char *>, 12> names {
        {{"int8", "INT8"}, {"int16", "INT16"}, {"int32", "INT32"}, {"int64", "INT64"}, {"float", "FLOAT32"},
            {"double", "FLOAT64"}, {"boolean", "BOOLEAN"}, {"string", "STRING"}, {"bytes", "BYTES"}, {"array", "ARRAY"},
            {"map", "MAP"}, {"struct", "STRUCT"}}};
    const auto found = std::ranges::find(names, type, &std::pair<std::string_view, const char *>::first);
    return found == names.end() ? nullptr : found->second;
}

const char *nodeName(const JsonValue &value)
{
    switch (value.kind) {
    case Kind::Missing:
        return "MISSING";
    case Kind::Null:
        return "NULL";
    case Kind::Boolean:
        return "BOOLEAN";
    case Kind::Number:
        return "NUMBER";
    case Kind::String:
        return "STRING";
    case Kind::Array:
        return "ARRAY";
    case Kind::Object:
        return "OBJECT";
    }
    return "";
}

Objection schemaObjection(const JsonValue &schema)
{
    if (schema.kind == Kind::Null) {
        return std::nullopt;
    }
    const auto &type = member(schema, "type");
    if (type.kind != Kind::String) {
        return "Schema must contain 'type' field";
    }
    const auto part = [&schema](const char *name, const char *without) -> Objection {
        const auto &inner = member(schema, name);
        return isNothing(inner) ? Objection(without) : schemaObjection(inner);
    };
    if (type.text == "array") {
        return part("items", "Array schema did not specify the element type");
    }
    if (type.text == "map") {
        auto keys = part("keys", "Map schema did not specify the key type");
        return keys ? keys : part("values", "Map schema did not specify the value type");
    }
    if (type.text != "struct") {
        return upperName(type.text) ? Objection() : "Unknown schema type: " + type.text;
    }
    const auto &fields = member(schema, "fields");
    if (fields.kind != Kind::Array) {
        return "Struct schema's \"fields\" argument is not an array.";
    }
    std::set<std::string> names;
    for (const auto &field : fields.items) {
        const auto &name = member(field, "field");
        if (name.kind != Kind::String) {
            return "Struct schema's field name not specified properly";
        }
        if (auto inner = schemaObjection(field)) {
            return inner;
        }
        if (!names.insert(name.text).second) {
            return "Cannot create field because of field name duplication " + name.text;
        }
    }
    return std::nullopt;
}

bool isBase64(const JsonValue &value)
{
    const auto bytes = QByteArray::fromRawData(value.text.data(), qsizetype(value.text.size()));
    return bool(QByteArray::fromBase64Encoding(bytes, QByteArray::AbortOnBase64DecodingErrors));
}

bool isWhole(const JsonValue &value)
{
    return value.kind == Kind::Number && value.text.find_first_of(".eE") == std::string::npos;
}

//! Of the four logical types that JsonConverter knows by the schema's name; Missing: it is none of them.
std::optional<Objection> logicalObjection(const JsonValue &schema, const JsonValue &payload)
{
    constexpr std::string_view space = "org.apache.kafka.connect.data.";
    const auto &name = member(schema, "name");
    if (name.kind != Kind::String || !name.text.starts_with(space)) {
        return std::nullopt;
    }
    const auto type = name.text.substr(space.size());
    if (type == "Date" || type == "Time" || type == "Timestamp") {
        return std::optional(isWhole(payload) ? Objection()
                                              : "Invalid type for " + type
                    + ", underlying representation should be integer but was " + nodeName(payload));
    }
    if (type != "Decimal") {
        return std::nullopt;
    }
    if (payload.kind == Kind::String) {
        return std::optional(isBase64(payload) ? Objection() : Objection("Invalid bytes for Decimal field"));
    }
    return std::optional(payload.kind == Kind::Number ? Objection()
                                                      : "Invalid type for Decimal, underlying representation should "
                                                        "be numeric or bytes but was "
                + std::string(nodeName(payload)));
}

Objection valueObjection(const JsonValue &schema, const JsonValue &payload);

Objection firstObjection(const JsonValue &schema, const std::vector<JsonValue> &payloads)
{
    for (const auto &each : payloads) {
        if (auto found = valueObjection(schema, each)) {
            return found;
        }
    }
    return std::nullopt;
}

Objection structObjection(const JsonValue &schema, const JsonValue &payload)
{
    if (payload.kind != Kind::Object) {
        return std::string("Structs should be encoded as JSON objects, but found ") + nodeName(payload);
    }
    for (const auto &field : member(schema, "fields").items) {
        if (auto found = valueObjection(field, member(payload, member(field, "field").text))) {
            return found;
        }
    }
    return std::nullopt;
}

Objection mapObjection(const JsonValue &schema, const JsonValue &payload)
{
    const auto &keys = member(schema, "keys");
    const auto &values = member(schema, "values");
    if (member(keys, "type").text == "string") {
        return payload.kind == Kind::Object
            ? firstObjection(values, payload.items)
            : std::string("Maps with string fields should be encoded as JSON objects, but found ") + nodeName(payload);
    }
    if (payload.kind != Kind::Array) {
        return std::string("Maps with non-string fields should be encoded as JSON arrays of tuples, but found ")
            + nodeName(payload);
    }
    for (const auto &entry : payload.items) {
        if (entry.kind != Kind::Array) {
            return std::string("Found invalid map entry instead of array tuple: ") + nodeName(entry);
        }
        if (entry.items.size() != 2) {
            return "Found invalid map entry, expected length 2 but found :" + std::to_string(entry.items.size());
        }
        auto found = valueObjection(keys, entry.items[0]);
        if (found = found ? found : valueObjection(values, entry.items[1]); found) {
            return found;
        }
    }
    return std::nullopt;
}

Objection valueObjection(const JsonValue &schema, const JsonValue &payload)
{
    if (schema.kind == Kind::Null) {
        return std::nullopt; // no schema: whatever it is
    }
    const auto &type = member(schema, "type").text;
    if (isNothing(payload)) {
        const bool mayBe = member(schema, "optional").text == "true" || !isNothing(member(schema, "default"));
        return mayBe ? Objection() : std::string("Invalid null value for required ") + upperName(type) + " field";
    }
    if (auto logical = logicalObjection(schema, payload)) {
        return *logical;
    }
    if (type == "struct") {
        return structObjection(schema, payload);
    }
    if (type == "map") {
        return mapObjection(schema, payload);
    }
    if (type == "array") {
        return firstObjection(member(schema, "items"), payload.items);
    }
    const bool broken = type == "bytes" && payload.kind == Kind::String && !isBase64(payload);
    return broken ? Objection("Invalid bytes field") : Objection();
}

} // namespace

std::optional<std::string> envelopeObjection(const JsonValue &schema, const JsonValue &payload)
{
    auto found = schemaObjection(schema);
    return found ? found : valueObjection(schema, payload);
}

} // namespace headgate
