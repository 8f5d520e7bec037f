// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/workerurl.h"

#include <QHostAddress>

namespace headgate {

namespace {

tl::unexpected<Error> refused(const QString &why)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = why});
}

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QString hostAndPort(const QUrl &url)
{
    const auto host = url.host().contains(QLatin1Char(':')) ? QString(QLatin1Char('[') + url.host() + QLatin1Char(']'))
                                                            : url.host();
    return host + QLatin1Char(':') + QString::number(url.port(url.scheme() == QLatin1String("https") ? 443 : 80));
}

} // namespace

Result<WorkerUrl> parseWorkerUrl(const QString &text, bool withCredentials)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool secure = url.scheme() == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || (!secure && url.scheme() != QLatin1String("http"))) {
        return refused(QStringLiteral("A worker's address reads http://host:port or https://host:port"));
    }
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
        return refused(
            QStringLiteral("A worker's address holds no login and no token: give them as user and password"));
    }
    const bool loopback = isLoopback(url.host());
    if (withCredentials && !secure && !loopback) {
        return refused(QStringLiteral("A login is not sent over plain http to %1: use https").arg(hostAndPort(url)));
    }
    auto base = url.toEncoded(QUrl::FullyEncoded);
    while (base.endsWith('/')) {
        base.chop(1);
    }
    return WorkerUrl {base, hostAndPort(url), secure, loopback};
}

Result<QUrl> WorkerUrl::resource(const QByteArray &path) const
{
    const QByteArray wanted = base + path;
    const auto url = QUrl::fromEncoded(wanted, QUrl::StrictMode);
    if (!url.isValid() || url.toEncoded(QUrl::FullyEncoded) != wanted) {
        return refused(QStringLiteral("No URL can address this name, so nothing was sent"));
    }
    return url;
}

} // namespace headgate
