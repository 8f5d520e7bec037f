// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/oneshotbody.h"

#include <cstring>

namespace headgate {

OneShotBody::OneShotBody(QByteArray content, QObject *parent)
    : QIODevice(parent)
    , m_content(std::move(content))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::readData(char *data, qint64 maxSize)
{
    const auto size = qMin(maxSize, m_content.size() - m_read);
    if (size <= 0) {
        return -1; // the end, for ever
    }
    std::memcpy(data, m_content.constData() + m_read, size_t(size));
    m_read += size;
    return size;
}

} // namespace headgate
