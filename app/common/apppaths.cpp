// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/apppaths.h"

#include <QDir>
#include <QStandardPaths>

namespace headgate {

namespace {

QString below(QStandardPaths::StandardLocation location, const QString &folder)
{
    return QStandardPaths::writableLocation(location) + QLatin1String("/headgate") + folder;
}

//! Qt 6.4 has no name for XDG_STATE_HOME.
QString stateHome()
{
    const auto given = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(given) ? given : QString(QDir::homePath() + QLatin1String("/.local/state"));
}

} // namespace

AppPaths appPaths()
{
    return {.contexts = {.contexts = below(QStandardPaths::GenericConfigLocation, QStringLiteral("/contexts")),
                .cache = below(QStandardPaths::GenericCacheLocation, QString()),
                .workspace = below(QStandardPaths::GenericConfigLocation, QString())},
        .operations = below(QStandardPaths::GenericDataLocation, QStringLiteral("/operations")),
        .logs = stateHome() + QLatin1String("/headgate")};
}

} // namespace headgate
