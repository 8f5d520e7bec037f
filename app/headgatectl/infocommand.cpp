// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "clients/kafka/kafkalibrary.h"
#include "models/common/showntext.h"
#include "sandbox/processplaygroundlauncher.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace headgate {

QCoro::Task<Exit> runInfo(Runtime *runtime, CommandLine, Report report)
{
    const auto loaded = co_await runtime->contexts().load();
    QStringList names;
    for (const auto &context : runtime->contexts().contexts()) {
        names << shownText(context.name, 60);
    }
    const auto &paths = runtime->paths();
    const auto kafka = kafkaLibrary();
    const auto worker = ProcessPlaygroundLauncher::workerBeside(QCoreApplication::applicationDirPath());
    const bool keyring = co_await runtime->keepsSecrets();
    const std::vector<std::pair<QString, QString>> facts {{QStringLiteral("version"), QStringLiteral(HEADGATE_VERSION)},
        {QStringLiteral("qt"), QString::fromLatin1(qVersion())}, {QStringLiteral("librdkafka"), kafka.version},
        {QStringLiteral("librdkafkaFeatures"), kafka.features},
        {QStringLiteral("contexts"), names.join(QStringLiteral(", "))},
        {QStringLiteral("contextFiles"), paths.contexts.contexts},
        {QStringLiteral("workspace"), paths.contexts.workspace}, {QStringLiteral("operationsLogs"), paths.operations},
        {QStringLiteral("cache"), paths.contexts.cache}, {QStringLiteral("logs"), paths.logs},
        {QStringLiteral("secrets"),
            keyring ? QStringLiteral("keyring") : QStringLiteral("this run's memory only: no keyring answers")},
        {QStringLiteral("worker"), worker}};
    std::vector<QStringList> rows;
    QJsonObject document;
    for (const auto &[key, value] : facts) {
        rows.push_back({key, value.isEmpty() ? QStringLiteral("-") : value});
        document.insert(key, value);
    }
    document.insert(QStringLiteral("contexts"), QJsonArray::fromStringList(names));
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
    document.insert(QStringLiteral("warnings"), QJsonArray::fromStringList(runtime->contexts().warnings()));
    if (!loaded) { // warnings were told when the files were read
        report.note(shownText(loaded.error().message, 300));
    }
    report.document(document);
    co_return Exit::Done;
}

} // namespace headgate
