// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/childprocess.h"
#include "sandbox/freeport.h"

#include <QCoroTask>
#include <QDeadlineTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <iostream>

using namespace headgate;

namespace {

const CallOptions soon {.deadline = std::chrono::seconds(20)};

bool alive(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    // A zombie that nobody has reaped yet has ended too.
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

ChildProcess::Command shell(const QString &script, const QString &log)
{
    return {.program = QStringLiteral("/bin/sh"), .arguments = {QStringLiteral("-c"), script}, .logFile = log};
}

//! This program once more, as the owner that will be killed: starts a child, prints its pid, waits for ever.
int ownUntilKilled(const QString &log)
{
    ChildProcess child(shell(QStringLiteral("exec sleep 600"), log));
    if (!QCoro::waitFor(child.start(soon))) {
        return 1;
    }
    std::cout << child.pid() << std::endl;
    return QCoreApplication::exec();
}

} // namespace

class TestChildProcess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsWithItsKilledOwner();
    void tellsWhatItSaidWhenItEndsEarly();
    void waitsForItsLine();
    void saysWhenThereIsNoSuchProgram();
    void stopsEvenWhenItDoesNotListen();
    void freezesAndThaws();
    void findsFreePorts();

private:
    QString log() const { return m_directory.filePath(QString::fromLatin1(QTest::currentTestFunction())); }

    QTemporaryDir m_directory;
};

// Rows: LW-06
void TestChildProcess::endsWithItsKilledOwner()
{
    QProcess owner;
    owner.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--own"), log()});
    QVERIFY(owner.waitForReadyRead(20'000));
    const auto child = owner.readLine().trimmed().toLongLong();
    QVERIFY(child > 0 && alive(child));
    owner.kill(); // SIGKILL: nothing of the owner runs any more
    QVERIFY(owner.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(!alive(child), 10'000);
}

void TestChildProcess::tellsWhatItSaidWhenItEndsEarly()
{
    ChildProcess child(shell(QStringLiteral("echo address in use; exit 3"), log()));
    QVERIFY(QCoro::waitFor(child.start(soon)));
    const auto ready = QCoro::waitFor(child.waitForLog(QStringLiteral("ready"), soon));
    QVERIFY(!ready);
    QCOMPARE(ready.error().kind, ErrorKind::Unreachable);
    QVERIFY(ready.error().detail.contains(QStringLiteral("address in use")));
}

void TestChildProcess::waitsForItsLine()
{
    ChildProcess child(shell(QStringLiteral("echo ready; exec sleep 600"), log()));
    for (int round = 0; round < 2; ++round) { // what was logged before a restart does not count
        QVERIFY(QCoro::waitFor(child.start(soon)));
        QVERIFY(QCoro::waitFor(child.waitForLog(QStringLiteral("ready"), soon)));
        const auto never
            = QCoro::waitFor(child.waitForLog(QStringLiteral("steady"), {.deadline = std::chrono::milliseconds(200)}));
        QCOMPARE(never.error().kind, ErrorKind::DeadlineExceeded);
        child.kill();
        QVERIFY(!child.running());
    }
}

void TestChildProcess::saysWhenThereIsNoSuchProgram()
{
    ChildProcess child({.program = QStringLiteral("/nonexistent/java"), .logFile = log()});
    const auto started = QCoro::waitFor(child.start(soon));
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::NotFound);
    QVERIFY(started.error().message.contains(QStringLiteral("/nonexistent/java")));
}

void TestChildProcess::stopsEvenWhenItDoesNotListen()
{
    ChildProcess child(shell(QStringLiteral("trap '' TERM; echo ready; while :; do sleep 0.1; done"), log()));
    QVERIFY(QCoro::waitFor(child.start(soon)));
    QVERIFY(QCoro::waitFor(child.waitForLog(QStringLiteral("ready"), soon)));
    const auto pid = child.pid();
    QCoro::waitFor(child.end({.deadline = std::chrono::milliseconds(300)}));
    QVERIFY(!child.running());
    QVERIFY(!alive(pid));
}

void TestChildProcess::freezesAndThaws()
{
    ChildProcess child(shell(QStringLiteral("while :; do echo tick; sleep 0.02; done"), log()));
    QVERIFY(QCoro::waitFor(child.start(soon)));
    QVERIFY(QCoro::waitFor(child.waitForLog(QStringLiteral("tick"), soon)));
    child.freeze();
    const auto state = [&child] {
        QFile file(QStringLiteral("/proc/%1/stat").arg(child.pid()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY(state().contains(") T "));
    child.thaw();
    QTRY_VERIFY(!state().contains(") T "));
    QVERIFY(child.running());
}

void TestChildProcess::findsFreePorts()
{
    for (int i = 0; i < 20; ++i) {
        const auto port = freeLoopbackPort();
        QVERIFY(port);
        QVERIFY(*port >= 15'000 && *port < 32'000); // below the range of outgoing connections
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QStringLiteral("--own")) {
        return ownUntilKilled(arguments.at(2));
    }
    TestChildProcess test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_childprocess.moc"
