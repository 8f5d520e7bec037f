// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/sourcedocument.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headgate {

namespace {

//! A member of a JSON object's first level: where its value stands in the text.
struct Member
{
    QString key;
    qsizetype begin = 0, end = 0; // of the value
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

qsizetype behindString(const QByteArray &text, qsizetype quote)
{
    for (auto at = quote + 1; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            return at + 1;
        }
    }
    return text.size();
}

qsizetype behindValue(const QByteArray &text, qsizetype at)
{
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = behindString(text, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
            break;
        }
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        ++at;
    }
    while (at > 0 && isBlank(text[at - 1])) {
        --at;
    }
    return at;
}

/*! Places of the members, of a text that nlohmann has found to be a JSON object: a parser gives values back, not the
 * bytes that they were written with, and these must survive. */
std::vector<Member> membersOf(const QByteArray &text)
{
    std::vector<Member> members;
    if (!nlohmann::json::accept(text.begin(), text.end()) || !text.trimmed().startsWith('{')) {
        return members;
    }
    auto at = text.indexOf('{') + 1;
    while ((at = text.indexOf('"', at)) >= 0) {
        const auto behindKey = behindString(text, at);
        const auto key = nlohmann::json::parse(text.mid(at, behindKey - at).toStdString(), nullptr, false);
        auto begin = text.indexOf(':', behindKey) + 1;
        while (begin < text.size() && isBlank(text[begin])) {
            ++begin;
        }
        const auto end = behindValue(text, begin);
        members.push_back({QString::fromStdString(key.get<std::string>()), begin, end});
        at = end;
    }
    return members;
}

const QRegularExpression &integer()
{
    static const QRegularExpression pattern(QStringLiteral("^-?(0|[1-9][0-9]*)$"));
    return pattern;
}

const QRegularExpression &decimal()
{
    static const QRegularExpression pattern(QStringLiteral("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$"));
    return pattern;
}

FieldType typeOf(const QByteArray &value, const QString &key, SourceKind kind)
{
    const auto text = QString::fromUtf8(value);
    if (value.startsWith('"')) {
        return FieldType::Text;
    }
    if (value == "true" || value == "false") {
        return FieldType::Boolean;
    }
    if (integer().match(text).hasMatch()) {
        const bool time = (kind == SourceKind::Jdbc && key == QLatin1String("timestamp"));
        return time ? FieldType::TimestampMs : FieldType::Integer;
    }
    return decimal().match(text).hasMatch() ? FieldType::Decimal : FieldType::Other;
}

FieldHelp helpFor(SourceKind kind, const QString &key)
{
    switch (kind) {
    case SourceKind::FileStream:
        return FieldHelp::BytesIntoFile;
    case SourceKind::Sandbox:
        return FieldHelp::RecordsWritten;
    case SourceKind::Jdbc:
        return key == QLatin1String("incrementing") ? FieldHelp::LastKey
            : key == QLatin1String("timestamp")     ? FieldHelp::LastTimestamp
                                                    : FieldHelp::TimestampNanos;
    case SourceKind::Debezium:
        return key.startsWith(QLatin1String("lsn")) ? FieldHelp::ReplicationSlot : FieldHelp::LogPlace;
    case SourceKind::Generic:
        return FieldHelp::None;
    }
    return FieldHelp::None;
}

QString shown(const QByteArray &value)
{
    if (!value.startsWith('"')) {
        return QString::fromUtf8(value);
    }
    return QString::fromStdString(nlohmann::json::parse(value.toStdString()).get<std::string>());
}

//! The value as JSON, in the type of the field that it takes the place of.
std::optional<QByteArray> written(FieldType type, const QString &value)
{
    switch (type) {
    case FieldType::Integer:
    case FieldType::TimestampMs:
        return integer().match(value).hasMatch() ? std::optional(value.toUtf8()) : std::nullopt;
    case FieldType::Decimal:
        return decimal().match(value).hasMatch() ? std::optional(value.toUtf8()) : std::nullopt;
    case FieldType::Boolean:
        return value == QLatin1String("true") || value == QLatin1String("false") ? std::optional(value.toUtf8())
                                                                                 : std::nullopt;
    case FieldType::Text:
        return QByteArray::fromStdString(nlohmann::json(value.toStdString()).dump());
    case FieldType::Other: {
        const auto text = value.toUtf8();
        return nlohmann::json::accept(text.begin(), text.end()) ? std::optional(text) : std::nullopt;
    }
    }
    return std::nullopt;
}

} // namespace

SourceKind sourceKind(const QString &connectorClass)
{
    if (connectorClass.contains(QLatin1String("FileStreamSource"))) {
        return SourceKind::FileStream;
    }
    if (connectorClass.contains(QLatin1String("JdbcSource"))) {
        return SourceKind::Jdbc;
    }
    if (connectorClass.startsWith(QLatin1String("io.debezium."))) {
        return SourceKind::Debezium;
    }
    const bool ours = connectorClass.startsWith(QLatin1String("headgate."))
        || connectorClass.startsWith(QLatin1String("dev.headgate."));
    return ours ? SourceKind::Sandbox : SourceKind::Generic;
}

bool isProvable(SourceKind kind)
{
    return kind == SourceKind::FileStream || kind == SourceKind::Jdbc || kind == SourceKind::Sandbox;
}

SourceDocument describeSource(const ConfigMap &config, const std::vector<ConnectorOffset> &offsets)
{
    const auto *name = findConfig(config, QStringLiteral("connector.class"));
    SourceDocument document {.kind = sourceKind(name ? *name : QString())};
    document.provable = isProvable(document.kind);
    for (const auto &offset : offsets) {
        SourceEntry entry {.offset = offset};
        for (const auto &member : membersOf(offset.offsetJson)) {
            const auto value = offset.offsetJson.mid(member.begin, member.end - member.begin);
            entry.fields.push_back({member.key, typeOf(value, member.key, document.kind), shown(value),
                helpFor(document.kind, member.key)});
        }
        document.entries.push_back(std::move(entry));
    }
    return document;
}

Result<ConnectorOffset> edited(const SourceEntry &entry, const QString &key, const QString &value)
{
    const auto members = membersOf(entry.offset.offsetJson);
    const auto member = std::ranges::find(members, key, &Member::key);
    const auto field = std::ranges::find(entry.fields, key, &SourceField::key);
    if (member == members.end() || field == entry.fields.end()) {
        return failure({.kind = ErrorKind::InvalidInput, .message = QStringLiteral("There is no field %1").arg(key)});
    }
    const auto replacement = written(field->type, value);
    if (!replacement) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("%1 is not what %2 holds").arg(value.left(80), key)});
    }
    auto changed = entry.offset;
    changed.offsetJson.replace(member->begin, member->end - member->begin, *replacement);
    return changed;
}

} // namespace headgate
