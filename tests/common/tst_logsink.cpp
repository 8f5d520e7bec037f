// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/log.h"
#include "common/logsink.h"
#include "domain/connectors/secrets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

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

    void itRotates()
    {
        QTemporaryDir dir;
        constexpr int kLines = 1600; // of 10 kB: more than three files of 5 MB
        {
            const auto sink = LogSink::install(dir.filePath(QStringLiteral("headgate.log")), redacted);
            QVERIFY(sink);
            const QString filling(10'000, u'.');
            for (int i = 0; i < kLines; ++i) {
                qCInfo(logSession).noquote() << filling << i;
            }
        }
        const auto files = QDir(dir.path()).entryInfoList(QDir::Files, QDir::Name);
        QStringList names;
        for (const auto &file : files) {
            names << file.fileName();
            QVERIFY2(file.size() <= 5 * 1024 * 1024, qPrintable(file.fileName()));
        }
        QCOMPARE(names,
            (QStringList {
                QStringLiteral("headgate.1.log"), QStringLiteral("headgate.2.log"), QStringLiteral("headgate.log")}));
        const auto newest = linesOf(dir.filePath(QStringLiteral("headgate.log")));
        QVERIFY(newest.at(newest.size() - 2).endsWith(QByteArray::number(kLines - 1)));
    }

    void theErrorStreamIsLeftAloneWhereSaid()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("errors"));
        const int kept = ::dup(STDERR_FILENO);
        for (const auto echo : {LogSink::Echo::Nothing, LogSink::Echo::Warnings}) {
            const int into = ::open(qPrintable(path), O_CREAT | O_WRONLY | O_TRUNC, 0600);
            ::dup2(into, STDERR_FILENO);
            {
                const auto sink = LogSink::install(dir.filePath(QStringLiteral("headgate.log")), redacted, echo);
                qCWarning(logSession) << "loud, password=canary-91c2";
            }
            std::fflush(stderr);
            ::dup2(kept, STDERR_FILENO);
            ::close(into);
            const auto said = linesOf(path).join('\n');
            QCOMPARE(said.contains("loud"), echo == LogSink::Echo::Warnings);
            QVERIFY(!said.contains("canary"));
        }
        ::close(kept);
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
