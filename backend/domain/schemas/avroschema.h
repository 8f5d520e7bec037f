// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/schemas/registeredschema.h"

#include <memory>
#include <string>
#include <vector>

namespace headgate {

enum class AvroType {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Record,
    Enum,
    Array,
    Map,
    Union,
    Fixed,
};

//! One node of an Avro schema (Avro 1.11, "Schema Declaration"). A record may refer to itself: nodes belong to their
//! AvroSchema.
struct AvroNode
{
    AvroType type = AvroType::Null;
    std::string name;                    //!< full name of records, enums, fixeds; word of a primitive
    std::vector<std::string> words;      //!< fields' names, an enum's symbols
    std::vector<const AvroNode *> parts; //!< fields, branches, an array's items, a map's values
    size_t size = 0;                     //!< of a fixed, in bytes
};

struct AvroSchema
{
    const AvroNode *root = nullptr;
    std::vector<std::unique_ptr<AvroNode>> nodes;
};

//! InvalidInput: no schema, a name that nobody declared, deeper than 60 levels, more than 20,000 nodes.
Result<AvroSchema> readAvroSchema(const RegisteredSchema &schema);

} // namespace headgate
