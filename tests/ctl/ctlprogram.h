// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <csignal>
#include <memory>

namespace headgate {

//! How one run of headgatectl ended.
struct CtlRun
{
    int exit = -1;
    QString out, err;

    QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    QString all() const { return out + QLatin1Char('\n') + err; }
};

/*! Runs the built headgatectl with a home of its own, as a person without a keyring would. Main thread. */
class CtlProgram
{
public:
    CtlRun run(const QStringList &arguments) const { return end(*start(arguments)); }

    //! The same in two halves, for what is done beside a running one.
    std::unique_ptr<QProcess> start(const QStringList &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment());
        process->start(QStringLiteral(BUILD_DIR "/bin/headgatectl"), arguments);
        return process;
    }
    //! False: it has ended already. Never to process 0, which is everybody of this group.
    static bool signalTo(const QProcess &process, int signal)
    {
        const auto id = pid_t(process.processId());
        return id > 0 && ::kill(id, signal) == 0;
    }
    static CtlRun end(QProcess &process)
    {
        constexpr int longest = 120'000;
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(longest)) {
            process.kill();
            process.waitForFinished();
            return {.exit = -2, .out = {}, .err = process.errorString()};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

    QString home() const { return m_home.path(); }

    QString write(const QString &name, const QByteArray &text) const
    {
        QDir(home()).mkpath(QFileInfo(name).path());
        QFile file(home() + QLatin1Char('/') + name);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }

private:
    QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), home());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home() + QStringLiteral("/config"));
        environment.insert(QStringLiteral("XDG_DATA_HOME"), home() + QStringLiteral("/data"));
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), home() + QStringLiteral("/cache"));
        environment.insert(QStringLiteral("XDG_STATE_HOME"), home() + QStringLiteral("/state"));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home());
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        return environment;
    }

    QTemporaryDir m_home;
};

//! Paths of all keys of a document, sorted: "connectors[].name". What a script may rely on.
inline void collectKeys(const QJsonValue &value, const QString &path, QStringList &keys)
{
    if (value.isArray()) {
        for (const auto &item : value.toArray()) {
            collectKeys(item, path + QStringLiteral("[]"), keys);
        }
        return;
    }
    const auto object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const auto name = path.isEmpty() ? it.key() : QString(path + QLatin1Char('.') + it.key());
        if (!keys.contains(name)) {
            keys.append(name);
        }
        collectKeys(it.value(), name, keys);
    }
}

} // namespace headgate
