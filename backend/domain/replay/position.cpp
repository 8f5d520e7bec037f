// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/position.h"

#include "domain/json/canonicaljson.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace headgate {

namespace {

using Json = nlohmann::json;

tl::unexpected<Error> notASinks(const ConnectorOffset &entry)
{
    return failure({.kind = ErrorKind::InvalidAnswer,
        .message
        = QStringLiteral("Not the position of a sink: %1").arg(QString::fromUtf8(entry.partitionJson.left(200)))});
}

//! A whole number, or a text that is one; Connect takes and gives both.
std::optional<std::int64_t> wholeNumber(const Json &json)
{
    if (json.is_number_unsigned()
        && json.get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    if (json.is_number_integer()) {
        return json.get<std::int64_t>();
    }
    bool ok = false;
    const auto number = json.is_string() ? QString::fromStdString(json.get<std::string>()).toLongLong(&ok) : 0;
    return ok ? std::optional<std::int64_t>(number) : std::nullopt;
}

} // namespace

ConnectorOffset sinkOffset(const SinkPosition &position)
{
    const Json partition {{"kafka_topic", position.tp.topic.toStdString()}, {"kafka_partition", position.tp.partition}};
    const Json offset = position.offset ? Json {{"kafka_offset", *position.offset}} : Json();
    const auto text = [](const Json &json) {
        return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    };
    return {text(partition), text(offset)};
}

Result<SinkPosition> sinkPosition(const ConnectorOffset &entry)
{
    const auto partition = Json::parse(entry.partitionJson.toStdString(), nullptr, false);
    const auto offset = Json::parse(entry.offsetJson.toStdString(), nullptr, false);
    if (!partition.is_object() || !partition.contains("kafka_topic") || !partition["kafka_topic"].is_string()
        || !partition.contains("kafka_partition")) {
        return notASinks(entry);
    }
    const auto number = wholeNumber(partition["kafka_partition"]);
    if (!number || *number < 0 || *number > std::numeric_limits<std::int32_t>::max()) {
        return notASinks(entry);
    }
    SinkPosition position {
        .tp = {QString::fromStdString(partition["kafka_topic"].get<std::string>()), std::int32_t(*number)}};
    if (offset.is_null()) {
        return position;
    }
    position.offset
        = offset.is_object() && offset.contains("kafka_offset") ? wholeNumber(offset["kafka_offset"]) : std::nullopt;
    return position.offset ? Result<SinkPosition>(position) : notASinks(entry);
}

bool sameDocument(const QByteArray &left, const QByteArray &right)
{
    const auto first = canonicalJson(left);
    const auto second = canonicalJson(right);
    return first && second ? *first == *second : left == right;
}

} // namespace headgate
