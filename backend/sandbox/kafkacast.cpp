// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/kafkacast.h"

#include <QFile>

//! A static library's resources are linked only where somebody names them; outside any namespace, as the macro wants
//! it.
static void nameResources()
{
    Q_INIT_RESOURCE(sandbox);
}

namespace headgate {

namespace {

const auto rateSource = QStringLiteral("headgate.sandbox.RateSourceConnector");
const auto scriptedSink = QStringLiteral("headgate.sandbox.ScriptedSinkConnector");
const auto fileSource = QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector");
const auto asText = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
const auto asJson = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");

ConfigMap source(
    const QString &connectorClass, const QString &topic, int tasks, int partitions, int copies, const ConfigMap &more)
{
    ConfigMap config {{QStringLiteral("connector.class"), connectorClass},
        {QStringLiteral("tasks.max"), QString::number(tasks)}, {QStringLiteral("topic"), topic},
        {QStringLiteral("key.converter"), asText}, {QStringLiteral("value.converter"), asText},
        {QStringLiteral("topic.creation.default.partitions"), QString::number(partitions)},
        {QStringLiteral("topic.creation.default.replication.factor"), QString::number(copies)}};
    config.insert(config.end(), more.begin(), more.end());
    return config;
}

ConfigMap sink(const QString &topic, int tasks, const QString &converter, const ConfigMap &more)
{
    ConfigMap config {{QStringLiteral("connector.class"), scriptedSink},
        {QStringLiteral("tasks.max"), QString::number(tasks)}, {QStringLiteral("topics"), topic},
        {QStringLiteral("key.converter"), asText}, {QStringLiteral("value.converter"), converter}};
    if (converter == asJson) {
        config.emplace_back(QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false"));
    }
    config.insert(config.end(), more.begin(), more.end());
    return config;
}

} // namespace

std::vector<CastConnector> kafkaCast(const QString &directory, int copies)
{
    const auto file = [&directory](const QString &name) {
        return std::pair {QStringLiteral("file"), directory + QLatin1Char('/') + name};
    };
    const auto rate = [](const QString &perSecond) {
        return std::pair {QStringLiteral("rate"), perSecond};
    };
    const ConfigMap deadLetters {{QStringLiteral("errors.tolerance"), QStringLiteral("all")},
        {QStringLiteral("errors.deadletterqueue.topic.name"), QStringLiteral("dlq.refunds-snowflake-sink")},
        {QStringLiteral("errors.deadletterqueue.topic.replication.factor"), QString::number(copies)},
        {QStringLiteral("errors.deadletterqueue.context.headers.enable"), QStringLiteral("true")}};
    const auto invoices = QStringLiteral("invoices");
    const auto orders = QStringLiteral("orders");
    const auto clicks = QStringLiteral("clickstream.events");
    return {
        {QStringLiteral("orders-cdc-source"), source(rateSource, orders, 1, 3, copies, {rate(QStringLiteral("40"))}),
            {}},
        {QStringLiteral("clickstream-source"), source(rateSource, clicks, 2, 4, copies, {rate(QStringLiteral("150"))}),
            {}},
        {QStringLiteral("invoices-file-source"),
            source(fileSource, invoices, 1, 1, copies, {{QStringLiteral("file"), invoicesFile(directory)}}), {}},
        {QStringLiteral("orders-s3-sink"), sink(orders, 2, asText, {file(QStringLiteral("orders-s3-sink.out"))}), {}},
        // Two tasks at 25 records a second against 300 that arrive: the lag grows from the first second.
        {QStringLiteral("clickstream-http-sink"),
            sink(clicks, 2, asText,
                {{QStringLiteral("delay.ms"), QStringLiteral("40")},
                    {QStringLiteral("consumer.override.max.poll.records"), QStringLiteral("50")}}),
            {}},
        {QStringLiteral("invoices-jdbc-sink"),
            sink(invoices, 1, asJson, {file(QStringLiteral("invoices-jdbc-sink.out"))}), {}},
        {QStringLiteral("refunds-snowflake-sink"), sink(invoices, 1, asJson, deadLetters), {}},
        {QStringLiteral("loyalty-redis-sink"), sink(orders, 1, asText, {}), CastTarget::Paused},
        {QStringLiteral("legacy-crm-sink"), sink(orders, 1, asText, {}), CastTarget::Stopped},
    };
}

QByteArray goodInvoices()
{
    QByteArray lines;
    for (int number = 1; number <= 400; ++number) {
        lines += QStringLiteral("{\"invoice\":\"INV-%1\",\"amount\":%2,\"currency\":\"EUR\"}\n")
                     .arg(48'000 + number)
                     .arg(10 * number)
                     .toUtf8();
    }
    return lines;
}

QByteArray badInvoice()
{
    return "{\"invoice\":\"INV-48401\",\"amount\":4120,\"currency\":EUR}\n"
           "{\"invoice\":\"INV-48402\",\"amount\":4130,\"currency\":\"EUR\"}\n";
}

QString invoicesFile(const QString &directory)
{
    return directory + QStringLiteral("/invoices.jsonl");
}

QByteArray castOwnership()
{
    nameResources();
    QFile shipped(QStringLiteral(":/sandbox/ownership.yaml"));
    return shipped.open(QIODevice::ReadOnly) ? shipped.readAll() : QByteArray();
}

} // namespace headgate
