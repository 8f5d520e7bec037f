// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectorcopy.h"

#include "domain/connectors/connectordocument.h"
#include "domain/connectors/connectrequests.h"
#include "domain/connectors/secrets.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectorCopy)
};

ConnectorForm documentForm(CopyForm form)
{
    switch (form) {
    case CopyForm::Json:
    case CopyForm::Curl:
        return ConnectorForm::Json;
    case CopyForm::Properties:
        return ConnectorForm::Properties;
    case CopyForm::StrimziV1:
        return ConnectorForm::StrimziV1;
    case CopyForm::StrimziV1Beta2:
        return ConnectorForm::StrimziV1Beta2;
    }
    Q_UNREACHABLE();
}

ConnectorCopy curlCopy(const ConnectorFacts &connector, const ContextPicture &picture, const QStringList &masked)
{
    if (!masked.isEmpty()) {
        return {{},
            Words::tr(
                "Not copied: %n value(s) are masked, and the request would set the mask. Copy as JSON and fill in.",
                nullptr, int(masked.size()))};
    }
    const auto &clusters = picture.context.connectClusters;
    const auto cluster = std::ranges::find(clusters, connector.ref.cluster, &ConnectClusterConfig::name);
    if (cluster == clusters.end() || cluster->workers.isEmpty()) {
        return {{}, Words::tr("Not copied: the context names no worker of this cluster.")};
    }
    return {curlText(putConfigRequest(connector.ref.name, connector.info->config), cluster->workers.front(),
                cluster->auth, cluster->tls),
        Words::tr("The request that sets the configuration is copied.")};
}

} // namespace

QString copyFormName(CopyForm form)
{
    switch (form) {
    case CopyForm::Json:
        return QStringLiteral("JSON");
    case CopyForm::Properties:
        return Words::tr("properties");
    case CopyForm::Curl:
        return QStringLiteral("curl");
    case CopyForm::StrimziV1:
        return QStringLiteral("Strimzi YAML (v1)");
    case CopyForm::StrimziV1Beta2:
        return QStringLiteral("Strimzi YAML (v1beta2)");
    }
    Q_UNREACHABLE();
}

ConnectorCopy copyOf(const ConnectorFacts &connector, CopyForm form, const ContextPicture &picture)
{
    if (!connector.info) {
        return {{}, Words::tr("Not copied: the configuration was not read yet.")};
    }
    const auto made = connectorDocument(connector.ref.name, connector.info->config, documentForm(form),
        connector.ref.cluster.text, connector.status.connector.run);
    if (!made) {
        return {{}, Words::tr("Not copied. %1.").arg(made.error().message)};
    }
    if (form == CopyForm::Curl) {
        return curlCopy(connector, picture, made->masked);
    }
    const auto said = Words::tr("The configuration is copied as %1.").arg(copyFormName(form));
    if (made->masked.isEmpty()) {
        return {QString::fromUtf8(made->text), said};
    }
    const auto keys = shownText(made->masked.join(QStringLiteral(", ")), 120);
    return {QString::fromUtf8(made->text),
        QString(said + u' ' + Words::tr("%n value(s) are masked: %1.", nullptr, int(made->masked.size())).arg(keys))};
}

} // namespace headgate
