// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/ids.h"
#include "domain/connectors/connectorstate.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace headgate {

//! A connector's configuration as sent and received: order is kept, values are strings, unknown keys survive.
using ConfigMap = std::vector<std::pair<QString, QString>>;

//! Value of `key`, or nullptr. Linear: configs have tens of keys.
const QString *findConfig(const ConfigMap &config, const QString &key);

//! SHA-256 over the sorted pairs: equal for equal configurations, whatever the order a worker lists them in.
QByteArray configHash(const ConfigMap &config);

struct TaskStatus
{
    int id = 0;
    State state;
    QString workerId; //!< advertised "host:port"; may name a dead worker for minutes
    QString trace;    //!< Java stack trace, untrusted plain text, may be megabytes
    QString version;  //!< since Connect 4.1, else empty

    bool operator==(const TaskStatus &) const = default;
};

//! GET /connectors/{name}/status, or one entry of expand=status.
struct ConnectorStatus
{
    QString name;
    ConnectorType type = ConnectorType::Unknown;
    State connector;
    QString workerId;
    QString trace;
    QString version;
    std::vector<TaskStatus> tasks; //!< sorted by id

    bool operator==(const ConnectorStatus &) const = default;
};

//! GET /connectors/{name}, or one entry of expand=info. Passwords may be in clear: mask before showing
//! (domain/connectors/secrets.h).
struct ConnectorInfo
{
    QString name;
    ConnectorType type = ConnectorType::Unknown;
    ConfigMap config;
    std::vector<int> taskIds;

    bool operator==(const ConnectorInfo &) const = default;
};

//! GET /
struct ServerInfo
{
    QString version;
    QString commit;
    QString kafkaClusterId;

    bool operator==(const ServerInfo &) const = default;
};

//! GET /health of one worker (Connect >= 3.9), or what a herder-bound GET told below that.
enum class WorkerHealth { Healthy, Starting, Unhealthy, Unreachable, NotSupported };
struct WorkerHealthReport
{
    WorkerHealth health = WorkerHealth::Unreachable;
    QString
        message; //!< the worker's own words, e.g. "The worker is currently flushing updates to the status topic, ..."

    bool operator==(const WorkerHealthReport &) const = default;
};

//! GET /connector-plugins
struct PluginInfo
{
    QString className;
    QString type; //!< source, sink, converter, header_converter, transformation, predicate
    QString version;

    bool operator==(const PluginInfo &) const = default;
};

//! One entry of PUT /connector-plugins/{p}/config/validate.
struct ConfigKeyReport
{
    QString name;
    QString type; //!< STRING, INT, PASSWORD, ...
    QString importance;
    QString group;
    QString documentation;
    QString defaultValue;
    QString value;
    bool required = false;
    bool visible = true;
    QStringList recommended;
    QStringList errors;

    bool operator==(const ConfigKeyReport &) const = default;
};
struct ConfigReport
{
    QString className;
    int errorCount = 0;
    std::vector<ConfigKeyReport> keys;

    bool operator==(const ConfigReport &) const = default;
};

/*! One entry of GET /connectors/{name}/offsets. Both sides are JSON texts kept byte for byte in their numbers (int64),
 * because a source's shape is its connector's own. For a sink the partition is {"kafka_topic","kafka_partition"}, the
 * offset {"kafka_offset"}. */
struct ConnectorOffset
{
    QByteArray partitionJson;
    QByteArray offsetJson; //!< "null" where the worker said null

    bool operator==(const ConnectorOffset &) const = default;
};

//! GET /admin/loggers
struct LoggerLevel
{
    QString logger;
    QString level;
    Instant lastModified {};

    bool operator==(const LoggerLevel &) const = default;
};

/*! A write as it goes over the wire. The preview shows this value and the client sends this value, nothing else. */
struct RestRequest
{
    QByteArray method; //!< "PUT", "POST", "DELETE", "PATCH"
    QByteArray
        path; //!< percent-encoded, with query, e.g. "/connectors/a%2Fb/restart?includeTasks=true&onlyFailed=true"
    QByteArray body; //!< JSON or empty

    bool operator==(const RestRequest &) const = default;
};

//! What came back for a RestRequest.
struct RestAnswer
{
    int status = 0;
    QByteArray body;
    QString worker; //!< display address of the worker that answered
    Milliseconds took {0};

    bool operator==(const RestAnswer &) const = default;
};

} // namespace headgate
