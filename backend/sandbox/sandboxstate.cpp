// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxstate.h"

#include "common/processid.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace headgate {

namespace {

QString textAt(const QJsonObject &object, QLatin1String key)
{
    return object.value(key).toString();
}

} // namespace

Result<SandboxState> parseSandboxState(const QByteArray &line)
{
    const auto object = QJsonDocument::fromJson(line).object();
    SandboxState state {.connectUrls = {},
        .user = textAt(object, QLatin1String("user")),
        .password = textAt(object, QLatin1String("password")).toUtf8(),
        .bootstrap = textAt(object, QLatin1String("bootstrap")),
        .logDirectory = textAt(object, QLatin1String("logs")),
        .ownershipFile = textAt(object, QLatin1String("ownership")),
        .pid = object.value(QLatin1String("pid")).toInteger()};
    for (const auto &url : object.value(QLatin1String("connectUrls")).toArray()) {
        state.connectUrls += url.toString();
    }
    if (state.connectUrls.isEmpty() || state.password.isEmpty() || state.pid <= 0) {
        return failure(
            {.kind = ErrorKind::InvalidAnswer, .message = QStringLiteral("The sandbox did not say where it is")});
    }
    return state;
}

QString sandboxStateFile()
{
    // Not QStandardPaths::RuntimeLocation: where the variable is not set, that makes a directory in /tmp and warns.
    auto directory = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (directory.isEmpty()) {
        directory = qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
    }
    return directory + QStringLiteral("/headgate/sandbox.json");
}

Result<SandboxState> readSandboxState(const QString &file)
{
    const auto none = [] {
        return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No sandbox is running")});
    };
    QFile kept(file);
    if (!kept.open(QIODevice::ReadOnly)) {
        return none();
    }
    const auto text = kept.read(64 * 1024);
    const auto state = parseSandboxState(text);
    const auto started = QJsonDocument::fromJson(text).object().value(QLatin1String("started")).toInteger(-1);
    if (!state || processStart(state->pid) != started) {
        return none();
    }
    return state;
}

} // namespace headgate
