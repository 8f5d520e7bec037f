// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/trace.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <random>

using namespace headgate;

namespace {

QString readText(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/traces/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString wordOf(CauseKind kind)
{
    static const std::map<CauseKind, const char *> words {{CauseKind::Deserialization, "Deserialization"},
        {CauseKind::SchemaRegistry, "SchemaRegistry"}, {CauseKind::Transformation, "Transformation"},
        {CauseKind::RecordRefused, "RecordRefused"}, {CauseKind::TargetUnreachable, "TargetUnreachable"},
        {CauseKind::TargetSlow, "TargetSlow"}, {CauseKind::AuthenticationTarget, "AuthenticationTarget"},
        {CauseKind::AuthenticationKafka, "AuthenticationKafka"}, {CauseKind::AuthorizationKafka, "AuthorizationKafka"},
        {CauseKind::TopicMissing, "TopicMissing"}, {CauseKind::OffsetLost, "OffsetLost"},
        {CauseKind::DeadLetterQueue, "DeadLetterQueue"}, {CauseKind::ConfigInvalid, "ConfigInvalid"},
        {CauseKind::FileAccess, "FileAccess"}, {CauseKind::OutOfMemory, "OutOfMemory"},
        {CauseKind::RecordTooLarge, "RecordTooLarge"}, {CauseKind::GroupConflict, "GroupConflict"},
        {CauseKind::Unknown, "Unknown"}};
    return QString::fromLatin1(words.at(kind));
}

const TraceFrame &firstCause(const TraceExplanation &answer)
{
    return answer.chain.at(static_cast<std::size_t>(answer.first));
}

//! What every answer must hold, whatever came in.
void checkBounds(const TraceExplanation &answer)
{
    QVERIFY(answer.chain.size() <= 64 + 64);
    QVERIFY(answer.first >= 0);
    QVERIFY(answer.chain.empty() || answer.first < static_cast<int>(answer.chain.size()));
    QVERIFY(answer.subject.size() <= 300);
    for (const auto &frame : answer.chain) {
        QVERIFY(frame.message.size() <= 4100 && frame.exceptionClass.size() <= 300);
        QVERIFY(!frame.message.contains(QChar(0)) && !frame.message.contains(QChar(0x202e)));
    }
}

} // namespace

class TestTrace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void corpus_data();
    void corpus();
    void corpusIsWhole();
    void stage_data();
    void stage();
    void chainIsAsPrinted();
    void messagesAreRedacted();
    void hostile_data();
    void hostile();
    void anyBytesAreBounded();
};

// Rows: N16
void TestTrace::corpus_data()
{
    for (const char *column : {"kind", "first", "subject", "setting", "record", "recurs"}) {
        QTest::addColumn<QString>(column);
    }
    auto lines = readText(QStringLiteral("expected.txt")).split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) { return line.startsWith(u'#'); });
    for (const auto &line : lines.mid(1)) {
        const auto cells = line.split(u'|');
        QCOMPARE(cells.size(), 7);
        QTest::newRow(qPrintable(cells[0].trimmed())) << cells[1].trimmed() << cells[2].trimmed() << cells[3].trimmed()
                                                      << cells[4].trimmed() << cells[5].trimmed() << cells[6].trimmed();
    }
}

// Rows: N16
void TestTrace::corpus()
{
    const auto trace = readText(QString::fromLatin1(QTest::currentDataTag()) + QLatin1String(".txt"));
    QVERIFY(!trace.isEmpty());
    const auto answer = explainTrace(trace);
    QTEST(wordOf(answer.kind), "kind");
    const auto &cause = firstCause(answer).exceptionClass;
    QTEST(cause.mid(cause.lastIndexOf(u'.') + 1), "first");
    QTEST(answer.subject, "subject");
    QTEST(answer.setting, "setting");
    const auto record = answer.record ? QStringLiteral("%1-%2@%3")
                                            .arg(answer.record->topic)
                                            .arg(answer.record->partition)
                                            .arg(answer.recordOffset.value_or(-1))
                                      : QString();
    QTEST(record, "record");
    QTEST(QString(answer.recurs ? QStringLiteral("yes") : QStringLiteral("no")), "recurs");
}

// Rows: N16
void TestTrace::corpusIsWhole()
{
    const auto files = QDir(QStringLiteral(TEST_DATA "/traces")).entryList({QStringLiteral("*.txt")});
    const auto table = readText(QStringLiteral("expected.txt"));
    QVERIFY(files.size() - 1 >= 50);
    for (const auto &file : files) {
        QVERIFY2(file == QLatin1String("expected.txt")
                || table.contains(QLatin1Char('\n') + file.chopped(4) + QLatin1Char(' ')),
            qPrintable(file + QLatin1String(" has no line in the table")));
    }
}

void TestTrace::stage_data()
{
    QTest::addColumn<QString>("stage");
    // clang-format off
    QTest::newRow("recorded-bad-json")                << "VALUE_CONVERTER";
    QTest::newRow("avro-key-magic-byte")              << "KEY_CONVERTER";
    QTest::newRow("recorded-value-to-key")            << "TRANSFORMATION";
    QTest::newRow("jdbc-postgres-overflow")           << "TASK_PUT";
    QTest::newRow("recorded-debezium-password-poll")  << "TASK_POLL";
    QTest::newRow("recorded-debezium-password-start") << "TASK_START";
    QTest::newRow("config-invalid-value")             << "CONNECTOR_START";
    QTest::newRow("kafka-record-too-large")           << "KAFKA_PRODUCE";
    QTest::newRow("shape-no-frames")                  << "";
    // clang-format on
}

void TestTrace::stage()
{
    QTEST(explainTrace(readText(QString::fromLatin1(QTest::currentDataTag()) + QLatin1String(".txt"))).stage, "stage");
}

void TestTrace::chainIsAsPrinted()
{
    const auto answer = explainTrace(readText(QStringLiteral("recorded-bad-json.txt")));
    QStringList classes;
    for (const auto &frame : answer.chain) {
        classes.append(frame.exceptionClass.mid(frame.exceptionClass.lastIndexOf(u'.') + 1));
    }
    const QStringList expected {QStringLiteral("ConnectException"), QStringLiteral("DataException"),
        QStringLiteral("SerializationException"), QStringLiteral("JsonParseException")};
    QCOMPARE(classes, expected);
    QVERIFY(firstCause(answer).message.startsWith(QLatin1String("Unexpected character ('b' (code 98))")));
    QVERIFY(firstCause(answer).message.endsWith(QLatin1String("line: 1, column: 2]"))); // a message of two lines
    QCOMPARE(explainTrace(readText(QStringLiteral("shape-suppressed.txt"))).chain.size(), 2U);
}

void TestTrace::messagesAreRedacted()
{
    const auto answer
        = explainTrace(QStringLiteral("org.x.AException: cannot open https://app:c4n4ry@db/?token=c4n4ry\n"
                                      "\tat a.b(C.java:1)\nCaused by: java.net.ConnectException: Connection to "
                                      "app:c4n4ry refused, password=c4n4ry\n"));
    for (const auto &frame : answer.chain) {
        QVERIFY2(!frame.message.contains(QLatin1String("=c4n4ry")) && !frame.message.contains(QLatin1String("c4n4ry@")),
            qPrintable(frame.message));
    }
}

// Rows: UI-04
void TestTrace::hostile_data()
{
    QTest::addColumn<QString>("trace");
    const auto causedBy = QStringLiteral("Caused by: a.BException: c\n");
    // clang-format off
    QTest::newRow("empty")             << QString();
    QTest::newRow("blanks")            << QStringLiteral(" \n\t\n ");
    QTest::newRow("20 MB in a line")   << QString(20'000'000, u'x');
    QTest::newRow("a million lines")   << QStringLiteral("\tat a.b(C.java:1)\n").repeated(1'000'000);
    QTest::newRow("a million causes")  << causedBy.repeated(1'000'000);
    QTest::newRow("a long message")    << QStringLiteral("a.BException: ") + QStringLiteral("line\n").repeated(100'000);
    QTest::newRow("colons")            << QString(300'000, u':');
    QTest::newRow("quotes")            << QStringLiteral("a.BException: ") + QStringLiteral("password=\"").repeated(30'000);
    QTest::newRow("half URLs")         << QStringLiteral("a.BException: ") + QStringLiteral("://a:").repeated(50'000);
    QTest::newRow("NUL")               << QStringLiteral("a.BException: x") + QChar(0) + QStringLiteral("y\n\tat a.b(C.java:1)");
    QTest::newRow("right to left")     << QStringLiteral("a.BException: x\u202ey\u2066z\n");
    QTest::newRow("lone surrogate")    << QStringLiteral("a.BException: ") + QChar(0xd800);
    QTest::newRow("only Suppressed")   << QStringLiteral("\tSuppressed: a.BException: x\n").repeated(1000);
    QTest::newRow("huge offset")       << QStringLiteral("a.B: partition t-0 at offset 99999999999999999999999999");
    QTest::newRow("huge partition")    << QStringLiteral("a.B: topic='t', partition=99999999999, offset=1");
    // clang-format on
}

void TestTrace::hostile()
{
    QFETCH(QString, trace);
    const auto answer = explainTrace(trace);
    checkBounds(answer);
    QVERIFY(!answer.record || answer.record->partition >= 0);
}

void TestTrace::anyBytesAreBounded()
{
    const auto seed = std::random_device {}();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const QStringList parts {QStringLiteral("Caused by: "),
        QStringLiteral("\tat org.apache.kafka.connect.transforms.Cast.x(C:1)\n"), QStringLiteral("\tSuppressed: "),
        QStringLiteral("a.BException: "), QStringLiteral("\n"), QStringLiteral("\t... 3 more\n"),
        QStringLiteral("Exception chain:\n"), QStringLiteral("partition t-1 at offset "), QStringLiteral("column \""),
        QStringLiteral("7"), QStringLiteral("\r\n"), QString(QChar(0)), QStringLiteral("Connection to "),
        QStringLiteral(" refused"), QStringLiteral("java.net.ConnectException"), QStringLiteral(": ")};
    for (int i = 0; i < 20'000; ++i) {
        QString trace;
        for (auto length = random() % 30; length > 0; --length) {
            trace.append(parts[static_cast<qsizetype>(random() % static_cast<unsigned>(parts.size()))]);
        }
        checkBounds(explainTrace(trace));
    }
}

QTEST_GUILESS_MAIN(TestTrace)
#include "tst_trace.moc"
