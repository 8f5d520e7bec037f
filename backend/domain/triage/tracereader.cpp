// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/tracereader.h"

#include "domain/connectors/secrets.h"

#include <algorithm>
#include <array>

namespace headgate {

namespace {

constexpr qsizetype longestTrace = 256'000;
constexpr qsizetype longestMessage = 4000;
constexpr qsizetype longestLine = 1000; //!< of a stack line, as far as it is looked at
constexpr std::size_t longestChain = 64;

using Part = std::pair<QLatin1String, QLatin1String>;

//! Methods that tell what Connect was doing, the most telling first.
constexpr std::array stages {Part {QLatin1String("TransformationStage."), QLatin1String("TRANSFORMATION")},
    Part {QLatin1String("TransformationChain."), QLatin1String("TRANSFORMATION")},
    Part {QLatin1String("kafka.connect.transforms."), QLatin1String("TRANSFORMATION")},
    Part {QLatin1String("WorkerSinkTask.convertKey"), QLatin1String("KEY_CONVERTER")},
    Part {QLatin1String("WorkerSinkTask.convertValue"), QLatin1String("VALUE_CONVERTER")},
    Part {
        QLatin1String("convertAndTransformRecord$4"), QLatin1String("VALUE_CONVERTER")}, // so in 3.9 and 4.1, recorded
    Part {QLatin1String("WorkerSinkTask.convertHeaders"), QLatin1String("HEADER_CONVERTER")},
    Part {QLatin1String("WorkerSinkTask.convertMessages"), QLatin1String("CONVERTER")},
    Part {QLatin1String("SourceTask.convertTransformedRecord"), QLatin1String("CONVERTER")},
    Part {QLatin1String("WorkerSinkTask.deliver"), QLatin1String("TASK_PUT")},
    Part {QLatin1String("SourceTask.sendRecords"), QLatin1String("KAFKA_PRODUCE")},
    Part {QLatin1String("SourceTask.poll"), QLatin1String("TASK_POLL")},
    Part {QLatin1String("initializeAndStart"), QLatin1String("TASK_START")},
    Part {QLatin1String("WorkerConnector."), QLatin1String("CONNECTOR_START")}};

constexpr std::array families {Part {QLatin1String("io.debezium."), QLatin1String("debezium")},
    Part {QLatin1String(".connect.jdbc."), QLatin1String("jdbc")},
    Part {QLatin1String("elasticsearch"), QLatin1String("elasticsearch")},
    Part {QLatin1String("opensearch"), QLatin1String("elasticsearch")},
    Part {QLatin1String(".connect.s3."), QLatin1String("s3")},
    Part {QLatin1String("connect.http."), QLatin1String("http")},
    Part {QLatin1String("com.mongodb."), QLatin1String("mongodb")},
    Part {QLatin1String("snowflake"), QLatin1String("snowflake")},
    Part {QLatin1String("iceberg"), QLatin1String("iceberg")},
    Part {QLatin1String("bigquery"), QLatin1String("bigquery")},
    Part {QLatin1String("connect.file.FileStream"), QLatin1String("file")}};

//! "org.apache.kafka.connect.errors.DataException", "BatchUpdateException": letters, digits, dots, dollars, with a
//! capital last part.
bool isClassName(QStringView word)
{
    const auto last = word.mid(word.lastIndexOf(u'.') + 1);
    const auto isPart = [](QChar c) {
        return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'$';
    };
    const bool named = word.contains(u'.') || last.endsWith(u"Exception") || last.endsWith(u"Error");
    return !last.isEmpty() && last.front().isUpper() && named && word.size() < 300 && std::ranges::all_of(word, isPart);
}

//! Plain for people and harmless for logs: no control characters, no marks that turn text around.
QString cleaned(QStringView text)
{
    QString out = redacted(text.left(longestMessage).toString());
    out.removeIf([](QChar c) {
        const bool control = (c.unicode() < 0x20 && c != u'\n') || (c.unicode() >= 0x7f && c.unicode() < 0xa0);
        return control || c.category() == QChar::Other_Format;
    });
    return out.trimmed();
}

/*! Goes over the lines once. Values only. */
class Reader
{
public:
    explicit Reader(QStringView trace)
        : m_rest(trace.left(longestTrace))
    {
    }
    TraceText read();

private:
    void take(QStringView line);
    void begin(QStringView header);
    void flush();
    void lookAtMethod(QStringView line);
    void splitSqlChain();

    QStringView m_rest;
    QStringView m_message; //!< of the frame being read, over its lines: a view into the trace
    QString m_class;
    bool m_open = false; //!< lines may still belong to the message
    bool m_suppressed = false;
    bool m_started = false;
    std::size_t m_stage = stages.size();
    std::size_t m_family = families.size();
    TraceText m_out;
};

TraceText Reader::read()
{
    while (!m_rest.isEmpty()) {
        const auto end = m_rest.indexOf(u'\n');
        const auto line = end < 0 ? m_rest : m_rest.left(end);
        take(line);
        m_rest = end < 0 ? QStringView() : m_rest.mid(end + 1);
    }
    flush();
    splitSqlChain();
    m_out.stage = m_stage < stages.size() ? QString(stages[m_stage].second) : QString();
    m_out.family = m_family < families.size() ? QString(families[m_family].second) : QString();
    return std::move(m_out);
}

void Reader::take(QStringView line)
{
    constexpr auto causedBy = QLatin1String("Caused by: ");
    if (line.startsWith(causedBy)) {
        m_suppressed = false;
        begin(line.mid(causedBy.size()));
        return;
    }
    const auto inner = line.left(longestLine).trimmed();
    const bool indented = line.startsWith(u'\t') || line.startsWith(u"    ");
    if (indented && inner.startsWith(u"Suppressed: ")) {
        flush();
        m_suppressed = true; // a failure while cleaning up after the failure: never the cause
    } else if (m_suppressed) {
        return;
    } else if (indented && (inner.startsWith(u"at ") || inner.startsWith(u"... "))) {
        flush();
        lookAtMethod(inner);
    } else if (!m_started && !inner.isEmpty()) {
        begin(line);
    } else if (m_open) {
        m_message = QStringView(m_message.begin(), line.end());
    }
}

void Reader::begin(QStringView header)
{
    flush();
    m_started = true;
    m_open = true;
    if (header.startsWith(u"Exception in thread ")) {
        header = header.mid(header.indexOf(u"\" ") + 2);
    }
    const auto head = header.left(longestLine);
    const auto colon = head.indexOf(u": ");
    const auto word = (colon < 0 ? head : head.left(colon)).trimmed();
    if (isClassName(word.endsWith(u':') ? word.chopped(1) : word)) {
        m_class = (word.endsWith(u':') ? word.chopped(1) : word).toString();
        m_message = colon < 0 ? header.mid(header.size()) : header.mid(colon + 2);
    } else {
        m_class.clear();
        m_message = header;
    }
}

void Reader::flush()
{
    if (m_open && m_out.chain.size() < longestChain) {
        m_out.chain.push_back({m_class, cleaned(m_message)});
    }
    m_open = false;
}

void Reader::lookAtMethod(QStringView line)
{
    for (std::size_t i = 0; i < m_stage; ++i) {
        if (line.contains(stages[i].first)) {
            m_stage = i;
        }
    }
    for (std::size_t i = 0; i < m_family; ++i) {
        if (line.contains(families[i].first)) {
            m_family = i;
        }
    }
    constexpr auto transforms = QLatin1String("kafka.connect.transforms.");
    const auto begin = line.indexOf(transforms);
    if (begin >= 0 && m_out.transform.isEmpty()) {
        const auto rest = line.mid(begin + transforms.size());
        const auto name = rest.left(rest.indexOf(u'.'));
        if (name != u"util" && name != u"field" && name != u"predicates") {
            m_out.transform = name.left(name.indexOf(u'$') < 0 ? name.size() : name.indexOf(u'$')).toString();
        }
    }
}

//! JDBC sinks print their SQL exceptions as lines of one message: "Exception chain:\n<class>: <message>\n...". Each is
//! a frame of its own.
void Reader::splitSqlChain()
{
    const auto found = std::ranges::find_if(
        m_out.chain, [](const TraceFrame &f) { return f.message.startsWith(QLatin1String("Exception chain:")); });
    if (found == m_out.chain.end()) {
        return;
    }
    std::vector<TraceFrame> frames;
    const auto lines = found->message.split(u'\n').mid(1);
    for (const auto &line : lines) {
        const auto colon = line.indexOf(QLatin1String(": "));
        if (colon > 0 && isClassName(QStringView(line).left(colon)) && frames.size() < longestChain) {
            frames.push_back({line.left(colon), line.mid(colon + 2)});
        } else if (!frames.empty()) {
            frames.back().message += QLatin1Char('\n') + line;
        }
    }
    found->message = QStringLiteral("Exception chain:");
    m_out.chain.insert(m_out.chain.end(), frames.begin(), frames.end());
}

} // namespace

TraceText readTrace(QStringView trace)
{
    return Reader(trace).read();
}

} // namespace headgate
