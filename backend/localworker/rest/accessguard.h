// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/http/httpmessage.h"

namespace headgate::localworker {

/*! Who may talk to the worker at all; judged on the head, before any body is read.
 *
 * The worker listens on loopback only, yet a web page in the user's browser can reach that: DNS rebinding is stopped by
 * `Host`, cross-site requests by `Origin` (a restart needs no body, so it would not even be preflighted), everything
 * else by the random password. */
class AccessGuard
{
public:
    AccessGuard(QByteArray user, QByteArray password);

    //! A further host name by which this worker may be addressed (only for the explicit unsafe bind).
    void allowHost(const QByteArray &host) { m_hosts.append(host.toLower()); }
    //! The refusal, or nothing. 403 for a foreign Host or any Origin, 401 without the right login.
    std::optional<HttpResponse> judge(const HttpRequest &head) const;

private:
    bool isOurHost(const HttpRequest &head) const;
    bool hasLogin(const HttpRequest &head) const;

    QByteArray m_expected; //!< the whole Authorization value
    QList<QByteArray> m_hosts {"127.0.0.1", "localhost", "[::1]"};
};

} // namespace headgate::localworker
