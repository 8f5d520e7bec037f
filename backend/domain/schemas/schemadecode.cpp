// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schemas/schemadecode.h"

#include "domain/schemas/boundedtext.h"

#include <nlohmann/json.hpp>

namespace headgate {

namespace {

constexpr qsizetype frame = 5; // the zero byte and an id

Result<QString> decodeJson(const QByteArray &bytes)
{
    using Json = nlohmann::ordered_json;
    constexpr int deepest = 200;
    bool deep = false;
    const auto bounded = [&deep](int depth, Json::parse_event_t, Json &) {
        deep = deep || depth > deepest;
        return !deep;
    };
    const auto json = Json::parse(bytes.begin(), bytes.end(), bounded, false);
    if (json.is_discarded() || deep) {
        return failure({.kind = ErrorKind::InvalidAnswer,
            .message = QStringLiteral("The registry has a JSON Schema for it, but the bytes are no JSON")});
    }
    return boundedJson(json);
}

} // namespace

Result<QString> decodeFramed(const RegisteredSchema &schema, const QByteArray &framed)
{
    if (framed.size() < frame || framed[0] != 0) {
        return failure({.kind = ErrorKind::InvalidAnswer,
            .message = QStringLiteral("The bytes are in no frame of a schema registry")});
    }
    if (framed.size() > maxFramed) {
        return failure({.kind = ErrorKind::TooLarge,
            .message = QStringLiteral("Only records of at most %1 MB are decoded").arg(maxFramed / 1024 / 1024)});
    }
    const auto bytes = framed.mid(frame);
    switch (schema.kind) {
    case SchemaKind::Avro:
        return decodeAvro(schema, bytes);
    case SchemaKind::Json:
        return decodeJson(bytes);
    case SchemaKind::Protobuf:
        return decodeProtobuf(schema, bytes);
    }
    Q_UNREACHABLE();
}

} // namespace headgate
