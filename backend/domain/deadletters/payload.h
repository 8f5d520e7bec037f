// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace headgate {

enum class PayloadForm {
    Null, //!< a tombstone
    Empty,
    Json,
    Text,     //!< UTF-8 without control characters
    Registry, //!< Confluent's frame: a zero byte and a schema id
    Bytes,
};

/*! A record's key or value as it can be shown: at most `maxShown` bytes of it are looked at, so that a record of 10 MB
 * costs no more than a small one. */
struct Payload
{
    static constexpr qsizetype maxShown = 64 * 1024;

    PayloadForm form = PayloadForm::Null;
    QString text;                       //!< as JSON indented, as text, else empty
    QString hex;                        //!< 16 bytes a line with their offsets and letters
    std::optional<std::int32_t> schema; //!< id, in a registry's frame
    qint64 bytes = 0;
    bool cut = false; //!< there is more than is shown

    bool operator==(const Payload &) const = default;
};
//! Pure.
Payload payloadOf(const std::optional<QByteArray> &bytes);

} // namespace headgate
