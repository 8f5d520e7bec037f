// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ctlprogram.h"

#include <QScopeGuard>
#include <QTest>

#include <csignal>

using namespace headgate;

class TestCtlSandbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void storyInATerminal();
    void twoThatStartAtOnceShareOne();
    void aFrozenOneIsNotUp();
};

//! The README's walk: up, what is wrong, why, a safe step, the log, down.
void TestCtlSandbox::storyInATerminal()
{
    const CtlProgram ctl;
    const auto run = [&](const char *line) {
        return ctl.run(QString::fromLatin1(line).split(u' '));
    };
    const auto endIt = qScopeGuard([&] { run("sandbox down"); }); // also where a check fails below
    QCOMPARE(run("sandbox info").exit, 1);
    QCOMPARE(run("status --context sandbox").exit, 1);

    const auto up = run("sandbox up --json");
    QVERIFY2(up.exit == 0, qPrintable(up.all()));
    QVERIFY(up.json()[QStringLiteral("running")].toBool());
    QCOMPARE(up.json()[QStringLiteral("context")].toString(), QStringLiteral("sandbox"));
    QCOMPARE(run("sandbox up").exit, 0); // is up already
    const auto info = run("sandbox info --json");
    QCOMPARE(info.exit, 0);
    QVERIFY(info.json()[QStringLiteral("running")].toBool());

    const auto status = run("status --context sandbox --json");
    QVERIFY2(status.exit == 0, qPrintable(status.all()));
    QCOMPARE(status.json()[QStringLiteral("environment")].toString(), QStringLiteral("development"));
    QCOMPARE(status.json()[QStringLiteral("mode")].toString(), QStringLiteral("guarded"));
    QVERIFY(status.json()[QStringLiteral("counts")].toObject()[QStringLiteral("failed")].toInt() >= 1);

    const auto explain = run("explain invoices-jdbc-sink --context sandbox --json");
    QVERIFY2(explain.exit == 0, qPrintable(explain.all()));
    const auto problems = explain.json()[QStringLiteral("problems")].toArray();
    QVERIFY2(!problems.isEmpty(), qPrintable(explain.out));
    QVERIFY(!problems[0].toObject()[QStringLiteral("cause")].toString().isEmpty());

    const auto pause = run("pause --context sandbox --yes orders-s3-sink");
    QVERIFY2(pause.exit == 0, qPrintable(pause.all()));
    const auto again = run("restart invoices-jdbc-sink --only-failed --context sandbox --yes");
    QVERIFY2(again.exit == 1, qPrintable(again.all())); // the record is still there: no green flash is believed
    QCOMPARE(run("audit verify --context sandbox").exit, 0);

    const auto down = run("sandbox down --json");
    QCOMPARE(down.exit, 0);
    QVERIFY2(!down.json().isEmpty(), qPrintable(down.all()));
    const auto gone = run("sandbox info --json");
    QCOMPARE(gone.exit, 1);
    QVERIFY2(!gone.json().isEmpty(), qPrintable(gone.all()));
}

void TestCtlSandbox::twoThatStartAtOnceShareOne()
{
    const CtlProgram ctl;
    const auto endIt = qScopeGuard([&] { ctl.run({QStringLiteral("sandbox"), QStringLiteral("down")}); });
    const QStringList up {QStringLiteral("sandbox"), QStringLiteral("up"), QStringLiteral("--json")};
    auto other = ctl.start(up);
    const auto first = ctl.run(up);
    const auto second = CtlProgram::end(*other);
    QCOMPARE(first.exit, 0);
    QCOMPARE(second.exit, 0);
    QCOMPARE(second.json()[QStringLiteral("pid")].toInteger(), first.json()[QStringLiteral("pid")].toInteger());
}

void TestCtlSandbox::aFrozenOneIsNotUp()
{
    const CtlProgram ctl;
    const auto run = [&](const char *line) {
        return ctl.run(QString::fromLatin1(line).split(u' '));
    };
    const auto up = run("sandbox up --json");
    const auto pid = pid_t(up.json()[QStringLiteral("pid")].toInteger());
    QVERIFY2(pid > 0, qPrintable(up.all()));
    const auto endIt = qScopeGuard([&] { run("sandbox down"); });
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    const auto again = run("sandbox up");
    QCOMPARE(again.exit, 1);
    QVERIFY2(again.all().contains(QLatin1String("sandbox down")), qPrintable(again.all()));
    QCOMPARE(run("sandbox down").exit, 0); // frozen as it is
    QCOMPARE(run("sandbox info").exit, 1);
}

QTEST_GUILESS_MAIN(TestCtlSandbox)
#include "tst_ctlsandbox.moc"
