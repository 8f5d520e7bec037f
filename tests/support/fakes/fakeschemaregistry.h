// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/schemaregistry/schemaregistry.h"

#include <map>
#include <optional>

namespace headgate {

//! What a registry holds, and how often it was asked.
struct FakeSchemas
{
    std::map<std::int32_t, RegisteredSchema> schemas;
    std::optional<Error> down;
    int asked = 0;
};

class FakeSchemaRegistry final : public SchemaRegistry
{
public:
    explicit FakeSchemaRegistry(std::shared_ptr<FakeSchemas> schemas)
        : m_schemas(std::move(schemas))
    {
    }
    Task<RegisteredSchema> fetchSchema(std::int32_t id, CallOptions) override
    {
        ++m_schemas->asked;
        if (m_schemas->down) {
            co_return failure(*m_schemas->down);
        }
        const auto found = m_schemas->schemas.find(id);
        if (found == m_schemas->schemas.end()) {
            co_return failure({.kind = ErrorKind::NotFound,
                .message = QStringLiteral("Schema %1 not found").arg(id),
                .target = QStringLiteral("schemas:8081"),
                .code = 404});
        }
        co_return RegisteredSchema {found->second};
    }
    QCoro::Task<> close() override { co_return; }

private:
    std::shared_ptr<FakeSchemas> m_schemas;
};

} // namespace headgate
