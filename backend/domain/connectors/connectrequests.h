// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"
#include "domain/contexts/context.h"

namespace headgate {

/*! Percent-encodes a connector name for one path segment: everything but unreserved characters; "." and ".." become
 * %2E, %2E%2E so that no URL library normalises them away. */
QByteArray encodeSegment(const QString &name);

/*! True when no URL can address this name: "." and ".." anywhere; slash, backslash, percent on a worker with Jetty 12
 * (Connect 4.x). Such names are shown, and creating one is refused. `serverVersion` as in GET /. */
bool isUnaddressable(const QString &name, const QString &serverVersion);
//! Why, and who reaches it: of a worker that refuses such a path, whatever its name is.
QString unaddressableText();

//! @{ Writes of the Connect REST API. Sources: KIP-26, KIP-745 (restart), KIP-875 (stop, offsets), KIP-980, KIP-477.
RestRequest pauseRequest(const QString &name);
RestRequest resumeRequest(const QString &name);
RestRequest stopRequest(const QString &name);
//! Neither flag: the Connector instance only, answered 204. Any flag: 202 with the plan (Connect >= 3.0).
RestRequest restartRequest(const QString &name, bool includeTasks, bool onlyFailed);
RestRequest restartTaskRequest(const QString &name, int task);
RestRequest createRequest(const QString &name, const ConfigMap &config);
RestRequest putConfigRequest(const QString &name, const ConfigMap &config);
RestRequest deleteRequest(const QString &name);
RestRequest setLoggerLevelRequest(const QString &logger, const QString &level, bool wholeCluster);
//! @}

/*! One line of POSIX shell that sends the same request: login from a netrc file, a bearer token from the variable
 * HEADGATE_TOKEN through curl's standard input (printf is the shell's own), TLS by --cacert/--cert; nothing secret in
 * argv. `baseUrl` is the display form of a worker's address, `tls` the files of the cluster's configuration. */
QString curlText(const RestRequest &request, const QString &baseUrl, RestAuth auth, const TlsConfig &tls = {});

} // namespace headgate
