// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/freeport.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace headgate {

Result<quint16> freeLoopbackPort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr *>(&address), size) == 0
        && ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) == 0;
    if (fd >= 0) {
        ::close(fd);
    }
    if (!bound) {
        return failure({.kind = ErrorKind::Internal, .message = QStringLiteral("No free port on 127.0.0.1")});
    }
    return ntohs(address.sin_port);
}

} // namespace headgate
