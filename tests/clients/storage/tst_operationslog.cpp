// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/storage/operationslog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <functional>
#include <memory>

using namespace headgate;

namespace {

QByteArray bodyOf(int number)
{
    return QByteArrayLiteral("{\"type\":\"note\",\"n\":") + QByteArray::number(number) + '}';
}

QList<QByteArray> linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    auto lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

void writeLines(const QString &path, const QList<QByteArray> &lines)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines.join('\n') + (lines.isEmpty() ? "" : "\n"));
}

using Mutation = std::function<void(QList<QByteArray> &, qsizetype)>;

} // namespace

class tst_OperationsLog : public QObject
{
    Q_OBJECT

    // A thousand records, in logs short enough that verifying each of them after each change is quick.
    static constexpr int kRecords = 40;
    static constexpr int kLogs = 25;
    std::unique_ptr<QTemporaryDir> m_logs;

    QString logPath(int number) const { return m_logs->filePath(QStringLiteral("lab-%1.jsonl").arg(number)); }

private Q_SLOTS:
    void initTestCase()
    {
        // Two syncs a record: in memory where there is such a directory, or a slow disk takes a minute.
        const auto memory = QStringLiteral("/dev/shm");
        m_logs = QFileInfo(memory).isWritable()
            ? std::make_unique<QTemporaryDir>(memory + QStringLiteral("/headgate-test-XXXXXX"))
            : std::make_unique<QTemporaryDir>();
        for (int i = 0; i < kLogs * kRecords; ++i) {
            QVERIFY(OperationsLog(logPath(i / kRecords)).append(bodyOf(i)));
        }
    }

    void appendsAndReadsBack()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("deep/lab.jsonl")));
        QCOMPARE(log.verify().value(), (LogVerdict {true, 0, -1, {}}));
        for (int i = 0; i < 5; ++i) {
            QVERIFY(log.append(bodyOf(i)));
        }
        const auto entries = log.read().value();
        QCOMPARE(entries.size(), size_t(5));
        QCOMPARE(entries.at(3), (LogEntry {4, bodyOf(3)}));
        QCOMPARE(log.verify().value(), (LogVerdict {true, 5, -1, {}}));
        QCOMPARE(QFile::permissions(log.path()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void everyTamperingIsNamed_data()
    {
        QTest::addColumn<QString>("what");
        for (const auto *what : {"edited", "removed", "reordered", "truncated", "appended"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }
    // Rows: ST-08, UX-40
    void everyTamperingIsNamed()
    {
        QFETCH(QString, what);
        const QHash<QString, Mutation> mutations {
            {QStringLiteral("edited"),
                [](auto &lines, auto at) {
                    lines[at].replace("note", "n0te");
                }},
            {QStringLiteral("removed"),
                [](auto &lines, auto at) {
                    lines.removeAt(at);
                }},
            {QStringLiteral("reordered"),
                [](auto &lines, auto at) {
                    lines.swapItemsAt(at, (at + 1) % lines.size());
                }},
            {QStringLiteral("truncated"),
                [](auto &lines, auto at) {
                    lines.resize(at);
                }},
            {QStringLiteral("appended"),
                [](auto &lines, auto at) {
                    lines.append(lines.at(at));
                }},
        };
        for (int number = 0; number < kLogs; ++number) {
            const OperationsLog log(logPath(number));
            const auto kept = linesOf(log.path());
            QCOMPARE(kept.size(), kRecords);
            for (qsizetype at = 0; at < kRecords; ++at) {
                auto lines = kept;
                mutations.value(what)(lines, at);
                writeLines(log.path(), lines);
                const auto verdict = log.verify().value();
                const bool last = at == kRecords - 1; // without its last line a log is cut; put first it displaces all
                QVERIFY(!verdict.intact);
                QCOMPARE(verdict.what, last && what == QLatin1String("removed") ? QStringLiteral("truncated") : what);
                QCOMPARE(verdict.firstBad,
                    what == QLatin1String("appended")                ? qint64(kRecords) + 1
                        : last && what == QLatin1String("reordered") ? 1
                                                                     : qint64(at) + 1);
            }
            writeLines(log.path(), kept);
            QCOMPARE(log.verify().value(), (LogVerdict {true, kRecords, -1, {}}));
        }
    }

    //! Whoever seals every line anew still lacks the anchor that is kept apart.
    // Rows: ST-08
    void aChainForgedAsAWholeMissesItsAnchor()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        const OperationsLog forged(dir.filePath(QStringLiteral("forged.jsonl")));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(log.append(bodyOf(i)));
            QVERIFY(forged.append(bodyOf(i + 1)));
        }
        writeLines(log.path(), linesOf(forged.path()));
        QCOMPARE(log.verify().value(), (LogVerdict {false, 3, 3, QStringLiteral("edited")}));
    }

    void everyByteOfALineCounts()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(log.append(bodyOf(i)));
        }
        const auto whole = linesOf(log.path());
        for (qsizetype byte = 0; byte < whole[1].size(); ++byte) {
            auto lines = whole;
            lines[1][byte] = char(lines[1][byte] ^ 1);
            writeLines(log.path(), lines);
            QVERIFY2(!log.verify().value().intact, qPrintable(QString::number(byte)));
        }
    }

    void laterRecordsDoNotHideATruncation()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        for (int i = 0; i < 6; ++i) {
            QVERIFY(log.append(bodyOf(i)));
        }
        writeLines(log.path(), linesOf(log.path()).mid(0, 4));
        QVERIFY(log.append(bodyOf(6)));
        const auto verdict = log.verify().value();
        QCOMPARE(verdict.what, QStringLiteral("truncated"));
        QCOMPARE(verdict.firstBad, 5);
        QCOMPARE(log.read().value().back().body, bodyOf(6));
    }

    void aLostHeadIsNoticed()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        QVERIFY(log.append(bodyOf(0)));
        QVERIFY(QFile::remove(log.headPath()));
        QCOMPARE(log.verify().value().what, QStringLiteral("head missing"));
    }

    void aLineTornByACrashIsCutOff()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        QVERIFY(log.append(bodyOf(0)));
        {
            QFile file(log.path());
            QVERIFY(file.open(QIODevice::Append));
            file.write("{\"v\":1,\"seq\":2,\"pre");
        }
        QVERIFY(log.append(bodyOf(1)));
        QCOMPARE(log.read().value().size(), size_t(2));
        QVERIFY(log.verify().value().intact);
    }

    // Rows: ST-02
    void aFullDiskIsAnError()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), log.path()));
        QCOMPARE(log.append(bodyOf(0)).error().kind, ErrorKind::StorageFailed);
        QVERIFY(log.append(bodyOf(0)).error().message.contains(QStringLiteral("space")));
    }

    // Rows: ST-02
    void aDiskThatFillsAtAnyByteLeavesTheLogWhole()
    {
        QTemporaryDir dir;
        const OperationsLog log(dir.filePath(QStringLiteral("lab.jsonl")));
        for (int i = 0; i < 3; ++i) { // longer than the head file, which the limit below must not touch
            QVERIFY(log.append(bodyOf(i)));
        }
        const auto whole = QFileInfo(log.path()).size();
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit free {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &free), 0);
        Result<void> appended;
        rlim_t room = 0;
        do {
            const rlimit full {rlim_t(whole) + room, free.rlim_max};
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &full), 0);
            appended = log.append(bodyOf(3));
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &free), 0);
            if (!appended) {
                QCOMPARE(appended.error().kind, ErrorKind::StorageFailed);
                QCOMPARE(QFileInfo(log.path()).size(), whole); // not even half a line
                QVERIFY(log.verify().value().intact);
            }
            room += 7;
        } while (!appended && room < 1000);
        QVERIFY(appended && room > 100);
        QCOMPARE(log.verify().value(), (LogVerdict {true, 4, -1, {}}));
    }

    // Rows: ST-06
    void twoProcessesNeverForkTheChain()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("lab.jsonl"));
        constexpr int kEach = 60;
        QProcess one, two;
        for (auto *process : {&one, &two}) {
            process->start(
                QCoreApplication::applicationFilePath(), {QStringLiteral("--append"), path, QString::number(kEach)});
        }
        QVERIFY(one.waitForFinished() && two.waitForFinished());
        QCOMPARE(one.exitCode() + two.exitCode(), 0);
        QCOMPARE(OperationsLog(path).verify().value(), (LogVerdict {true, 2 * kEach, -1, {}}));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const auto arguments = app.arguments();
    if (arguments.value(1) == QLatin1String("--append")) {
        const OperationsLog log(arguments.value(2));
        for (int i = 0; i < arguments.value(3).toInt(); ++i) {
            if (!log.append(bodyOf(i))) {
                return 1;
            }
        }
        return 0;
    }
    tst_OperationsLog test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_operationslog.moc"
