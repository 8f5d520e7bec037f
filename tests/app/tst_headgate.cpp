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

private Q_SLOTS:
    // Rows: SE-03
    void itLogsWithoutSecretsWhereItSays()
    {
        const auto context = QStringLiteral("config/headgate/contexts/token=canary-91c2.yaml");
        QVERIFY(write(context, "name: [")); // a broken file is named in the log
        QVERIFY(write(QStringLiteral("config/headgate/triage.yaml"), "lagBehind: soon"));
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const auto *kind : {"config", "data", "cache", "state"}) {
            const auto name = QString::fromLatin1(kind);
            environment.insert(QStringLiteral("XDG_%1_HOME").arg(name.toUpper()), m_home.filePath(name));
        }
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        QProcess headgate;
        headgate.setProcessEnvironment(environment);
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
};

QTEST_GUILESS_MAIN(HeadgateProgramTest)
#include "tst_headgate.moc"
