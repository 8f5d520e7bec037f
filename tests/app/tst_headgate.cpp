// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/*! The desktop program as a process of its own, with a home of its own. */
class HeadgateProgramTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

    bool write(const QString &name, const QByteArray &text) const
    {
        QDir(m_home.path()).mkpath(QFileInfo(name).path());
        QFile file(m_home.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const auto *kind : {"config", "data", "cache", "state"}) {
            const auto name = QString::fromLatin1(kind);
            environment.insert(QStringLiteral("XDG_%1_HOME").arg(name.toUpper()), m_home.filePath(name));
        }
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        return environment;
    }

private Q_SLOTS:
    // Rows: SE-03
    void itLogsWithoutSecretsWhereItSays()
    {
        const auto context = QStringLiteral("config/headgate/contexts/token=canary-91c2.yaml");
        QVERIFY(write(context, "name: [")); // a broken file is named in the log
        QVERIFY(write(QStringLiteral("config/headgate/triage.yaml"), "lagBehind: soon"));
        QProcess headgate;
        headgate.setProcessEnvironment(environment());
        // Without a context there is nothing to show, so the program ends by itself.
        headgate.start(QStringLiteral(BUILD_DIR "/bin/headgate"),
            {QStringLiteral("--tour"), m_home.filePath(QStringLiteral("tour"))});
        QVERIFY2(headgate.waitForFinished(60'000), qPrintable(headgate.errorString()));
        const auto said = headgate.readAllStandardError();
        QCOMPARE(headgate.exitCode(), 1);

        const QFileInfo folder(m_home.filePath(QStringLiteral("state/headgate")));
        QCOMPARE(folder.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFileDevice::Permissions());
        QFile log(m_home.filePath(QStringLiteral("state/headgate/headgate.log")));
        QVERIFY2(log.open(QIODevice::ReadOnly), said.constData());
        const auto lines = log.readAll();
        QVERIFY2(lines.contains("headgate.app"), lines.constData());
        QVERIFY2(lines.contains("triage.yaml, line 1"), lines.constData());
        QVERIFY2(lines.contains("token="), lines.constData());
        QVERIFY2(!lines.contains("canary"), lines.constData());
        QVERIFY2(!said.contains("canary"), said.constData());
    }

    void whatCannotBeShownIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("display"); // null: none; no value for Qt's platform either
        QTest::addColumn<QByteArray>("says");
        const QStringList tour {QStringLiteral("--tour"), m_home.filePath(QStringLiteral("tour"))};
        const auto context = [&tour](const char *name) {
            return tour + QStringList {QStringLiteral("--context"), QString::fromLatin1(name)};
        };
        QTest::newRow("no display") << QStringList() << QByteArray() << QByteArray("no window can be opened here");
        QTest::newRow("a display that is gone")
            << QStringList() << QByteArray(":4711") << QByteArray("no window can be");
        QTest::newRow("tour of nothing") << tour << QByteArray() << QByteArray("There is no context to show");
        QTest::newRow("tour, display gone") << tour << QByteArray(":4711") << QByteArray("There is no context to show");
        QTest::newRow("tour of an unknown context")
            << context("nobody") << QByteArray() << QByteArray("no context \"nobody\"");
        QTest::newRow("tour of a broken context")
            << context("broken") << QByteArray() << QByteArray("headgate: broken.yaml: line");
    }

    //! One sentence and an exit code, never Qt's abort.
    void whatCannotBeShownIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, display);
        QFETCH(QByteArray, says);
        QFile::remove(m_home.filePath(QStringLiteral("config/headgate/contexts/token=canary-91c2.yaml")));
        if (arguments.contains(QLatin1String("broken"))) {
            QVERIFY(write(QStringLiteral("config/headgate/contexts/broken.yaml"), "name: ["));
        }
        auto without = environment();
        for (const auto *name : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}) {
            without.remove(QString::fromLatin1(name));
        }
        if (!display.isNull()) {
            without.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(display));
        }
        QProcess headgate;
        headgate.setProcessEnvironment(without);
        headgate.start(QStringLiteral(BUILD_DIR "/bin/headgate"), arguments);
        QVERIFY2(headgate.waitForFinished(60'000), qPrintable(headgate.errorString()));
        const auto said = headgate.readAllStandardError();
        QCOMPARE(headgate.exitStatus(), QProcess::NormalExit);
        QVERIFY2(headgate.exitCode() == 1, said.constData());
        QVERIFY2(said.contains(says), said.constData());
    }
};

QTEST_GUILESS_MAIN(HeadgateProgramTest)
#include "tst_headgate.moc"
