// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/tracesubject.h"

#include <algorithm>
#include <array>
#include <span>

namespace headgate {

namespace {

using Kind = CauseKind;

//! "<before>text<after>" in a message of a failure of this kind names `label` text. An empty `after` ends at a blank or
//! sign.
struct Place
{
    Kind kind;
    const char *before, *after, *label;
};

// clang-format off
constexpr auto places = std::to_array<Place>({
    {Kind::AuthorizationKafka,   "topics: [",                       "]",   "topic %1"},
    {Kind::AuthorizationKafka,   "access group: ",                  "",    "group %1"},
    {Kind::AuthorizationKafka,   "transactionalId ",                "",    "transactional id %1"},
    {Kind::AuthorizationKafka,   "Transactional Id ",               "",    "transactional id"},
    {Kind::AuthorizationKafka,   "Cluster authorization",           "",    "cluster"},
    {Kind::DeadLetterQueue,      "dead letter queue with topic=",   "",    "topic %1"},
    {Kind::TopicMissing,         "Topic ",                          " not present", "topic %1"},
    {Kind::TopicMissing,         "topic '",                         "'",   "topic %1"},
    {Kind::TopicMissing,         "topics: [",                       "]",   "topic %1"},
    {Kind::TopicMissing,         "for topic ",                      "",    "topic %1"},
    {Kind::SchemaRegistry,       "Subject '",                       "'",   "subject %1"},
    {Kind::SchemaRegistry,       "for subject \"",                  "\"",  "subject %1"},
    {Kind::SchemaRegistry,       "for id ",                         "",    "schema %1"},
    {Kind::SchemaRegistry,       "Schema ",                         " not found", "schema %1"},
    {Kind::Deserialization,      "data for topic ",                 " ",   "topic %1"},
    {Kind::Deserialization,      "data for topic ",                 "",    "topic %1"},
    {Kind::RecordTooLarge,       "The message is ",                 " ",   "%1 bytes"},
    {Kind::OffsetLost,           "replication slot \"",             "\"",  "slot %1"},
    {Kind::OffsetLost,           "for partitions: {",               "=",   "partition %1"},
    {Kind::OffsetLost,           "for partitions: [",               "]",   "partition %1"},
    {Kind::OffsetLost,           "out of range for partition ",     "",    "partition %1"},
    {Kind::GroupConflict,        "replication slot \"",             "\"",  "slot %1"},
    {Kind::GroupConflict,        "transactionalId '",               "'",   "transactional id %1"},
    {Kind::FileAccess,           "create file '",                   "'",   "%1"},
    {Kind::FileAccess,           "",                                " (",  "%1"},
    {Kind::ConfigInvalid,        "implements Connector and which name matches ", ",", "%1"},
    {Kind::AuthenticationTarget, "for user \"",                     "\"",  "user %1"},
    {Kind::AuthenticationTarget, "for user '",                      "'",   "user %1"},
    {Kind::AuthenticationTarget, "userName='",                      "'",   "user %1"},
    {Kind::AuthenticationTarget, "unable to authenticate user [",   "]",   "user %1"},
    {Kind::AuthenticationTarget, "https://",                        "",    "%1"},
    {Kind::TargetUnreachable,    "Connection to ",                  " refused", "%1"},
    {Kind::TargetUnreachable,    "Connect to ",                     " ",   "%1"},
    {Kind::TargetUnreachable,    "{address=",                       ",",   "%1"},
    {Kind::TargetUnreachable,    "servers=[{address=",              ",",   "%1"},
    {Kind::TargetUnreachable,    "Unable to execute HTTP request: ", " ",  "%1"},
    {Kind::TargetUnreachable,    "https://",                        "",    "%1"},
    {Kind::TargetUnreachable,    "http://",                         "",    "%1"},
    {Kind::TargetSlow,           "https://",                        "",    "%1"},
    {Kind::TargetSlow,           "http://",                         "",    "%1"},
    {Kind::TargetSlow,           "record(s) for ",                  ":",   "partition %1"},
    {Kind::RecordRefused,        "for column ",                     " (",  "column %1"},
    {Kind::RecordRefused,        "column \"",                       "\"",  "column %1"},
    {Kind::RecordRefused,        "for column '",                    "'",   "column %1"},
    {Kind::RecordRefused,        "Column '",                        "'",   "column %1"},
    {Kind::RecordRefused,        "Field '",                         "'",   "column %1"},
    {Kind::RecordRefused,        "constraint \"",                   "\"",  "constraint %1"},
    {Kind::RecordRefused,        "for key '",                       "'",   "key %1"},
    {Kind::RecordRefused,        "unique constraint (",             ")",   "constraint %1"},
    {Kind::RecordRefused,        "insert NULL into (",              ")",   "column %1"},
    {Kind::RecordRefused,        "relation \"",                     "\"",  "table %1"},
    {Kind::RecordRefused,        "Table \"",                        "\" is missing", "table %1"},
    {Kind::RecordRefused,        "failed to parse field [",         "]",   "field %1"},
    {Kind::RecordRefused,        "introduction of [",               "]",   "field %1"},
    {Kind::RecordRefused,        "dup key: { ",                     ":",   "key %1"},
    {Kind::RecordRefused,        "no such field: ",                 ".",   "field %1"},
    {Kind::RecordRefused,        "required field ",                 "",    "field %1"},
});
// clang-format on

bool endsWord(QChar c)
{
    return c.isSpace() || QStringView(u",;\"'<>()[]{}/?").contains(c);
}

//! The text at `place` in `message`; empty where it isn't, or is longer than a name can be.
QString textAt(const Place &place, QStringView message)
{
    constexpr qsizetype longestName = 200;
    const QLatin1String before(place.before);
    const auto begin = before.isEmpty() ? 0 : message.indexOf(before);
    if (begin < 0) {
        return {};
    }
    const auto rest = message.mid(begin + before.size()).left(longestName);
    const QLatin1String after(place.after);
    auto end = after.isEmpty() ? std::ranges::find_if(rest, endsWord) - rest.begin() : rest.indexOf(after);
    const bool label = QLatin1String(place.label).indexOf(u'%') < 0;
    return label ? QStringLiteral("-") : end > 0 ? rest.left(end).toString() : QString();
}

//! A file or host is all that some messages hold: "/data/in.txt", "db.example.org".
QString wholeMessage(Kind kind, const TraceFrame &frame)
{
    const bool host
        = kind == Kind::TargetUnreachable && frame.exceptionClass.endsWith(QLatin1String("UnknownHostException"));
    const bool file = kind == Kind::FileAccess && frame.exceptionClass.startsWith(QLatin1String("java.nio.file."));
    const auto text = frame.message.section(u':', 0, 0).trimmed();
    return (host || file) && !text.contains(u' ') ? text : QString();
}

TraceSubject fixedSubject(const TraceText &trace, Kind kind)
{
    if (kind == Kind::Transformation) {
        return {trace.transform, -1};
    }
    return {kind == Kind::AuthenticationKafka ? QStringLiteral("brokers")
            : kind == Kind::OutOfMemory       ? QStringLiteral("worker")
                                              : QString(),
        -1};
}

std::optional<std::int64_t> numberAfter(QStringView message, std::initializer_list<QLatin1String> names)
{
    for (const auto name : names) {
        const auto begin = message.indexOf(name, 0, Qt::CaseInsensitive);
        if (begin < 0) {
            continue;
        }
        const auto rest = message.mid(begin + name.size()).left(24);
        const auto digits
            = rest.left(std::ranges::find_if_not(rest, [](QChar c) { return c >= u'0' && c <= u'9'; }) - rest.begin());
        bool number = false;
        const auto value = digits.toLongLong(&number);
        if (number) {
            return value;
        }
    }
    return std::nullopt;
}

QString topicIn(QStringView message)
{
    static constexpr std::array<std::pair<QLatin1String, QChar>, 4> forms {{{QLatin1String("topic='"), u'\''},
        {QLatin1String("topic="), u','}, {QLatin1String("topic: "), u','}, {QLatin1String("topic "), u','}}};
    for (const auto &[before, after] : forms) {
        const auto begin = message.indexOf(before, 0, Qt::CaseInsensitive);
        const auto rest = begin < 0 ? QStringView() : message.mid(begin + before.size()).left(250);
        const auto end = rest.indexOf(after);
        if (end > 0 && std::ranges::none_of(rest.left(end), [](QChar c) { return c.isSpace(); })) {
            return rest.left(end).toString();
        }
    }
    return {};
}

//! "for partition orders-0 at offset 42", "partition orders-0 at offset 42": a name of the client.
std::optional<NamedRecord> dashedRecord(QStringView message)
{
    constexpr auto before = QLatin1String("partition ");
    const auto begin = message.indexOf(before);
    const auto rest = begin < 0 ? QStringView() : message.mid(begin + before.size()).left(300);
    const auto name = rest.left(std::max<qsizetype>(0, rest.indexOf(u' ')));
    const auto dash = name.lastIndexOf(u'-');
    bool number = false;
    const int partition = dash > 0 ? name.mid(dash + 1).toInt(&number) : -1;
    const auto offset = numberAfter(rest, {QLatin1String(" at offset ")});
    if (!number || !offset) {
        return std::nullopt;
    }
    return NamedRecord {{name.left(dash).toString(), partition}, *offset};
}

std::optional<NamedRecord> spelledRecord(QStringView message)
{
    const auto topic = topicIn(message);
    const auto partition = numberAfter(message,
        {QLatin1String("kafkaPartition="), QLatin1String("partition="), QLatin1String("partition: "),
            QLatin1String("partition ")});
    const auto offset = numberAfter(message,
        {QLatin1String("kafkaOffset="), QLatin1String("offset="), QLatin1String("offset: "), QLatin1String("offset ")});
    if (topic.isEmpty() || !partition || !offset) {
        return std::nullopt;
    }
    return NamedRecord {{topic, static_cast<std::int32_t>(*partition)}, *offset};
}

} // namespace

TraceSubject findSubject(const TraceText &trace, CauseKind kind)
{
    if (auto fixed = fixedSubject(trace, kind); !fixed.text.isEmpty()) {
        return fixed;
    }
    for (const auto &place : places) {
        for (int i = static_cast<int>(trace.chain.size()) - 1; place.kind == kind && i >= 0; --i) {
            const auto text = textAt(place, trace.chain[static_cast<std::size_t>(i)].message);
            if (!text.isEmpty() && !text.contains(u'\n')) {
                const QString label = QLatin1String(place.label);
                return {
                    label.contains(QLatin1String("%1")) ? QString(label).replace(QLatin1String("%1"), text) : label, i};
            }
        }
    }
    for (int i = static_cast<int>(trace.chain.size()) - 1; i >= 0; --i) {
        if (const auto text = wholeMessage(kind, trace.chain[static_cast<std::size_t>(i)]); !text.isEmpty()) {
            return {text, i};
        }
    }
    return {};
}

QString namedSetting(const TraceText &trace)
{
    static constexpr auto forms = std::to_array<Place>({{Kind::ConfigInvalid, "for configuration ", "", "%1"},
        {Kind::ConfigInvalid, "required configuration \"", "\"", "%1"},
        {Kind::ConfigInvalid, "settings for key ", "", "%1"}, {Kind::ConfigInvalid, "configuration '", "'", "%1"}});
    for (const auto &form : forms) {
        for (auto frame = trace.chain.rbegin(); frame != trace.chain.rend(); ++frame) {
            auto name = textAt(form, frame->message);
            while (name.endsWith(u':') || name.endsWith(u'.')) {
                name.chop(1);
            }
            if (!name.isEmpty()) {
                return name;
            }
        }
    }
    return {};
}

std::optional<NamedRecord> namedRecord(const TraceText &trace)
{
    for (const auto &frame : trace.chain) {
        if (auto record = dashedRecord(frame.message)) {
            return record;
        }
        if (auto record = spelledRecord(frame.message)) {
            return record;
        }
    }
    return std::nullopt;
}

} // namespace headgate
