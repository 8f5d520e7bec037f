// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/contexts/contextsservice.h"

namespace headgate {

/*! A context as it stands in the form: what a person typed is kept letter by letter, also where it is wrong. What the
 * form does not show (topics found, group ids) stays in `config`. */
struct ClusterDraft
{
    ConnectClusterConfig config;
    QString workersText;  //!< one address a line
    QByteArray newSecret; //!< empty: the stored one stays

    bool operator==(const ClusterDraft &) const = default;
};

struct ContextDraft
{
    ContextConfig config; //!< without clusters
    std::vector<ClusterDraft> clusters;
    QByteArray newKafkaPassword;
    QString registryText; //!< addresses as typed
    QByteArray newRegistrySecret;

    bool operator==(const ContextDraft &) const = default;
};

ContextDraft draftOf(const ContextConfig &config);
//! An empty form: one cluster, read-only, development.
ContextDraft newDraft();

/*! The context that the draft means: workers split and trimmed, a reference for each secret that is stored or typed.
 * `taken` are the ids in use; a new context gets an id made of its name, in the safe alphabet of file names. */
ContextConfig configOf(const ContextDraft &draft, const std::vector<ContextConfig> &taken);
//! The secrets typed anew, by the references that configOf() put into `config`.
NewSecrets newSecretsOf(const ContextDraft &draft, const ContextConfig &config);

} // namespace headgate
