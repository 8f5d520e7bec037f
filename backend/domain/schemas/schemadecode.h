// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/schemas/registeredschema.h"

namespace headgate {

//! @{ Bounds of what is decoded, in bytes: of the record, and of the text that comes out.
constexpr qsizetype maxFramed = 1024 * 1024;
constexpr qsizetype maxDecoded = 4 * 1024 * 1024;
//! @}

/*! What a record in a registry's frame says, as indented JSON: `framed` begins with the zero byte and the schema's id
 * (big endian), a Protobuf one goes on with the indexes of its message. Pure; any thread.
 *
 * InvalidAnswer: the bytes are not of this schema. InvalidInput: the schema cannot be read. TooLarge: over a bound.
 * Hostile bytes and schemas end in one of them. */
Result<QString> decodeFramed(const RegisteredSchema &schema, const QByteArray &framed);

//! @{ Of the bytes behind the frame's id.
Result<QString> decodeAvro(const RegisteredSchema &schema, const QByteArray &bytes);
Result<QString> decodeProtobuf(const RegisteredSchema &schema, const QByteArray &bytes);
//! @}

} // namespace headgate
