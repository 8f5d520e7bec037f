// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schemas/avroschema.h"

#include <nlohmann/json.hpp>

#include <array>
#include <map>
#include <optional>

namespace headgate {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 60;
constexpr size_t mostNodes = 20'000;

constexpr std::array<std::pair<const char *, AvroType>, 8> primitives {{{"null", AvroType::Null},
    {"boolean", AvroType::Boolean}, {"int", AvroType::Int}, {"long", AvroType::Long}, {"float", AvroType::Float},
    {"double", AvroType::Double}, {"bytes", AvroType::Bytes}, {"string", AvroType::String}}};

std::string textIn(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

//! One reading of one schema; the first fault ends it.
class Reader
{
public:
    const AvroNode *read(const Json &json, const std::string &space, int depth)
    {
        if (depth > deepest || m_schema.nodes.size() >= mostNodes) {
            return fail("The schema is too deep or too large");
        }
        if (json.is_string()) {
            return named(json.get<std::string>(), space);
        }
        if (json.is_array()) {
            return children(make(AvroType::Union), json, space, depth);
        }
        if (!json.is_object()) {
            return fail("A part of the schema is neither a name, a list nor an object");
        }
        const auto type = json.find("type");
        if (type == json.end()) {
            return fail("A part of the schema has no type");
        }
        if (!type->is_string()) {
            return read(*type, space, depth + 1);
        }
        return declared(json, type->get<std::string>(), space, depth);
    }

    AvroSchema take(const AvroNode *root)
    {
        m_schema.root = root;
        return std::move(m_schema);
    }
    const QString &fault() const { return m_fault; }

private:
    AvroNode *make(AvroType type, std::string name = {})
    {
        m_schema.nodes.push_back(std::make_unique<AvroNode>());
        m_schema.nodes.back()->type = type;
        m_schema.nodes.back()->name = std::move(name);
        return m_schema.nodes.back().get();
    }

    const AvroNode *fail(const char *why)
    {
        if (m_fault.isEmpty()) {
            m_fault = QString::fromLatin1(why);
        }
        return nullptr;
    }

    const AvroNode *named(const std::string &name, const std::string &space)
    {
        for (const auto &[word, type] : primitives) {
            if (name == word) {
                return make(type, name);
            }
        }
        const bool full = name.find('.') != std::string::npos;
        for (const auto &tried : {full || space.empty() ? name : space + '.' + name, name}) {
            if (const auto found = m_named.find(tried); found != m_named.end()) {
                return found->second;
            }
        }
        return fail("The schema uses a type that it does not declare");
    }

    const AvroNode *declared(const Json &json, const std::string &type, const std::string &space, int depth)
    {
        if (type == "array" || type == "map") {
            const auto items = json.find(type == "array" ? "items" : "values");
            auto *node = make(type == "array" ? AvroType::Array : AvroType::Map);
            const auto *part = items != json.end() ? read(*items, space, depth + 1) : fail("A list has no items");
            node->parts.push_back(part);
            return part ? node : nullptr;
        }
        const bool record = type == "record" || type == "error";
        if (!record && type != "enum" && type != "fixed") {
            return named(type, space); // {"type": "long", "logicalType": ...}
        }
        const auto name = textIn(json, "name");
        const auto dot = name.rfind('.');
        const auto own = json.contains("namespace") ? textIn(json, "namespace") : space;
        const auto inner = dot != std::string::npos ? name.substr(0, dot) : own;
        auto *node = make(record ? AvroType::Record
                : type == "enum" ? AvroType::Enum
                                 : AvroType::Fixed,
            dot != std::string::npos || own.empty() ? name : own + '.' + name);
        if (name.empty() || !m_named.emplace(node->name, node).second) {
            return fail("A type of the schema has no name, or two have one");
        }
        return record ? fields(node, json, inner, depth) : type == "enum" ? symbols(node, json) : sized(node, json);
    }

    const AvroNode *fields(AvroNode *node, const Json &json, const std::string &space, int depth)
    {
        const auto list = json.find("fields");
        if (list == json.end() || !list->is_array()) {
            return fail("A record of the schema has no fields");
        }
        for (const auto &field : *list) {
            const auto type = field.is_object() ? field.find("type") : field.end();
            const auto *part = field.is_object() && type != field.end() ? read(*type, space, depth + 1) : nullptr;
            if (!part) {
                return fail("A field of the schema has no type");
            }
            node->words.push_back(textIn(field, "name"));
            node->parts.push_back(part);
        }
        return node;
    }

    const AvroNode *symbols(AvroNode *node, const Json &json)
    {
        const auto list = json.find("symbols");
        if (list == json.end() || !list->is_array()) {
            return fail("An enumeration of the schema has no symbols");
        }
        for (const auto &symbol : *list) {
            node->words.push_back(symbol.is_string() ? symbol.get<std::string>() : std::string());
        }
        return node;
    }

    const AvroNode *sized(AvroNode *node, const Json &json)
    {
        const auto size = json.find("size");
        if (size == json.end() || !size->is_number_unsigned()) {
            return fail("A fixed type of the schema has no size");
        }
        node->size = size->get<size_t>();
        return node;
    }

    const AvroNode *children(AvroNode *node, const Json &list, const std::string &space, int depth)
    {
        for (const auto &branch : list) {
            const auto *part = read(branch, space, depth + 1);
            if (!part) {
                return nullptr;
            }
            node->parts.push_back(part);
        }
        return node;
    }

    AvroSchema m_schema;
    std::map<std::string, const AvroNode *> m_named;
    QString m_fault;
};

} // namespace

Result<AvroSchema> readAvroSchema(const RegisteredSchema &schema)
{
    Reader reader;
    const auto refused = [](const QString &why) {
        return failure({.kind = ErrorKind::InvalidInput, .message = why});
    };
    const AvroNode *root = nullptr;
    auto texts = schema.references;
    texts.emplace_back(QString(), schema.text);
    for (const auto &[name, text] : texts) {
        const auto json = Json::parse(text.begin(), text.end(), nullptr, false);
        if (json.is_discarded()) {
            return refused(QStringLiteral("The schema is no JSON"));
        }
        root = reader.read(json, {}, 0);
        if (!root) {
            return refused(reader.fault());
        }
    }
    return reader.take(root);
}

} // namespace headgate
