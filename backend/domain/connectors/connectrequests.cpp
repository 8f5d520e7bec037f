// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectrequests.h"

#include <QUrl>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

QByteArray connectorPath(const QString &name)
{
    return "/connectors/" + encodeSegment(name);
}

RestRequest request(const char *method, QByteArray path, QByteArray body = {})
{
    return {QByteArray(method), std::move(path), std::move(body)};
}

std::string utf8(const QString &text)
{
    return text.toUtf8().toStdString();
}

nlohmann::ordered_json toJson(const ConfigMap &config)
{
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto &[key, value] : config) {
        object[utf8(key)] = utf8(value);
    }
    return object;
}

QByteArray dump(const nlohmann::ordered_json &json)
{
    // Replacing: a lone surrogate was already turned into U+FFFD by QString; dump() must never throw.
    return QByteArray::fromStdString(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

//! One word of POSIX shell: in single quotes, a quote as '\''.
QString shellWord(const QString &text)
{
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString curlBegin(RestAuth auth)
{
    switch (auth) {
    case RestAuth::None:
        return QStringLiteral("curl --fail-with-body --path-as-is ");
    case RestAuth::Basic:
        return QStringLiteral("curl --fail-with-body --path-as-is --netrc-file ~/.netrc ");
    case RestAuth::Bearer:
        return QStringLiteral("printf 'header = \"Authorization: Bearer %s\"' \"$HEADGATE_TOKEN\" | curl --config - "
                              "--fail-with-body --path-as-is ");
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray encodeSegment(const QString &name)
{
    if (name == QLatin1String(".") || name == QLatin1String("..")) {
        return QByteArray("%2E").repeated(int(name.size()));
    }
    return QUrl::toPercentEncoding(name);
}

QString unaddressableText()
{
    return QStringLiteral("No request can reach a connector of this name here: the web server of Connect 4 takes no "
                          "slash, backslash or percent sign in a path, and none takes \".\" or \"..\". A worker of "
                          "Connect 3 reaches the former");
}

bool isUnaddressable(const QString &name, const QString &serverVersion)
{
    if (name == QLatin1String(".") || name == QLatin1String("..")) {
        return true; // URL libraries, ours too, take even %2E for a step in the path
    }
    static const QString ambiguous = QStringLiteral("/\\%");
    const bool holdsAmbiguous = std::any_of(name.begin(), name.end(), [](QChar c) { return ambiguous.contains(c); });
    const int major = serverVersion.section(QLatin1Char('.'), 0, 0).toInt();
    // Confluent numbers its builds: 8.x is Connect 4.x, 7.x is Connect 3.x. An unknown version is judged as the newest.
    const bool vendorBuild
        = serverVersion.contains(QLatin1String("-ccs")) || serverVersion.contains(QLatin1String("-ce"));
    return holdsAmbiguous && (major == 0 || major >= (vendorBuild ? 8 : 4));
}

RestRequest pauseRequest(const QString &name)
{
    return request("PUT", connectorPath(name) + "/pause");
}

RestRequest resumeRequest(const QString &name)
{
    return request("PUT", connectorPath(name) + "/resume");
}

RestRequest stopRequest(const QString &name)
{
    return request("PUT", connectorPath(name) + "/stop");
}

RestRequest restartRequest(const QString &name, bool includeTasks, bool onlyFailed)
{
    const auto word = [](bool flag) {
        return QByteArray(flag ? "true" : "false");
    };
    QByteArray path = connectorPath(name) + "/restart";
    if (includeTasks || onlyFailed) { // without flags also workers older than 3.0 understand it
        path += "?includeTasks=" + word(includeTasks) + "&onlyFailed=" + word(onlyFailed);
    }
    return request("POST", path);
}

RestRequest restartTaskRequest(const QString &name, int task)
{
    return request("POST", connectorPath(name) + "/tasks/" + QByteArray::number(task) + "/restart");
}

RestRequest createRequest(const QString &name, const ConfigMap &config)
{
    nlohmann::ordered_json body;
    body["name"] = utf8(name);
    body["config"] = toJson(config);
    return request("POST", "/connectors", dump(body));
}

RestRequest putConfigRequest(const QString &name, const ConfigMap &config)
{
    return request("PUT", connectorPath(name) + "/config", dump(toJson(config)));
}

RestRequest deleteRequest(const QString &name)
{
    return request("DELETE", connectorPath(name));
}

RestRequest setLoggerLevelRequest(const QString &logger, const QString &level, bool wholeCluster)
{
    const QByteArray path = "/admin/loggers/" + encodeSegment(logger) + (wholeCluster ? "?scope=cluster" : "");
    return request("PUT", path, dump({{"level", utf8(level)}}));
}

QString curlText(const RestRequest &request, const QString &baseUrl, RestAuth auth, const TlsConfig &tls)
{
    const auto base = baseUrl.endsWith(QLatin1Char('/')) ? baseUrl.chopped(1) : baseUrl;
    QString text = curlBegin(auth);
    const std::array<std::pair<QLatin1String, QString>, 3> files {{
        {QLatin1String("--cacert "), tls.caFile},
        {QLatin1String("--cert "), tls.certificateFile},
        {QLatin1String("--key "), tls.keyFile},
    }};
    for (const auto &[option, file] : files) {
        if (!file.isEmpty()) {
            text += option + shellWord(file) + QLatin1Char(' ');
        }
    }
    text += QLatin1String("-X ") + QString::fromLatin1(request.method);
    if (!request.body.isEmpty()) {
        text += QLatin1String(" -H 'Content-Type: application/json' --data-raw ")
            + shellWord(QString::fromUtf8(request.body));
    }
    return text + QLatin1Char(' ') + shellWord(base + QString::fromLatin1(request.path));
}

} // namespace headgate
