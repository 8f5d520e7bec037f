// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/log.h"
#include "common/logsink.h"
#include "domain/connectors/secrets.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace headgate;

namespace {

QList<QByteArray> linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
}

} // namespace

class tst_LogSink : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneRecordIsOneLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("forged record") << QStringLiteral("a\r\n2026-01-01T00:00:00Z I fake")
                                       << QByteArray("a\\r\\n2026-01-01T00:00:00Z I fake");
        QTest::newRow("terminal") << QStringLiteral("\x1b[2Jgone\a") << QByteArray("\\x1b[2Jgone\\x07");
        QTest::newRow("separator") << QString(QChar(0x2028)) + QStringLiteral("x") << QByteArray("\\u2028x");
        QTest::newRow("right to left") << QString(QChar(0x202e)) + QStringLiteral("x") << QByteArray("\\u202ex");
        QTest::newRow("plain") << QStringLiteral("größe 日本") << QByteArray("größe 日本");
    }
    // Rows: UI-06
    void oneRecordIsOneLine()
    {
        QFETCH(QString, text);
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("state/headgate.log"));
        {
            const auto sink = LogSink::install(path, redacted);
            QVERIFY(sink);
            qCInfo(logSession).noquote() << text;
        }
        const auto lines = linesOf(path);
        QCOMPARE(lines.size(), 2); // one record, and nothing after its line break
        QFETCH(QByteArray, line);
        const QByteArray end = " I headgate.session " + line;
        QVERIFY2(lines.front().endsWith(end), lines.front().constData());
    }

    // Rows: SE-03
    void secretsDoNotEnterTheLog()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("headgate.log"));
        {
            const auto sink = LogSink::install(path, redacted);
            QVERIFY(sink);
            qCInfo(logConnect) << "GET https://ops:canary-91c2@connect:8083/?token=canary-91c2";
            qCInfo(logKafka) << "sasl.password=canary-91c2";
        }
        const auto all = linesOf(path).join('\n');
        QVERIFY(all.contains("connect:8083"));
        QVERIFY(!all.contains("canary-91c2"));
    }

    void threadsDoNotMixTheirLines()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("headgate.log"));
        constexpr int kThreads = 4, kLines = 500;
        {
            const auto sink = LogSink::install(path, [](const QString &text) { return text; });
            QVERIFY(sink);
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < kThreads; ++thread) {
                threads.emplace_back([thread] {
                    for (int i = 0; i < kLines; ++i) {
                        qCInfo(logSession).noquote() << QStringLiteral("thread %1 line %2 end").arg(thread).arg(i);
                    }
                });
            }
        }
        auto lines = linesOf(path);
        QCOMPARE(lines.takeLast(), QByteArray());
        QCOMPARE(lines.size(), kThreads * kLines);
        for (const auto &line : lines) {
            QVERIFY2(line.contains(" I headgate.session thread ") && line.endsWith(" end"), line.constData());
        }
    }

    void aFileThatCannotBeMadeIsAnError()
    {
        const auto sink = LogSink::install(QStringLiteral("/proc/nowhere/headgate.log"), redacted);
        QVERIFY(!sink);
        QCOMPARE(sink.error().kind, ErrorKind::StorageFailed);
    }
};

QTEST_GUILESS_MAIN(tst_LogSink)
#include "tst_logsink.moc"
