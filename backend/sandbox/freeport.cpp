// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/freeport.h"

#include <QRandomGenerator>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace headgate {

namespace {

bool canBind(quint16 port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    if (fd >= 0) {
        ::close(fd);
    }
    return bound;
}

} // namespace

Result<quint16> freeLoopbackPort()
{
    // Below the range that the kernel takes for outgoing connections: one of those would hold the port when the child
    // wants it.
    constexpr int tries = 200;
    for (int i = 0; i < tries; ++i) {
        const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(15'000, 32'000));
        if (canBind(port)) {
            return port;
        }
    }
    return failure({.kind = ErrorKind::Internal, .message = QStringLiteral("No free port on 127.0.0.1")});
}

} // namespace headgate
