// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/converter.h"

#include "domain/records/jsonenvelope.h"

#include <algorithm>

namespace headgate {

namespace {

const auto dataException = QStringLiteral("org.apache.kafka.connect.errors.DataException");
const auto serializationException = QStringLiteral("org.apache.kafka.common.errors.SerializationException");

struct NamedConverter
{
    const char *className;
    StockConverter stock;
};
constexpr NamedConverter connects[] {{"org.apache.kafka.connect.storage.StringConverter", StockConverter::String},
    {"org.apache.kafka.connect.json.JsonConverter", StockConverter::Json},
    {"org.apache.kafka.connect.converters.ByteArrayConverter", StockConverter::ByteArray},
    {"org.apache.kafka.connect.converters.BooleanConverter", StockConverter::Boolean},
    {"org.apache.kafka.connect.converters.ShortConverter", StockConverter::Short},
    {"org.apache.kafka.connect.converters.IntegerConverter", StockConverter::Integer},
    {"org.apache.kafka.connect.converters.LongConverter", StockConverter::Long},
    {"org.apache.kafka.connect.converters.FloatConverter", StockConverter::Float},
    {"org.apache.kafka.connect.converters.DoubleConverter", StockConverter::Double}};
// Whoever makes them, they write a zero and the schema's id first.
constexpr const char *framed[] {"AvroConverter", "ProtobufConverter", "JsonSchemaConverter"};

std::optional<StockConverter> stockOf(const QString &className)
{
    for (const auto &known : connects) {
        const auto full = QLatin1String(known.className);
        // Connect takes a simple name too, where only one plug-in has it.
        if (className == full || className == full.mid(full.lastIndexOf(u'.') + 1)) {
            return known.stock;
        }
    }
    const auto simple = className.section(u'.', -1);
    const bool isFramed
        = std::ranges::any_of(framed, [&simple](const char *name) { return simple == QLatin1String(name); });
    return isFramed ? std::optional(StockConverter::Framed) : std::nullopt;
}

TraceFrame because(const QString &exceptionClass, const QString &message)
{
    return {.exceptionClass = exceptionClass, .message = message};
}

QString parserClass(JsonFault::Kind kind)
{
    switch (kind) {
    case JsonFault::Kind::Syntax:
        return QStringLiteral("com.fasterxml.jackson.core.JsonParseException");
    case JsonFault::Kind::EndOfInput:
        return QStringLiteral("com.fasterxml.jackson.core.io.JsonEOFException");
    case JsonFault::Kind::Limit:
        return QStringLiteral("com.fasterxml.jackson.core.exc.StreamConstraintsException");
    }
    return {};
}

Refusal notJson(const JsonFault &fault, std::string_view text)
{
    const auto parser = parserClass(fault.kind);
    const auto message = QString::fromStdString(fault.message + "\n at " + jsonPlace(text, fault.at));
    return {because(dataException,
                QStringLiteral("Converting byte[] to Kafka Connect data failed due to serialization error: ")),
        because(serializationException, QStringLiteral("%1: %2").arg(parser, message)), because(parser, message)};
}

std::optional<Refusal> wrongSize(
    const std::optional<QByteArray> &bytes, qsizetype size, const char *what, const char *deserializer)
{
    if (bytes->size() == size) {
        return std::nullopt;
    }
    return Refusal {because(dataException, QStringLiteral("Failed to deserialize %1: ").arg(QLatin1String(what))),
        because(serializationException,
            QStringLiteral("Size of data received by %1 is not %2").arg(QLatin1String(deserializer)).arg(size))};
}

std::optional<Refusal> notBoolean(const std::optional<QByteArray> &bytes)
{
    if (auto size = wrongSize(bytes, 1, "boolean", "BooleanDeserializer")) {
        return size;
    }
    const int byte = static_cast<unsigned char>(bytes->front());
    return byte < 2 ? std::optional<Refusal>()
                    : Refusal {because(dataException, QStringLiteral("Failed to deserialize boolean: ")),
                          because(serializationException,
                              QStringLiteral("Unexpected byte received by BooleanDeserializer: %1").arg(byte))};
}

std::optional<Refusal> notFramed(const QByteArray &bytes)
{
    constexpr qsizetype frame = 5; // a zero and the schema's id
    if (bytes.size() >= frame && bytes.front() == '\0') {
        return std::nullopt;
    }
    return Refusal {because(dataException, QStringLiteral("Failed to deserialize data")),
        because(serializationException, QStringLiteral("Unknown magic byte!"))};
}

} // namespace

QString stageName(RecordSide side)
{
    switch (side) {
    case RecordSide::Key:
        return QStringLiteral("KEY_CONVERTER");
    case RecordSide::Value:
        return QStringLiteral("VALUE_CONVERTER");
    }
    return {};
}

ConverterChoice converterChoice(const ConfigMap &config, RecordSide side)
{
    const auto key = side == RecordSide::Key ? QStringLiteral("key.converter") : QStringLiteral("value.converter");
    const auto *className = findConfig(config, key);
    const auto *schemas = findConfig(config, QStringLiteral("%1.schemas.enable").arg(key));
    ConverterChoice choice {.side = side, .className = className ? className->trimmed() : QString()};
    choice.stock = stockOf(choice.className);
    choice.schemas = !schemas || schemas->trimmed().compare(QLatin1String("false"), Qt::CaseInsensitive) != 0;
    return choice;
}

tl::expected<JsonValue, Refusal> readConnectJson(const QByteArray &bytes, bool schemas)
{
    const std::string_view text(bytes.constData(), size_t(bytes.size()));
    auto read = readJson(text);
    if (!read) {
        return tl::unexpected(notJson(read.error(), text));
    }
    if (!schemas) {
        return *std::move(read);
    }
    const auto *schema = read->find("schema");
    const auto *payload = read->find("payload");
    if (!schema || !payload || read->size() != 2) {
        return tl::unexpected(Refusal {because(dataException,
            QStringLiteral("JsonConverter with schemas.enable requires \"schema\" and \"payload\" fields and may not "
                           "contain additional fields. If you are trying to deserialize plain JSON data, set "
                           "schemas.enable=false in your converter configuration."))});
    }
    if (const auto objection = envelopeObjection(*schema, *payload)) {
        return tl::unexpected(Refusal {because(dataException, QString::fromStdString(*objection))});
    }
    return JsonValue(*payload);
}

std::optional<Refusal> refusalOf(StockConverter converter, bool schemas, const std::optional<QByteArray> &bytes)
{
    if (!bytes) {
        return std::nullopt;
    }
    switch (converter) {
    case StockConverter::String:
    case StockConverter::ByteArray:
        return std::nullopt;
    case StockConverter::Json: {
        auto read = readConnectJson(*bytes, schemas);
        return read ? std::optional<Refusal>() : std::move(read.error());
    }
    case StockConverter::Boolean:
        return notBoolean(bytes);
    case StockConverter::Short:
        return wrongSize(bytes, 2, "short", "ShortDeserializer");
    case StockConverter::Integer:
        return wrongSize(bytes, 4, "integer", "IntegerDeserializer");
    case StockConverter::Long:
        return wrongSize(bytes, 8, "long", "LongDeserializer");
    case StockConverter::Float:
        return wrongSize(bytes, 4, "float", "Deserializer");
    case StockConverter::Double:
        return wrongSize(bytes, 8, "double", "Deserializer");
    case StockConverter::Framed:
        return notFramed(*bytes);
    }
    return std::nullopt;
}

} // namespace headgate
