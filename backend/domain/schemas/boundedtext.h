// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/schemas/schemadecode.h"

#include <nlohmann/json.hpp>

#include <iomanip>
#include <ostream>
#include <streambuf>

namespace headgate {

/*! Keeps what is written up to a bound and refuses the rest: indenting makes hundreds of bytes out of one. */
class BoundedText final : public std::streambuf
{
public:
    const QByteArray &text() const { return m_text; }

protected:
    int_type overflow(int_type c) override
    {
        const char letter = traits_type::to_char_type(c);
        return xsputn(&letter, 1) == 1 ? c : traits_type::eof();
    }
    std::streamsize xsputn(const char *bytes, std::streamsize count) override
    {
        if (m_text.size() + qsizetype(count) > maxDecoded) {
            return 0;
        }
        m_text.append(bytes, qsizetype(count));
        return count;
    }

private:
    QByteArray m_text;
};

//! Indented by two. TooLarge: longer than maxDecoded.
inline Result<QString> boundedJson(const nlohmann::ordered_json &json)
{
    BoundedText buffer;
    std::ostream out(&buffer);
    out << std::setw(2) << json;
    if (!out) {
        return failure({.kind = ErrorKind::TooLarge,
            .message = QStringLiteral("Decoded it has more than %1 MB").arg(maxDecoded / 1024 / 1024)});
    }
    return QString::fromUtf8(buffer.text());
}

} // namespace headgate
