// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "services/edges.h"

namespace headgate {

//! One line of a connection test: what was tried, how it went, what to do.
struct ConnectionCheck
{
    QString subject; //!< "connect-eu-1:8083", "brokers", "schema registry"
    QString step;    //!< "reach", "tls", "log in", "read", "health", "match"
    std::optional<Error> error;
    QString note; //!< "Connect 4.1.0, 22 connectors"
    Milliseconds took {0};

    bool operator==(const ConnectionCheck &) const = default;
};

//! Secrets typed anew, by the reference that the context's file holds. What is not named stays as it is stored.
using NewSecrets = std::vector<std::pair<SecretRef, QByteArray>>;

/*! Tries every worker and the brokers of `context`, step by step, each with clients of its own; `options.deadline` is
 * that of one step. The first step that fails ends its subject. Nothing is saved. */
Task<std::vector<ConnectionCheck>> testConnection(
    ContextConfig context, NewSecrets typed, Edges edges, CallOptions options);

} // namespace headgate
