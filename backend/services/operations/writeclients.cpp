// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/writeclients.h"

#include <algorithm>

namespace headgate {

namespace {

tl::unexpected<Error> notFound(const QString &what)
{
    return failure({.kind = ErrorKind::NotFound, .message = what});
}

} // namespace

Result<ContextConfig> contextOf(const ContextsService &contexts, const ContextId &id)
{
    const auto &known = contexts.contexts();
    const auto found = std::ranges::find(known, id, &ContextConfig::id);
    if (found == known.end()) {
        return notFound(QStringLiteral("No such context: %1").arg(id.text));
    }
    return *found;
}

WriteClients::WriteClients(ContextsService &contexts)
    : m_contexts(contexts)
{
}

Result<std::shared_ptr<ConnectClient>> WriteClients::clientFor(const ConnectorRef &ref)
{
    const auto context = contextOf(m_contexts, ref.context);
    if (!context) {
        return failure(context.error());
    }
    const auto config = std::ranges::find(context->connectClusters, ref.cluster, &ConnectClusterConfig::name);
    if (config == context->connectClusters.end()) {
        return notFound(QStringLiteral("No such Connect cluster: %1").arg(ref.cluster.text));
    }
    const auto &edges = m_contexts.edges();
    return m_kept.clientFor({ref.context, ref.cluster}, *config,
        [&]() -> std::shared_ptr<ConnectClient> { return edges.connect(*config, edges.secrets); });
}

} // namespace headgate
