// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/httpexchange.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

constexpr qint64 readAhead = 1024 * 1024; // bytes Qt may hold for us: a body without end must not grow before we look

QString seconds(Milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0, 'g', 3);
}

} // namespace

HttpExchange::HttpExchange(QNetworkReply *reply, Lane lane, qint64 maxBody, const CallOptions &options)
    : m_reply(reply)
    , m_lane(lane)
    , m_maxBody(maxBody)
{
    m_clock.start();
    reply->setReadBufferSize(readAhead);
    connect(reply, &QNetworkReply::readyRead, this, &HttpExchange::readMore);
    connect(reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished);
    connect(reply, &QNetworkReply::socketStartedConnecting, this,
        [this] { m_handshaking = m_reply->url().scheme() == QLatin1String("https"); });
    connect(reply, &QNetworkReply::encrypted, this, [this] { m_handshaking = false; });
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const auto &error : errors) {
            m_certificateFaults << error.errorString();
        }
    });
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    const auto limit = options.deadline;
    connect(&m_deadline, &QTimer::timeout, this, [this, limit] {
        const auto silence = m_handshaking
            ? QStringLiteral("No encrypted connection within %1 s (a port for http:// may stay silent)")
            : QStringLiteral("No complete answer within %1 s");
        giveUp(ErrorKind::DeadlineExceeded, silence.arg(seconds(limit)));
    });
    m_deadline.start(qMax(limit, Milliseconds(0)));
    m_onStop.emplace(options.stop, [this] { // any thread, also inside this constructor: so it is posted
        QMetaObject::invokeMethod(
            this, [this] { giveUp(ErrorKind::Cancelled, QStringLiteral("Cancelled")); }, Qt::QueuedConnection);
    });
}

HttpExchange::~HttpExchange()
{
    m_onStop.reset();
    Q_ASSERT(!m_reply);
}

//! Straight into the body: appending would copy all of it each time it grows, a stall where it has a hundred megabytes.
void HttpExchange::takeBytes()
{
    const auto have = m_body.size();
    m_body.resize(have + m_reply->bytesAvailable());
    const auto got = m_reply->read(m_body.data() + have, m_body.size() - have);
    m_body.resize(have + std::max<qint64>(got, 0));
}

void HttpExchange::readMore()
{
    takeBytes();
    if (m_body.size() > m_maxBody) {
        end(failure({.kind = ErrorKind::TooLarge,
            .message = QStringLiteral("The answer is larger than %1 MB").arg(m_maxBody / (1024 * 1024))}));
    }
}

void HttpExchange::giveUp(ErrorKind kind, const QString &why)
{
    if (!m_result) { // the network thread may have reported the end of the handshake, or of all, already
        QCoreApplication::sendPostedEvents(m_reply, QEvent::MetaCall);
    }
    if (m_result) {
        return;
    }
    if (m_lane == Lane::Write && !surelyNotSent()) {
        end(failure({.kind = ErrorKind::OutcomeUnknown,
            .message = QString(why + QStringLiteral(", and the request may have been sent"))}));
    } else if (m_lane == Lane::Write && kind == ErrorKind::DeadlineExceeded) {
        end(failure({.kind = ErrorKind::Unreachable,
            .message = QString(why + QStringLiteral(": not connected, nothing was sent"))}));
    } else {
        end(failure({.kind = kind, .message = why, .retryable = kind == ErrorKind::DeadlineExceeded}));
    }
}

/*! Qt tells that a request was sent only if it has a body, and never that a connection stands; so what is not proven
 * counts as sent. Proof is an unfinished TLS handshake, or an error that belongs to connecting. */
bool HttpExchange::surelyNotSent() const
{
    const auto error = m_reply->error();
    return m_handshaking || error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError
        || error == QNetworkReply::TimeoutError || error == QNetworkReply::SslHandshakeFailedError;
}

void HttpExchange::replyFinished()
{
    if (!m_result) {
        takeBytes();
        end(answer());
    }
}

bool HttpExchange::isComplete() const
{
    const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const auto error = m_reply->error();
    // From 201 on Qt's codes only translate an HTTP status; below stand faults of the network.
    return status.isValid() && (error == QNetworkReply::NoError || error >= QNetworkReply::ContentAccessDenied)
        && error != QNetworkReply::ProtocolFailure && error != QNetworkReply::ProtocolUnknownError;
}

Result<HttpAnswer> HttpExchange::answer() const
{
    if (!isComplete()) {
        return failure(networkError());
    }
    if (m_body.size() > m_maxBody) {
        return failure({.kind = ErrorKind::TooLarge,
            .message = QStringLiteral("The answer is larger than %1 MB").arg(m_maxBody / (1024 * 1024))});
    }
    return HttpAnswer {.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
        .body = m_body,
        .location = m_reply->rawHeader("Location"),
        .retryAfter = m_reply->rawHeader("Retry-After"),
        .took = Milliseconds(m_clock.elapsed())};
}

Error HttpExchange::tlsError() const
{
    if (!m_certificateFaults.isEmpty()) {
        return {.kind = ErrorKind::TlsFailed,
            .message = QStringLiteral("The server's certificate is not accepted: %1").arg(m_certificateFaults.first()),
            .detail = m_certificateFaults.join(QLatin1Char('\n'))};
    }
    // OpenSSL's words hold no address; they are read to tell a plain port from a refused handshake.
    const auto words = m_reply->errorString();
    if (words.contains(QLatin1String("wrong version number")) || words.contains(QLatin1String("packet length too long"))
        || words.contains(QLatin1String("http request"))) {
        return {.kind = ErrorKind::TlsFailed,
            .message = QStringLiteral("The port does not speak TLS: is the address http:// instead of https://?")};
    }
    return {
        .kind = ErrorKind::TlsFailed, .message = QStringLiteral("The TLS handshake failed"), .detail = words.left(400)};
}

Error HttpExchange::networkError() const
{
    switch (m_reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
        return {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Connection refused"), .retryable = true};
    case QNetworkReply::HostNotFoundError:
        return {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Host name not found"), .retryable = true};
    case QNetworkReply::SslHandshakeFailedError:
        return tlsError();
    default:
        break; // Qt's list is long and grows: what follows holds for the rest of it
    }
    if (m_reply->errorString().contains(QLatin1String("certificate required"))) { // TLS 1.3 tells it after its greeting
        return {.kind = ErrorKind::TlsFailed, .message = QStringLiteral("The server asks for a client certificate")};
    }
    // The number is evidence enough; Qt's text may hold the URL.
    const auto evidence = QStringLiteral("QNetworkReply::NetworkError %1").arg(int(m_reply->error()));
    if (m_lane == Lane::Write && !surelyNotSent()) {
        return {.kind = ErrorKind::OutcomeUnknown,
            .message = QStringLiteral("The connection was lost before the answer was complete"),
            .detail = evidence};
    }
    if (m_reply->error() == QNetworkReply::ProtocolFailure) {
        return {
            .kind = ErrorKind::InvalidAnswer, .message = QStringLiteral("The answer is not HTTP"), .detail = evidence};
    }
    const auto why = surelyNotSent() ? QStringLiteral("Could not connect")
                                     : QStringLiteral("The connection was closed before the answer was complete");
    return {.kind = ErrorKind::Unreachable, .message = why, .detail = evidence, .retryable = true};
}

void HttpExchange::end(Result<HttpAnswer> result)
{
    m_result = std::move(result);
    m_deadline.stop();
    auto *reply = m_reply.data();
    m_reply.clear();
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
    Q_EMIT done();
}

} // namespace headgate
