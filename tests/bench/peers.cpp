// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/peers.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace headgate::bench {

namespace {

//! Asks one thing after the other or many at once; Qt keeps six connections a host.
class Asker
{
public:
    explicit Asker(QString url)
        : m_url(std::move(url))
    {
    }
    QByteArray ask(const QString &path)
    {
        auto *reply = send(path);
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        const auto body = reply->readAll();
        delete reply;
        return body;
    }
    int askAll(const QStringList &paths)
    {
        QEventLoop loop;
        int good = 0, open = int(paths.size());
        for (const auto &path : paths) {
            auto *reply = send(path);
            QObject::connect(reply, &QNetworkReply::finished, &loop, [&, reply] {
                good += reply->error() == QNetworkReply::NoError && !reply->readAll().isEmpty() ? 1 : 0;
                reply->deleteLater();
                if (--open == 0) {
                    loop.quit();
                }
            });
        }
        if (open > 0) {
            loop.exec();
        }
        return good;
    }
    int requests() const { return m_requests; }

private:
    QNetworkReply *send(const QString &path)
    {
        ++m_requests;
        QNetworkRequest request(QUrl(QString(m_url + path)));
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        return m_network.get(request);
    }
    QString m_url;
    QNetworkAccessManager m_network;
    int m_requests = 0;
};

QStringList paths(const QStringList &names, const QString &resource)
{
    QStringList all;
    for (const auto &name : names) {
        all << QString(QStringLiteral("/connectors/") + QString::fromLatin1(QUrl::toPercentEncoding(name)) + resource);
    }
    return all;
}

} // namespace

PeerRun askLikeKcctl(const QString &url)
{
    Asker asker(url);
    QElapsedTimer clock;
    clock.start();
    QStringList names;
    for (const auto &name : QJsonDocument::fromJson(asker.ask(QStringLiteral("/connectors"))).array()) {
        names << name.toString();
    }
    int good = 0;
    for (const auto &path : paths(names, QStringLiteral("/status"))) {
        good += asker.ask(path).isEmpty() ? 0 : 1;
    }
    return {double(clock.nsecsElapsed()) / 1e6, asker.requests(), !names.isEmpty() && good == names.size()};
}

PeerRun askLikeKafkaUi(const QString &url)
{
    Asker asker(url);
    QElapsedTimer clock;
    clock.start();
    const auto listing
        = QJsonDocument::fromJson(asker.ask(QStringLiteral("/connectors?expand=status&expand=info"))).object();
    const int good = asker.askAll(paths(listing.keys(), QStringLiteral("/topics")));
    return {double(clock.nsecsElapsed()) / 1e6, asker.requests(), !listing.isEmpty() && good == listing.size()};
}

} // namespace headgate::bench
