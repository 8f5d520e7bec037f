// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schemas/avroschema.h"
#include "domain/schemas/boundedtext.h"
#include "domain/schemas/schemadecode.h"

#include <nlohmann/json.hpp>

#include <bit>
#include <limits>
#include <optional>

// Not avro-c: it allocates what a length in the data says before it looks whether so much is there.

namespace headgate {

namespace {

using Json = nlohmann::ordered_json;

constexpr int deepest = 200; // of a value: records may hold themselves
// Of all values with their names: items of no bytes cost nothing to claim, and names multiply.
constexpr size_t mostCost = 16UL * 1024 * 1024;
constexpr size_t costOfValue = 32;

class Decoder
{
public:
    explicit Decoder(const QByteArray &bytes)
        : m_bytes(bytes)
    {
    }

    std::optional<Json> value(const AvroNode &node, int depth = 0)
    {
        if (depth > deepest || !pay(costOfValue)) {
            return {};
        }
        switch (node.type) {
        case AvroType::Null:
            return Json(nullptr);
        case AvroType::Boolean:
            return boolean();
        case AvroType::Int:
        case AvroType::Long: {
            const auto number = varint();
            return number ? std::optional(Json(*number)) : std::nullopt;
        }
        case AvroType::Float:
            return real<float, std::uint32_t>();
        case AvroType::Double:
            return real<double, std::uint64_t>();
        case AvroType::Bytes:
            return hex(length());
        case AvroType::Fixed:
            return hex(node.size <= size_t(left()) ? std::optional(qsizetype(node.size)) : std::nullopt);
        case AvroType::String:
            return string();
        case AvroType::Enum:
            return symbol(node);
        case AvroType::Union:
            return branch(node, depth);
        case AvroType::Record:
            return record(node, depth);
        case AvroType::Array:
        case AvroType::Map:
            return list(node, depth);
        }
        return {};
    }
    bool atEnd() const { return m_at == m_bytes.size(); }
    bool isTooMuch() const { return m_cost > mostCost; }

private:
    qsizetype left() const { return m_bytes.size() - m_at; }
    bool pay(size_t cost)
    {
        m_cost += cost;
        return m_cost <= mostCost;
    }

    //! Zigzag, at most ten bytes.
    std::optional<std::int64_t> varint()
    {
        constexpr int most = 10;
        std::uint64_t raw = 0;
        for (int i = 0; i < most && m_at < m_bytes.size(); ++i) {
            const auto byte = std::uint8_t(m_bytes[m_at++]);
            raw |= std::uint64_t(byte & 0x7fU) << (7 * i);
            if ((byte & 0x80U) == 0) {
                return std::int64_t(raw >> 1U) ^ -std::int64_t(raw & 1U);
            }
        }
        return {};
    }

    std::optional<qsizetype> length()
    {
        const auto number = varint();
        return number && *number >= 0 && *number <= left() ? std::optional(qsizetype(*number)) : std::nullopt;
    }

    QByteArray take(qsizetype count)
    {
        m_at += count;
        return m_bytes.mid(m_at - count, count);
    }

    std::optional<Json> boolean()
    {
        if (left() < 1 || std::uint8_t(m_bytes[m_at]) > 1) {
            return {};
        }
        return Json(m_bytes[m_at++] == 1);
    }

    template <class Real, class Bits> std::optional<Json> real()
    {
        if (left() < qsizetype(sizeof(Bits))) {
            return {};
        }
        Bits bits = 0;
        for (size_t i = 0; i < sizeof(Bits); ++i) {
            bits |= Bits(std::uint8_t(m_bytes[m_at++])) << (8 * i);
        }
        const auto number = std::bit_cast<Real>(bits);
        if (number != number) {
            return Json("NaN"); // JSON has no word for these
        }
        const bool infinite = number > std::numeric_limits<Real>::max() || number < std::numeric_limits<Real>::lowest();
        return infinite ? Json(number > 0 ? "Infinity" : "-Infinity") : Json(number);
    }

    std::optional<Json> hex(std::optional<qsizetype> count)
    {
        return count ? std::optional(Json("0x" + take(*count).toHex().toStdString())) : std::nullopt;
    }

    std::optional<Json> string()
    {
        const auto count = length();
        return count ? std::optional(Json(QString::fromUtf8(take(*count)).toStdString())) : std::nullopt;
    }

    std::optional<Json> symbol(const AvroNode &node)
    {
        const auto index = varint();
        const bool there = index && *index >= 0 && size_t(*index) < node.words.size();
        return there ? std::optional(Json(node.words[size_t(*index)])) : std::nullopt;
    }

    //! As its value alone: a person reads it, nobody decodes it back.
    std::optional<Json> branch(const AvroNode &node, int depth)
    {
        const auto index = varint();
        const bool there = index && *index >= 0 && size_t(*index) < node.parts.size();
        return there ? value(*node.parts[size_t(*index)], depth + 1) : std::nullopt;
    }

    std::optional<Json> record(const AvroNode &node, int depth)
    {
        auto object = Json::object();
        for (size_t i = 0; i < node.parts.size(); ++i) {
            auto field = value(*node.parts[i], depth + 1);
            if (!field) {
                return {};
            }
            if (!pay(node.words[i].size())) {
                return {};
            }
            object[node.words[i]] = std::move(*field);
        }
        return object;
    }

    //! Blocks of a count each, negative with their size behind it, until one of none.
    std::optional<Json> list(const AvroNode &node, int depth)
    {
        const bool map = node.type == AvroType::Map;
        auto all = map ? Json::object() : Json::array();
        while (true) {
            auto count = varint();
            if (!count || *count == std::numeric_limits<std::int64_t>::min()) {
                return {};
            }
            if (*count == 0) {
                return all;
            }
            if (*count < 0 && !varint()) {
                return {};
            }
            for (auto i = std::abs(*count); i > 0; --i) {
                const auto key = map ? string() : std::optional<Json>(Json());
                auto item = key ? value(*node.parts.front(), depth + 1) : std::nullopt;
                if (!item) {
                    return {};
                }
                map ? void(all[key->get<std::string>()] = std::move(*item)) : all.push_back(std::move(*item));
            }
        }
    }

    const QByteArray &m_bytes;
    qsizetype m_at = 0;
    size_t m_cost = 0;
};

} // namespace

Result<QString> decodeAvro(const RegisteredSchema &schema, const QByteArray &bytes)
{
    const auto read = readAvroSchema(schema);
    if (!read) {
        return failure(read.error());
    }
    Decoder decoder(bytes);
    const auto value = decoder.value(*read->root);
    if (decoder.isTooMuch()) {
        return failure({.kind = ErrorKind::TooLarge, .message = QStringLiteral("More comes out than is decoded here")});
    }
    if (!value || !decoder.atEnd()) {
        return failure({.kind = ErrorKind::InvalidAnswer,
            .message = value ? QStringLiteral("There are bytes left behind what the Avro schema says")
                             : QStringLiteral("The bytes are not what the Avro schema says")});
    }
    return boundedJson(*value);
}

} // namespace headgate
