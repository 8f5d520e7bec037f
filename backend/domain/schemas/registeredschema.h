// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <utility>
#include <vector>

namespace headgate {

enum class SchemaKind { Avro, Json, Protobuf };

//! A schema of a registry with all that it refers to.
struct RegisteredSchema
{
    std::int32_t id = 0;
    SchemaKind kind = SchemaKind::Avro;
    QByteArray text;
    std::vector<std::pair<QString, QByteArray>> references; //!< name and text, each before those that need it

    bool operator==(const RegisteredSchema &) const = default;
};

} // namespace headgate
