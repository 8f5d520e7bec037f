// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectordocument.h"

#include "domain/connectors/secrets.h"
#include "domain/yaml/yamltext.h"

#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headgate {

namespace {

std::string utf8(const QString &text)
{
    return text.toUtf8().toStdString();
}

QByteArray jsonText(const QString &name, const ConfigMap &config)
{
    auto values = nlohmann::ordered_json::object();
    for (const auto &[key, value] : config) {
        values[utf8(key)] = utf8(value);
    }
    const nlohmann::ordered_json body {{"name", utf8(name)}, {"config", std::move(values)}};
    return QByteArray::fromStdString(body.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n';
}

//! As java.util.Properties.store() writes: a key ends at the first blank, '=' or ':' that is not escaped.
QByteArray propertyWord(const QString &text, bool key)
{
    QByteArray word;
    bool leading = true;
    for (const auto c : text) {
        const auto unit = c.unicode();
        const bool ends = c == u' ' ? key || leading : key && (c == u'=' || c == u':' || c == u'#' || c == u'!');
        leading = leading && c == u' ';
        if (c == u'\n' || c == u'\r' || c == u'\t') {
            word += c == u'\n' ? "\\n" : c == u'\r' ? "\\r" : "\\t";
        } else if (unit < 0x20 || unit > 0x7e) {
            word += "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
        } else {
            word += ends || c == u'\\' ? "\\" : "";
            word += char(unit);
        }
    }
    return word;
}

QByteArray propertiesText(const QString &name, const ConfigMap &config)
{
    QByteArray text;
    const auto line = [&text](const QString &key, const QString &value) {
        text += propertyWord(key, true) + '=' + propertyWord(value, false) + '\n';
    };
    line(QStringLiteral("name"), name);
    for (const auto &[key, value] : config) {
        if (key != QLatin1String("name")) {
            line(key, value);
        }
    }
    return text;
}

bool isResourceName(const QString &name)
{
    constexpr qsizetype longest = 253; // RFC 1123, a subdomain
    static const QRegularExpression subdomain(QRegularExpression::anchoredPattern(
        QStringLiteral("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")));
    return name.size() <= longest && subdomain.match(name).hasMatch();
}

QString wishedState(RunState run)
{
    return run == RunState::Paused ? QStringLiteral("paused")
        : run == RunState::Stopped ? QStringLiteral("stopped")
                                   : QStringLiteral("running");
}

QByteArray strimziText(
    const QString &name, const ConfigMap &config, const QString &version, const QString &cluster, RunState run)
{
    static const QStringList outside {
        QStringLiteral("name"), QStringLiteral("connector.class"), QStringLiteral("tasks.max")};
    const auto *type = findConfig(config, outside[1]);
    const auto *tasks = findConfig(config, outside[2]);
    YamlText yaml;
    yaml.plain(QStringLiteral("apiVersion"), QStringLiteral("kafka.strimzi.io/") + version);
    yaml.plain(QStringLiteral("kind"), QStringLiteral("KafkaConnector"));
    yaml.openMap(QStringLiteral("metadata"));
    yaml.text(QStringLiteral("name"), name);
    yaml.openMap(QStringLiteral("labels"));
    yaml.text(QStringLiteral("strimzi.io/cluster"), cluster);
    yaml.close();
    yaml.close();
    yaml.openMap(QStringLiteral("spec"));
    yaml.text(QStringLiteral("class"), type ? *type : QString());
    bool isNumber = false;
    const int count = tasks ? tasks->trimmed().toInt(&isNumber) : 1;
    yaml.plain(QStringLiteral("tasksMax"), QString::number(isNumber ? count : 1));
    yaml.text(QStringLiteral("state"), wishedState(run));
    yaml.openMap(QStringLiteral("config"));
    for (const auto &[key, value] : config) {
        if (!outside.contains(key)) {
            yaml.plain(key, YamlText::quoted(value));
        }
    }
    yaml.close();
    yaml.close();
    return yaml.bytes();
}

} // namespace

Result<ConnectorDocument> connectorDocument(
    const QString &name, const ConfigMap &config, ConnectorForm form, const QString &cluster, RunState run)
{
    ConnectorDocument document;
    const auto shown = masked(config);
    for (const auto &[key, value] : shown) {
        if (isMasked(value)) {
            document.masked << key;
        }
    }
    switch (form) {
    case ConnectorForm::Json:
        document.text = jsonText(name, shown);
        return document;
    case ConnectorForm::Properties:
        document.text = propertiesText(name, shown);
        return document;
    case ConnectorForm::StrimziV1:
    case ConnectorForm::StrimziV1Beta2:
        if (!isResourceName(name)) {
            return failure({.kind = ErrorKind::InvalidInput,
                .message = QStringLiteral("Kubernetes takes no resource of this name: lower-case letters, digits, '-' "
                                          "and '.' only, with a letter or digit at both ends"),
                .target = name});
        }
        document.text = strimziText(name, shown,
            form == ConnectorForm::StrimziV1 ? QStringLiteral("v1") : QStringLiteral("v1beta2"), cluster, run);
        return document;
    }
    Q_UNREACHABLE();
}

} // namespace headgate
