// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connecterror.h"

#include "clients/connect/jsontape.h"
#include "domain/connectors/connectrequests.h"
#include "domain/connectors/secrets.h"

#include <QUrl>

namespace headgate {

namespace {

//! What the body says, whoever wrote it.
struct Said
{
    bool byConnect = false; //!< {"error_code": int, "message": ...}
    bool byJetty = false;   //!< Jetty's own words: nothing of Connect was asked yet
    bool isHtml = false;
    bool refusesPath = false; //!< the web server itself, because of a character in the name (Jetty 12)
    QString message;          //!< one sentence, redacted, plain text
    QString detail;           //!< the whole, bounded
};

QString plain(QString text, qsizetype limit)
{
    text = redacted(text.left(limit * 2)).left(limit);
    for (auto &c : text) {
        const bool kept = c.isPrint() || c == QLatin1Char('\n') || c == QLatin1Char('\t') || c.isSurrogate();
        c = kept ? c : QLatin1Char(' ');
    }
    return text.trimmed();
}

bool looksLikeHtml(const QByteArray &body)
{
    const auto start = body.left(200).trimmed().toLower();
    return start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<h1>");
}

Said readBody(const QByteArray &body, CallKind call)
{
    Said said;
    said.detail = plain(QString::fromUtf8(body.left(16'000)), 4000);
    said.isHtml = looksLikeHtml(body);
    const auto tape = JsonTape::parse(body);
    const auto root = tape ? tape->root() : JsonView();
    said.byConnect = root["error_code"].integer().has_value();
    // Jetty writes the status as a string, and its HTML page names itself; a starting worker answers PUT with nothing
    // at all. To a read nothing at all is what some other service says.
    said.byJetty = root["status"].isString() || (body.isEmpty() && call == CallKind::Write)
        || (said.isHtml && (body.contains("Jetty") || body.contains("HTTP ERROR")));
    said.refusesPath = said.isHtml && (body.contains("Ambiguous URI") || body.contains("Suspicious Path Character"));
    said.message = plain(root["message"].text(), 2000);
    if (said.message.isEmpty() && !root && !said.isHtml) {
        said.message = said.detail.section(QLatin1Char('\n'), 0, 0).left(300);
    }
    return said;
}

bool says(const Said &said, QLatin1String words)
{
    return said.message.contains(words, Qt::CaseInsensitive);
}

bool passesByItself(const Said &said)
{
    return says(said, QLatin1String("rebalance")) || says(said, QLatin1String("stale configuration"))
        || says(said, QLatin1String("no known leader")) || says(said, QLatin1String("can be safely retried"));
}

ErrorKind kindOf404(const Said &said)
{
    if (said.byConnect) {
        return says(said, QLatin1String("HTTP 404 Not Found")) ? ErrorKind::NotSupported : ErrorKind::NotFound;
    }
    return said.byJetty ? ErrorKind::Starting : ErrorKind::InvalidAnswer;
}

ErrorKind kindOf500(const Said &said, CallKind call)
{
    const bool write = call == CallKind::Write;
    if (says(said, QLatin1String("Request timed out"))) {
        return write ? ErrorKind::OutcomeUnknown : ErrorKind::DeadlineExceeded;
    }
    if (says(said, QLatin1String("IO Error trying to forward REST request"))) {
        // Refused: the leader never got it. Any other break of that connection leaves a write open.
        const bool neverSent
            = says(said, QLatin1String("ConnectException")) || says(said, QLatin1String("Connection refused"));
        return write && !neverSent ? ErrorKind::OutcomeUnknown : ErrorKind::Rebalancing;
    }
    if (write && says(said, QLatin1String("Error writing target state to Kafka"))) {
        return ErrorKind::OutcomeUnknown; // the producer may still deliver it when the broker comes back
    }
    if (passesByItself(said)) {
        return ErrorKind::Rebalancing;
    }
    return says(said, QLatin1String("Failed to find any class that implements")) ? ErrorKind::Refused
                                                                                 : ErrorKind::ServerFailed;
}

ErrorKind kindOf(int status, const Said &said, CallKind call)
{
    if (said.refusesPath && status == 400) {
        return ErrorKind::Refused;
    }
    if (status >= 300 && status < 400) {
        return ErrorKind::Redirected;
    }
    switch (status) {
    case 401:
    case 407:
        return ErrorKind::AuthenticationFailed;
    case 403:
        return says(said, QLatin1String("Topic tracking")) ? ErrorKind::NotSupported : ErrorKind::NotPermitted;
    case 404:
        return kindOf404(said);
    case 405:
    case 501:
        return ErrorKind::NotSupported;
    case 408:
        return call == CallKind::Write ? ErrorKind::OutcomeUnknown : ErrorKind::DeadlineExceeded;
    case 409:
        return passesByItself(said) ? ErrorKind::Rebalancing : ErrorKind::Conflict;
    case 413:
    case 414:
    case 431:
        return ErrorKind::TooLarge;
    case 500:
        return kindOf500(said, call);
    case 502: // a proxy lost the worker while it waited
    case 504:
        return call == CallKind::Write ? ErrorKind::OutcomeUnknown : ErrorKind::ServerFailed;
    case 503:
        return ErrorKind::ServerFailed;
    default:
        break;
    }
    if (status >= 400) {
        return status >= 500 ? ErrorKind::ServerFailed : ErrorKind::Refused;
    }
    return ErrorKind::InvalidAnswer;
}

QString redirectTarget(const QByteArray &location)
{
    const auto url = QUrl::fromEncoded(location);
    return plain(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment), 300);
}

QString fallbackMessage(ErrorKind kind, int status, const Said &said, const QByteArray &location)
{
    if (kind == ErrorKind::Redirected) {
        return QStringLiteral("The redirect to %1 is not followed").arg(redirectTarget(location));
    }
    if (kind == ErrorKind::Starting) {
        return QStringLiteral("The worker is starting: it does not serve Connect's resources yet");
    }
    if (kind == ErrorKind::AuthenticationFailed) {
        return QStringLiteral("HTTP %1").arg(status);
    }
    if (status == 502 || status == 503 || status == 504) {
        return QStringLiteral("HTTP %1: a proxy in between may have got no answer of the worker").arg(status);
    }
    if (said.refusesPath) {
        return unaddressableText();
    }
    if (said.isHtml) {
        return QStringLiteral("HTTP %1 with an HTML page: this address may not be a Connect worker's").arg(status);
    }
    return QStringLiteral("HTTP %1 without an explanation").arg(status);
}

bool isRetryable(ErrorKind kind, int status)
{
    return kind == ErrorKind::Rebalancing || kind == ErrorKind::Starting || kind == ErrorKind::DeadlineExceeded
        || kind == ErrorKind::ServerFailed || status == 429;
}

} // namespace

Error connectError(int status, const QByteArray &body, const QByteArray &location, CallKind call)
{
    const auto said = readBody(body, call);
    const auto kind = kindOf(status, said, call);
    // Who refuses a login may repeat what was sent: such words are neither shown nor kept.
    const bool refusedLogin = kind == ErrorKind::AuthenticationFailed;
    const bool ownWords
        = said.message.isEmpty() || kind == ErrorKind::Redirected || kind == ErrorKind::Starting || refusedLogin;
    return {.kind = kind,
        .message = ownWords ? fallbackMessage(kind, status, said, location) : said.message,
        .detail = refusedLogin ? QString() : said.detail,
        .code = status,
        .retryable = isRetryable(kind, status)};
}

bool mayAskAnotherWorker(const Error &error)
{
    if (error.kind == ErrorKind::DeadlineExceeded && error.code != 0) {
        return false; // the herder is stuck, and it is the same one behind every worker: queue no more work there
    }
    switch (error.kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::TlsFailed:
    case ErrorKind::DeadlineExceeded:
    case ErrorKind::Starting:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::TooLarge:
    case ErrorKind::Redirected:
    case ErrorKind::ServerFailed:
        return true;
    case ErrorKind::Cancelled:
    case ErrorKind::AuthenticationFailed: // asking on would only count as further failed logins
    case ErrorKind::NotPermitted:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rebalancing:
    case ErrorKind::NotSupported:
    case ErrorKind::InvalidInput:
    case ErrorKind::Refused:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::Locked:
    case ErrorKind::StorageFailed:
    case ErrorKind::SecretsUnavailable:
    case ErrorKind::ModeForbids:
    case ErrorKind::Internal:
        return false;
    }
    return false;
}

} // namespace headgate
