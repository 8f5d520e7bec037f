// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/task.h"
#include "domain/schemas/registeredschema.h"

namespace headgate {

/*! A schema registry as Confluent's REST API defines it (Karapace, Redpanda and Apicurio's compatible part answer
 * alike). Reads only. GUI thread. Whoever owns it awaits close(). */
class SchemaRegistry
{
public:
    virtual ~SchemaRegistry() = default;
    /*! GET /schemas/ids/{id}, and what it refers to by GET /subjects/{subject}/versions/{version}. NotFound: no schema
     * has this id; InvalidAnswer: what is there cannot be read; as every read otherwise. */
    virtual Task<RegisteredSchema> fetchSchema(std::int32_t id, CallOptions options) = 0;
    virtual QCoro::Task<> close() = 0;
};

} // namespace headgate
