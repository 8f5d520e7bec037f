// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <vector>

namespace headgate {

//! What is wrong with a context as typed. The sentence for each is models/contexts/contextfaulttext's.
enum class ContextFaultKind {
    NameMissing,
    ClusterMissing,
    ClusterNameMissing,
    ClusterNameTwice,
    WorkersMissing,
    WorkerUrlInvalid,     //!< not http:// or https:// with a host, or a port out of range
    WorkerUrlHoldsSecret, //!< user:password@ or a query: secrets have fields of their own
    WorkersMixSchemes,    //!< http and https in one cluster: the login could leave in clear
    LoginOverPlainHttp,   //!< a login to another machine needs https
    UserMissing,
    CertificateWithoutKey,
    KeyWithoutCertificate,
    BootstrapInvalid, //!< not host:port, comma separated
    MechanismMissing,
    KafkaUserMissing,
    SaslOverPlaintext, //!< SASL to another machine needs TLS
    //! @{ As of workers, of the schema registry.
    RegistryUrlInvalid,
    RegistryUrlHoldsSecret,
    RegistryMixesSchemes,
    RegistryLoginOverHttp,
    RegistryUserMissing,
    //! @}
};

//! One fault and where it is. `cluster` is an index into connectClusters, -1 for the context and its brokers.
struct ContextFault
{
    ContextFaultKind kind;
    int cluster = -1;
    QString subject; //!< the offending text, plain, cut to 80 letters, without credentials

    bool operator==(const ContextFault &) const = default;
};

//! Every fault of `context`, in the order of the form. Pure: no name is resolved, nothing is asked.
std::vector<ContextFault> checkContext(const ContextConfig &context);

//! "127.0.0.1", "::1", "localhost" and names below .localhost.
bool isLoopbackHost(const QString &host);

} // namespace headgate
