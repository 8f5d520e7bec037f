// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ids.h"

#include <QStringList>

#include <vector>

namespace headgate {

enum class Environment { Development, Staging, Production };
enum class Mode { ReadOnly, Guarded, Armed };

//! A reference into the secret store, e.g. "headgate/eu-prod/connect-password". Never a secret.
using SecretRef = Named<struct SecretTag>;

struct TlsConfig
{
    QString caFile;          //!< PEM; empty = the system's authorities
    QString certificateFile; //!< PEM client certificate
    QString keyFile;         //!< PEM private key
    SecretRef keyPassword;

    bool operator==(const TlsConfig &) const = default;
};

enum class RestAuth { None, Basic, Bearer };
struct ConnectClusterConfig
{
    ClusterName name;
    QStringList workers; //!< base URLs of one cluster, without credentials, tried in order of last success
    RestAuth auth = RestAuth::None;
    QString user;
    SecretRef secret; //!< password or bearer token
    TlsConfig tls;
    QString groupId;                               //!< worker group.id, where known
    QString statusTopic, configTopic, offsetTopic; //!< empty: found by key shape

    bool operator==(const ConnectClusterConfig &) const = default;
};

enum class SecurityProtocol { Plaintext, Ssl, SaslPlaintext, SaslSsl };
enum class SaslMechanism { None, Plain, ScramSha256, ScramSha512 };
struct KafkaConfig
{
    QString bootstrap; //!< "host:port,host:port"; empty = no brokers configured
    SecurityProtocol protocol = SecurityProtocol::Plaintext;
    SaslMechanism mechanism = SaslMechanism::None;
    QString user;
    SecretRef password;
    TlsConfig tls;
    QString clientId = QStringLiteral("headgate"); //!< never empty (AutoMQ rewrites leaders for an empty one)

    bool operator==(const KafkaConfig &) const = default;
};

//! Where schemas of records are kept; no urls: there is none, or nobody told.
struct SchemaRegistryConfig
{
    QStringList urls; //!< of one registry, without credentials
    RestAuth auth = RestAuth::None;
    QString user;
    SecretRef secret; //!< password or bearer token
    TlsConfig tls;

    bool operator==(const SchemaRegistryConfig &) const = default;
};

//! One named environment, as in contexts/<id>.yaml. Holds references to secrets, never secrets.
struct ContextConfig
{
    ContextId id;
    QString name;
    Environment environment = Environment::Development;
    Mode mode = Mode::ReadOnly; //!< Armed is never stored
    std::vector<ConnectClusterConfig> connectClusters;
    KafkaConfig kafka;
    SchemaRegistryConfig schemaRegistry;
    bool sandbox = false; //!< made by a playground, lives no longer than it

    bool operator==(const ContextConfig &) const = default;
};

//! What a file of contexts/ says (domain/contexts/contextfile.h), and what was odd about it.
struct ContextFile
{
    ContextConfig config;
    QStringList warnings;

    bool operator==(const ContextFile &) const = default;
};

} // namespace headgate
