// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"

namespace headgate {

/*! Connect's answers read into values. Pure, for the pool. Errors: InvalidAnswer, with the byte position in `code`
 * where the text is no JSON. What one connector's entry lacks never hurts another: it is named in `damaged`. Unknown
 * members are ignored, unknown states and types kept. */
Result<ServerInfo> parseServerInfo(const QByteArray &body); //!< GET /
Result<QStringList> parseNames(const QByteArray &body);     //!< GET /connectors, sorted
Result<StatusListing> parseStatusListing(
    const QByteArray &body); //!< GET /connectors?expand=status; NotSupported for an array (< 2.3)
Result<InfoListing> parseInfoListing(
    const QByteArray &body); //!< GET /connectors?expand=info; NotSupported for an array (< 2.3)
Result<ConnectorStatus> parseStatus(const QByteArray &body);               //!< GET /connectors/{n}/status
Result<ConnectorInfo> parseInfo(const QByteArray &body);                   //!< GET /connectors/{n}
Result<ConfigMap> parseConfig(const QByteArray &body);                     //!< GET /connectors/{n}/config
Result<QStringList> parseTopics(const QByteArray &body);                   //!< GET /connectors/{n}/topics, sorted
Result<std::vector<ConnectorOffset>> parseOffsets(const QByteArray &body); //!< GET /connectors/{n}/offsets
Result<std::vector<PluginInfo>> parsePlugins(const QByteArray &body);      //!< GET /connector-plugins
Result<ConfigReport> parseConfigReport(const QByteArray &body);        //!< PUT /connector-plugins/{p}/config/validate
Result<std::vector<LoggerLevel>> parseLoggers(const QByteArray &body); //!< GET /admin/loggers, sorted
Result<WorkerHealthReport> parseHealth(const QByteArray &body);        //!< GET /health, whatever its status was

} // namespace headgate
