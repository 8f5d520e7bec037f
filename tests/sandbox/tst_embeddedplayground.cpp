// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/processid.h"
#include "sandbox/processplaygroundlauncher.h"
#include "support/canary/canary.h"

#include <QCoroTask>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace headgate;

namespace {

const CallOptions patient {.deadline = std::chrono::seconds(30), .stop = {}};

bool answers(const QString &url)
{
    QTcpSocket socket;
    socket.connectToHost(QUrl(url).host(), static_cast<quint16>(QUrl(url).port()));
    return socket.waitForConnected(2000);
}

QString directoryOf(const Playground &playground)
{
    return QFileInfo(playground.logDirectory).absolutePath();
}

} // namespace

/*! The embedded sandbox as a child process: it comes, says where it is, and leaves nothing behind, however it ends. */
class EmbeddedPlaygroundTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_stateFile;

    Playground launched(ProcessPlaygroundLauncher &launcher, PlaygroundOptions options = {})
    {
        auto made = QCoro::waitFor(launcher.launch(options, patient));
        [&] {
            QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().message + made.error().detail));
        }();
        return made ? *made : Playground {};
    }

private Q_SLOTS:
    void initTestCase() { m_stateFile = m_folder.filePath(QStringLiteral("run/sandbox.json")); }

    void saysWhereItIs()
    {
        ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        const auto playground = launched(launcher);
        QCOMPARE(playground.context.connectClusters.size(), size_t(1));
        QCOMPARE(playground.context.connectClusters[0].workers.size(), 3);
        QCOMPARE(playground.context.kafka.bootstrap.split(QLatin1Char(',')).size(), 3);
        QVERIFY(playground.context.sandbox);
        QVERIFY(playground.connectPassword.size() >= 20);
        QVERIFY(QFileInfo::exists(playground.ownershipFile));
        QVERIFY(QFileInfo(playground.logDirectory).isDir());
        for (const auto &url : playground.context.connectClusters[0].workers) {
            QVERIFY(url.startsWith(QLatin1String("http://127.0.0.1:")));
            QVERIFY(answers(url));
        }
        QVERIFY(!QFileInfo::exists(m_stateFile)); // an owned one writes its password nowhere
        QVERIFY(QCoro::waitFor(launcher.end(playground)));
    }

    // Rows: N10
    void startsAndStopsFiftyTimesWithoutTrace()
    {
        ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        for (int i = 0; i < 50; ++i) {
            const auto playground = launched(launcher);
            const auto started = processStart(playground.pid);
            QVERIFY(started > 0);
            QVERIFY(QCoro::waitFor(launcher.end(playground)));
            QVERIFY2(processStart(playground.pid) != started, "the process is still there");
            for (const auto &url : playground.context.connectClusters[0].workers) {
                QVERIFY2(!answers(url), "a port is still open");
            }
            QVERIFY2(!QFileInfo::exists(directoryOf(playground)), "its folder is still there");
        }
    }

    // Rows: SE-03
    void itsPasswordIsNowhereToBeRead()
    {
        ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        const auto playground = launched(launcher);
        const test::Canary secret(playground.connectPassword);
        QStringList places {QStringLiteral("/proc/%1/cmdline").arg(playground.pid),
            QStringLiteral("/proc/%1/environ").arg(playground.pid)};
        QDirIterator files(directoryOf(playground), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            places << files.next();
        }
        QVERIFY(places.size() > 2); // its log at least
        for (const auto &place : places) {
            QFile file(place);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(place));
            QVERIFY2(secret.foundIn(file.readAll()).isEmpty(), qPrintable(place));
        }
        QVERIFY(QCoro::waitFor(launcher.end(playground)));
    }

    // Rows: LW-06
    void endsWithItsOwner()
    {
        // A shell owns the worker, as an application would, and is killed without a chance to clean up.
        QProcess owner;
        owner.start(QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"),
                QStringLiteral("%1 --playground --end-with-owner < /dev/zero & wait")
                    .arg(QStringLiteral(WORKER_PROGRAM))});
        QTRY_VERIFY_WITH_TIMEOUT(owner.canReadLine(), 20000);
        const auto state = parseSandboxState(owner.readLine());
        QVERIFY(state);
        const auto started = processStart(state->pid);
        QVERIFY(answers(state->connectUrls[0]));
        owner.kill();
        QTRY_VERIFY_WITH_TIMEOUT(processStart(state->pid) != started, 20000);
        QVERIFY(!answers(state->connectUrls[0]));
        QVERIFY(!QFileInfo::exists(QFileInfo(state->logDirectory).absolutePath()));
    }

    // Rows: LW-06
    void aKilledOneIsSweptByTheNext()
    {
        ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        const auto killed = launched(launcher);
        ::kill(static_cast<pid_t>(killed.pid), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(processStart(killed.pid) < 0, 10000);
        QVERIFY(QFileInfo::exists(directoryOf(killed)));
        const auto next = launched(launcher);
        QVERIFY(!QFileInfo::exists(directoryOf(killed)));
        QVERIFY(QCoro::waitFor(launcher.end(next)));
        QVERIFY(QCoro::waitFor(launcher.end(killed))); // of one that has gone: done
    }

    // Rows: LW-06
    void aPortInUseIsSaid()
    {
        QProcess first;
        first.start(QStringLiteral(WORKER_PROGRAM), {QStringLiteral("--json"), QStringLiteral("--end-with-owner")});
        QTRY_VERIFY_WITH_TIMEOUT(first.canReadLine(), 20000);
        const auto state = parseSandboxState(first.readLine());
        QVERIFY(state);
        QProcess second;
        second.start(QStringLiteral(WORKER_PROGRAM),
            {QStringLiteral("--port"), QString::number(QUrl(state->connectUrls[0]).port())});
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), QProcess::NotRunning, 20000);
        QCOMPARE(second.exitCode(), 1);
        QVERIFY(second.readAllStandardError().contains("in use"));
        first.closeWriteChannel(); // the end of its standard input is the end of its owner
        QTRY_COMPARE_WITH_TIMEOUT(first.state(), QProcess::NotRunning, 20000);
        QCOMPARE(first.exitCode(), 0);
    }

    void aKeptOneOutlivesItsLauncher()
    {
        Playground kept;
        {
            ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
            QVERIFY(!QCoro::waitFor(launcher.attach()));
            kept = launched(launcher, {.kind = PlaygroundKind::Embedded, .keepRunning = true});
        }
        QCOMPARE(QFileInfo(m_stateFile).permissions()
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
        ProcessPlaygroundLauncher later(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        const auto found = QCoro::waitFor(later.attach());
        QVERIFY(found);
        QCOMPARE(found->pid, kept.pid);
        QCOMPARE(found->connectPassword, kept.connectPassword);
        QCOMPARE(found->context, kept.context);
        const auto started = processStart(kept.pid);
        QVERIFY(QCoro::waitFor(later.end(*found)));
        QVERIFY(processStart(kept.pid) != started);
        QVERIFY(!QFileInfo::exists(m_stateFile));
        QCOMPARE(QCoro::waitFor(later.attach()).error().kind, ErrorKind::NotFound);
    }

    //! Whoever started the first was killed before it had said where it is: the next start finds it all the same.
    // Rows: LW-06
    void thereIsOneWorkerAStateFile()
    {
        qint64 first = 0;
        QVERIFY(QDir().mkpath(QFileInfo(m_stateFile).path()));
        QProcess orphan;
        orphan.setProgram(QStringLiteral(WORKER_PROGRAM));
        orphan.setArguments(
            {QStringLiteral("--playground"), QStringLiteral("--keep"), QStringLiteral("--state-file"), m_stateFile});
        orphan.setStandardOutputFile(QProcess::nullDevice());
        orphan.setStandardErrorFile(QProcess::nullDevice());
        QVERIFY(orphan.startDetached(&first));
        const auto started = processStart(first);
        ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        const auto kept = launched(launcher, {.kind = PlaygroundKind::Embedded, .keepRunning = true});
        QVERIFY(kept.pid > 0);
        // One of the two, whichever was first; the other has ended or is about to.
        QTRY_VERIFY_WITH_TIMEOUT(kept.pid == first || processStart(first) != started, 20000);
        QVERIFY(QCoro::waitFor(launcher.end(kept)));
        QVERIFY(processStart(first) != started);
        QCOMPARE(QCoro::waitFor(launcher.attach()).error().kind, ErrorKind::NotFound);
    }

    void whatEndsAtOnceSaysWhy()
    {
        QFile program(m_folder.filePath(QStringLiteral("unlucky")));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\necho 'no room for brokers' >&2\nexit 1\n");
        program.close();
        QVERIFY(program.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        for (const bool kept : {false, true}) {
            ProcessPlaygroundLauncher launcher(program.fileName(), m_stateFile);
            const auto error = QCoro::waitFor(launcher.launch({.keepRunning = kept}, patient)).error();
            QCOMPARE(error.kind, ErrorKind::ServerFailed);
            QVERIFY2(error.message.endsWith(QLatin1String(": no room for brokers")), qPrintable(error.message));
        }
        const auto left = QFileInfo(m_stateFile).dir().entryList({QStringLiteral("*.errors")}, QDir::Files);
        QVERIFY2(left.isEmpty(), qPrintable(left.join(u' ')));
    }

    void aStateFileOfAnotherProcessIsNotBelieved()
    {
        QFile file(m_stateFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        // This test's own pid, but started at another time: the pid was taken again.
        file.write(QStringLiteral(R"({"connectUrls":["anywhere"],"password":"x","pid":%1,"started":1})")
                .arg(QCoreApplication::applicationPid())
                .toUtf8());
        file.close();
        ProcessPlaygroundLauncher launcher(QStringLiteral(WORKER_PROGRAM), m_stateFile);
        QCOMPARE(QCoro::waitFor(launcher.attach()).error().kind, ErrorKind::NotFound);
    }

    void aMissingProgramIsSaid()
    {
        ProcessPlaygroundLauncher launcher(QStringLiteral("/nowhere/headgate-worker"), m_stateFile);
        QCOMPARE(QCoro::waitFor(launcher.launch({}, patient)).error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(EmbeddedPlaygroundTest)
#include "tst_embeddedplayground.moc"
