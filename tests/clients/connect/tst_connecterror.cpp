// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connecterror.h"

#include <QTest>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;

//! What Connect, Jetty and proxies answer, and what it means for a read and for a write. Texts as real workers wrote
//! them.
class ConnectErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreUnderstood_data();
    void answersAreUnderstood();
    void messagesAreTheirWords();
    void htmlAndNoiseBecomeOneSentence();
    void redirectsNameTheTargetWithoutItsSecrets();
    void hostileTextIsPlainAndBounded();
};

namespace {

QByteArray said(int code, const char *message)
{
    return R"({"error_code":)" + QByteArray::number(code) + R"(,"message":")" + message + "\"}";
}

} // namespace

void ConnectErrorTest::answersAreUnderstood_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("read");
    QTest::addColumn<ErrorKind>("write");
    const auto row = [](const char *tag, int status, const QByteArray &body, ErrorKind read, ErrorKind write) {
        QTest::newRow(tag) << status << body << read << write;
    };
    const auto same = [&row](const char *tag, int status, const QByteArray &body, ErrorKind kind) {
        row(tag, status, body, kind, kind);
    };
    const QByteArray jettyPage
        = "<html><head><title>Error 404 Not Found</title></head><body><h2>HTTP ERROR 404 Not Found</h2></body></html>";
    const QByteArray nginxPage
        = "<html>\n<head><title>404 Not Found</title></head>\n<body><center>nginx</center></body></html>";

    same("no such connector", 404, said(404, "Connector x not found"), ErrorKind::NotFound);
    same("no status yet", 404, said(404, "No status found for connector x"), ErrorKind::NotFound);
    same("no such resource", 404, said(404, "HTTP 404 Not Found"), ErrorKind::NotSupported);
    same("starting, JSON by Jetty", 404, R"({"message":"Not Found","url":"http://w:8083/","status":"404"})",
        ErrorKind::Starting);
    same("starting, page by Jetty", 404, jettyPage, ErrorKind::Starting);
    row("starting, PUT has no body", 404, {}, ErrorKind::InvalidAnswer, ErrorKind::Starting);
    same("somebody else's page", 404, nginxPage, ErrorKind::InvalidAnswer);
    same("a name that Jetty 12 has no path for", 400,
        "<html><title>Error 400 Ambiguous URI path separator</title><body><h2>HTTP ERROR 400 Ambiguous URI path "
        "separator</h2></body></html>",
        ErrorKind::Refused);
    same("method unknown", 405, said(405, "HTTP 405 Method Not Allowed"), ErrorKind::NotSupported);
    same("name exists", 409, said(409, "Connector x already exists"), ErrorKind::Conflict);
    same("rebalance", 409,
        said(409, "Cannot complete request because of a conflicting operation (e.g. worker rebalance)"),
        ErrorKind::Rebalancing);
    same("stale config", 409,
        said(409,
            "Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config "
            "change)"),
        ErrorKind::Rebalancing);
    same("no leader", 409,
        said(409,
            "Cannot complete request momentarily due to no known leader URL, likely because a rebalance was underway."),
        ErrorKind::Rebalancing);
    same("500 that is a rebalance", 500, said(500, "Request cannot be completed because a rebalance is expected"),
        ErrorKind::Rebalancing);
    same("leader gone", 500,
        said(500, "IO Error trying to forward REST request: java.net.ConnectException: Connection refused"),
        ErrorKind::Rebalancing);
    row("leader lost midway", 500,
        said(500, "IO Error trying to forward REST request: java.util.concurrent.TimeoutException"),
        ErrorKind::Rebalancing, ErrorKind::OutcomeUnknown);
    row("herder stuck", 500,
        said(500,
            "Request timed out. The worker is currently flushing updates to the status topic, which began at "
            "2026-03-10T09:31:07.412Z."),
        ErrorKind::DeadlineExceeded, ErrorKind::OutcomeUnknown);
    row("target state may still come", 500, said(500, "Error writing target state to Kafka"), ErrorKind::ServerFailed,
        ErrorKind::OutcomeUnknown);
    same("transient write to the config topic", 500,
        said(500,
            "Failed to write to config topic; this may be due to a transient error and the request can be safely "
            "retried"),
        ErrorKind::Rebalancing);
    same("unknown class, 3.9", 500,
        said(500, "Failed to find any class that implements Connector and which name matches X"), ErrorKind::Refused);
    same("Java exception", 500, said(500, "Cannot invoke because null"), ErrorKind::ServerFailed);
    same("bad config", 400,
        said(400, "Connector configuration is invalid and contains the following 1 error(s):\\nMissing"),
        ErrorKind::Refused);
    same("login, plain text", 401, "User cannot access the resource.", ErrorKind::AuthenticationFailed);
    same("not allowed", 403, said(403, "Internal request missing"), ErrorKind::NotPermitted);
    same("topic tracking off", 403, said(403, "Topic tracking is disabled."), ErrorKind::NotSupported);
    same("too many requests", 429, {}, ErrorKind::Refused);
    same("redirect", 307, {}, ErrorKind::Redirected);
    row("proxy lost the worker", 502, "<html>Bad Gateway</html>", ErrorKind::ServerFailed, ErrorKind::OutcomeUnknown);
    row("proxy gave up waiting", 504, {}, ErrorKind::ServerFailed, ErrorKind::OutcomeUnknown);
    same("no worker behind the proxy", 503, {}, ErrorKind::ServerFailed);
    same("status of no meaning", 999, {}, ErrorKind::ServerFailed);
}

// Rows: A05, CR-03, CR-04, CR-05, CR-06
void ConnectErrorTest::answersAreUnderstood()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QTEST(connectError(status, body, {}, CallKind::Read).kind, "read");
    QTEST(connectError(status, body, {}, CallKind::Write).kind, "write");
    QCOMPARE(connectError(status, body, {}, CallKind::Read).code, status);
}

void ConnectErrorTest::messagesAreTheirWords()
{
    const auto stuck
        = connectError(500, said(500, "Request timed out. The worker is currently ensuring membership in the cluster"),
            {}, CallKind::Write);
    QVERIFY(stuck.message.contains(u"ensuring membership in the cluster"_s));
    QVERIFY(!stuck.retryable); // it may still happen
    QVERIFY(connectError(409, said(409, "(e.g. worker rebalance)"), {}, CallKind::Read).retryable);
    QVERIFY(!connectError(400, said(400, "no"), {}, CallKind::Read).retryable);
}

void ConnectErrorTest::htmlAndNoiseBecomeOneSentence()
{
    const auto page = connectError(404, "<!DOCTYPE html><html><h1>Welcome</h1>", {}, CallKind::Read);
    QVERIFY(page.message.contains(u"may not be a Connect worker's"_s));
    QVERIFY(!page.message.contains(u'<'));
    const auto name
        = connectError(400, "<html><title>Error 400 Suspicious Path Character</title></html>", {}, CallKind::Read);
    QVERIFY(name.message.contains(u"takes no "_s) && name.message.contains(u"Connect 3"_s));
    QCOMPARE(
        connectError(500, "{\"error_code\":500}", {}, CallKind::Read).message, u"HTTP 500 without an explanation"_s);
}

// Rows: CR-14, SE-04
void ConnectErrorTest::redirectsNameTheTargetWithoutItsSecrets()
{
    const auto error
        = connectError(302, {}, "https://user:canary@login.example:444/start?token=canary#canary", CallKind::Read);
    QVERIFY(error.message.contains(u"https://login.example:444/start"_s));
    QVERIFY(!QString(error.message + error.detail).contains(u"canary"_s));
}

// Rows: UI-01
void ConnectErrorTest::hostileTextIsPlainAndBounded()
{
    const auto long_
        = connectError(500, said(500, QByteArray("x").repeated(3'000'000).constData()), {}, CallKind::Read);
    QVERIFY(long_.message.size() <= 2000);
    QVERIFY(long_.detail.size() <= 4000);
    const auto secret = connectError(
        400, said(400, "Connector config {name=a, password=hunter2} contains no connector type"), {}, CallKind::Read);
    QVERIFY2(!QString(secret.message + secret.detail).contains(u"hunter2"_s), qPrintable(secret.message));
    const auto control = connectError(500, said(500, "a\\u001b[31mb\\u0007"), {}, CallKind::Read);
    QCOMPARE(control.message, u"a [31mb"_s);
}

QTEST_GUILESS_MAIN(ConnectErrorTest)
#include "tst_connecterror.moc"
