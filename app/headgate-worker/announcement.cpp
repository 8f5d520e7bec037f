// SPDX-License-Identifier: GPL-3.0-or-later
#include "announcement.h"

#include "common/claimfile.h"
#include "common/processid.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace headgate {

namespace {

QJsonObject objectOf(const WorkerAddress &at)
{
    return {{QStringLiteral("connectUrls"), QJsonArray::fromStringList(at.connectUrls)},
        {QStringLiteral("user"), at.user}, {QStringLiteral("password"), QString::fromLatin1(at.password)},
        {QStringLiteral("bootstrap"), at.bootstrap}, {QStringLiteral("logs"), at.logDirectory},
        {QStringLiteral("ownership"), at.ownershipFile}, {QStringLiteral("pid"), QCoreApplication::applicationPid()}};
}

} // namespace

QByteArray whereItIs(const WorkerAddress &at)
{
    return QJsonDocument(objectOf(at)).toJson(QJsonDocument::Compact);
}

QString friendlyText(const WorkerAddress &at)
{
    return QStringLiteral("Connect worker at %1, brokers at %2, files in %3\n"
                          "Try: curl -u %4:%5 '%6/connectors?expand=status'\n")
        .arg(at.connectUrls.join(QStringLiteral(", ")), at.bootstrap, at.dataDirectory, at.user,
            QString::fromLatin1(at.password), at.connectUrls.first());
}

std::unique_ptr<QLockFile> claimStateFile(const QString &file)
{
    auto claim = std::make_unique<QLockFile>(claimFile(file));
    claim->setStaleLockTime(0); // held as long as this process is: only its end makes it stale
    return claim->tryLock(0) ? std::move(claim) : nullptr;
}

bool writeStateFile(const QString &file, const WorkerAddress &at)
{
    auto object = objectOf(at);
    object.insert(QStringLiteral("started"), processStart(QCoreApplication::applicationPid()));
    QSaveFile state(file);
    return state.open(QIODevice::WriteOnly) && state.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && state.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) > 0 && state.commit();
}

void removeStateFile(const QString &file)
{
    QFile state(file);
    if (!file.isEmpty() && state.open(QIODevice::ReadOnly)
        && QJsonDocument::fromJson(state.readAll()).object().value(QLatin1String("pid")).toInteger()
            == QCoreApplication::applicationPid()) {
        state.remove();
    }
}

} // namespace headgate
