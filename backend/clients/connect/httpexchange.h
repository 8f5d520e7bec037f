// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/httpclient.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QSslError>
#include <QTimer>

#include <optional>
#include <stop_token>

namespace headgate {

/*! One request and its answer, from sending to the last byte or to the fault that ended it. Lives in the frame of
 * HttpClient::exchange() on the GUI thread; owns the reply. Ends exactly once, with done(). */
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    HttpExchange(QNetworkReply *reply, Lane lane, qint64 maxBody, const CallOptions &options);
    ~HttpExchange() override;

    Result<HttpAnswer> takeResult() { return std::move(*m_result); }

Q_SIGNALS:
    void done();

private:
    void takeBytes();
    void readMore();
    void replyFinished();
    void end(Result<HttpAnswer> result);
    void giveUp(ErrorKind kind, const QString &why);
    Result<HttpAnswer> answer() const;
    Error networkError() const;
    Error tlsError() const;
    bool isComplete() const;
    bool surelyNotSent() const;

    QPointer<QNetworkReply> m_reply;
    const Lane m_lane;
    const qint64 m_maxBody;
    QByteArray m_body;
    QStringList m_certificateFaults;
    bool m_handshaking = false; // connecting for TLS: nothing of the request can have left
    QElapsedTimer m_clock;
    QTimer m_deadline;
    std::optional<Result<HttpAnswer>> m_result;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop; // last: gone before the rest
};

} // namespace headgate
