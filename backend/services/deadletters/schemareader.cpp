// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/schemareader.h"

#include "common/offload.h"
#include "domain/schemas/schemadecode.h"

#include <QtEndian>

#include <algorithm>

namespace headgate {

namespace {

constexpr size_t mostKnown = 500;

} // namespace

SchemaReader::SchemaReader(ContextsService &contexts)
    : m_contexts(contexts)
{
}

Task<DecodedPayload> SchemaReader::decode(ContextId context, QByteArray framed, CallOptions options)
{
    const auto &all = m_contexts.contexts();
    const auto config = std::ranges::find(all, context, &ContextConfig::id);
    const auto &make = m_contexts.edges().schemaRegistry;
    if (config == all.end() || config->schemaRegistry.urls.isEmpty() || !make) {
        co_return failure({.kind = ErrorKind::NotSupported,
            .message
            = QStringLiteral("The context names no schema registry: add schemaRegistry with its urls to its file")});
    }
    constexpr qsizetype frame = 5;
    if (framed.size() < frame) {
        co_return failure({.kind = ErrorKind::InvalidAnswer,
            .message = QStringLiteral("The bytes are in no frame of a schema registry")});
    }
    const auto id = qFromBigEndian<std::int32_t>(framed.constData() + 1);
    const auto registry = config->schemaRegistry;
    if (auto &from = m_knownFrom[context]; from != registry) {
        std::erase_if(m_known, [&](const auto &known) { return known.first.first == context; });
        from = registry;
    }
    std::optional<RegisteredSchema> schema;
    if (const auto known = m_known.find({context, id}); known != m_known.end()) {
        schema = known->second;
    } else {
        const auto client = m_clients.clientFor(
            context, registry, [&] { return std::shared_ptr(make(registry, m_contexts.edges().secrets)); });
        auto fetched = co_await client->fetchSchema(id, options);
        if (!fetched) {
            co_return failure(fetched.error());
        }
        schema = *std::move(fetched);
        if (m_known.size() >= mostKnown) {
            m_known.clear();
        }
        if (m_knownFrom[context] == registry) { // else another one was named meanwhile
            m_known.insert_or_assign({context, id}, *schema);
        }
    }
    auto text = co_await offload([one = *schema, framed] { return decodeFramed(one, framed); });
    if (!text) {
        co_return failure(text.error());
    }
    co_return DecodedPayload {id, schema->kind, *std::move(text)};
}

QCoro::Task<> SchemaReader::close()
{
    return m_clients.close();
}

} // namespace headgate
