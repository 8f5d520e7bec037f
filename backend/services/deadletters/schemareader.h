// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/schemaregistry/schemaregistry.h"
#include "domain/contexts/context.h"
#include "services/contexts/contextsservice.h"
#include "services/keptclients.h"

#include <map>

namespace headgate {

//! A key or value that was written through a schema registry, read by its schema.
struct DecodedPayload
{
    std::int32_t schema = 0;
    SchemaKind kind = SchemaKind::Avro;
    QString text; //!< indented JSON

    bool operator==(const DecodedPayload &) const = default;
};

/*! Reads what stands in a registry's frame, with the schemas of the context's registry. A schema never changes: each is
 * asked for once. GUI thread; owned by the service, which awaits close(). */
class SchemaReader
{
public:
    explicit SchemaReader(ContextsService &contexts);
    //! NotSupported: the context has no registry. Else as SchemaRegistry and decodeFramed().
    Task<DecodedPayload> decode(ContextId context, QByteArray framed, CallOptions options);
    QCoro::Task<> close();

private:
    ContextsService &m_contexts;
    KeptClients<ContextId, SchemaRegistryConfig, SchemaRegistry> m_clients;
    std::map<std::pair<ContextId, std::int32_t>, RegisteredSchema> m_known;
    std::map<ContextId, SchemaRegistryConfig> m_knownFrom; //!< another registry has other schemas
};

} // namespace headgate
