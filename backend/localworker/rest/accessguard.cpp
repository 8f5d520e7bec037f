// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/accessguard.h"

namespace headgate::localworker {

namespace {

HttpResponse forbidden(const QByteArray &why)
{
    return {.status = 403,
        .contentType = "application/json",
        .headers = {},
        .body = R"({"error_code":403,"message":")" + why + R"("})"};
}

//! Takes as long for a wrong first byte as for a wrong last one.
bool sameSecret(const QByteArray &a, const QByteArray &b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b.isEmpty() ? 0 : b[i % b.size()]);
    }
    return difference == 0;
}

} // namespace

AccessGuard::AccessGuard(QByteArray user, QByteArray password)
    : m_expected("Basic " + QByteArray(user + ':' + password).toBase64())
{
}

std::optional<HttpResponse> AccessGuard::judge(const HttpRequest &head) const
{
    if (!isOurHost(head)) {
        return forbidden("Host is not one of this worker's addresses");
    }
    if (head.headerCount("origin") > 0) {
        return forbidden("Requests from web pages are not accepted");
    }
    if (!hasLogin(head)) {
        return HttpResponse {.status = 401,
            .contentType = "text/plain",
            .headers = {{"WWW-Authenticate", "Basic"}},
            .body = "User cannot access the resource."};
    }
    return std::nullopt;
}

bool AccessGuard::isOurHost(const HttpRequest &head) const
{
    if (head.headerCount("host") != 1) {
        return false;
    }
    const auto host = head.header("host")->toLower();
    const QByteArray suffix = ':' + QByteArray::number(head.localPort);
    return host.endsWith(suffix) && m_hosts.contains(host.chopped(suffix.size()));
}

bool AccessGuard::hasLogin(const HttpRequest &head) const
{
    return head.headerCount("authorization") == 1 && sameSecret(*head.header("authorization"), m_expected);
}

} // namespace headgate::localworker
