// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/connectors/connector.h"

#include <QStringList>

namespace headgate {

/*! How a connector is written down for elsewhere. Json is the body of POST /connectors; Properties what a standalone
 * worker reads (java.util.Properties, ISO 8859-1); the Strimzi forms a KafkaConnector resource of one of the two API
 * versions: v1 of Strimzi 1.x, v1beta2 before. */
enum class ConnectorForm { Json, Properties, StrimziV1, StrimziV1Beta2 };

struct ConnectorDocument
{
    QByteArray text;    //!< UTF-8
    QStringList masked; //!< keys whose values look like secrets: the text has a mask for them, and is not complete

    bool operator==(const ConnectorDocument &) const = default;
};

/*! Order and unknown keys are kept, references to secrets (`${provider:path:key}`) too. `cluster` is the KafkaConnect
 * resource that a Strimzi form names, `run` the state that it wishes. InvalidInput: Kubernetes takes no such name. */
Result<ConnectorDocument> connectorDocument(const QString &name, const ConfigMap &config, ConnectorForm form,
    const QString &cluster = {}, RunState run = RunState::Running);

} // namespace headgate
