// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/harness.h"
#include "domain/connectors/connectrequests.h"
#include "support/faultproxy/faultproxy.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;
using fake::FakeConnect;

namespace {

const CallOptions usual {Milliseconds(5000)};

} // namespace

//! TLS with authorities and certificates of one's own, made here by the openssl program.
class ConnectTlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ownAuthorityAndClientCertificate();
    void failoverOverTls();
    void aSlowHandshakeEndsByDeadline();
    void foreignAuthorityIsRefused();
    void wrongHostIsRefused();
    void aMissingClientCertificateIsNamed();
    void tlsOnAPlainPort();
    void tlsOnASilentPort();
    void plainOnATlsPort();
    void filesThatHoldNothingAreNamed();

private:
    QString file(const QString &name) const { return m_folder.filePath(name); }
    void openssl(const QString &arguments);
    void issue(const QString &name, const QString &authority, const QString &extensions);
    fake::FakeOptions served(bool asksForClient) const;

    QTemporaryDir m_folder;
};

void ConnectTlsTest::openssl(const QString &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(u"openssl"_s, arguments.split(u' '));
    QVERIFY2(process.waitForFinished() && process.exitCode() == 0, process.readAllStandardError().constData());
}

void ConnectTlsTest::issue(const QString &name, const QString &authority, const QString &extensions)
{
    QFile conf(file(name + u".cnf"_s));
    QVERIFY(conf.open(QIODevice::WriteOnly));
    conf.write(extensions.toUtf8());
    conf.close();
    openssl(u"req -newkey rsa:2048 -nodes -keyout %1.key -out %1.csr -subj /CN=%1"_s.arg(name));
    openssl(u"x509 -req -in %1.csr -CA %2.pem -CAkey %2.key -CAcreateserial -days 2 -extfile %1.cnf -out %1.pem"_s.arg(
        name, authority));
}

void ConnectTlsTest::initTestCase()
{
    for (const auto &authority : {u"ca"_s, u"foreign"_s}) {
        openssl(u"req -x509 -newkey rsa:2048 -nodes -keyout %1.key -out %1.pem -days 2 -subj /CN=%1"_s.arg(authority));
    }
    issue(u"server"_s, u"ca"_s, u"subjectAltName=IP:127.0.0.1,DNS:localhost\n"_s);
    issue(u"elsewhere"_s, u"ca"_s, u"subjectAltName=DNS:elsewhere.example\n"_s);
    issue(u"client"_s, u"ca"_s, u"extendedKeyUsage=clientAuth\n"_s);
    openssl(u"rsa -aes128 -in client.key -out client-locked.key -passout pass:pw"_s);
}

fake::FakeOptions ConnectTlsTest::served(bool asksForClient) const
{
    fake::FakeOptions options {
        .workers = 2, .certificateFile = file(u"server.pem"_s), .keyFile = file(u"server.key"_s)};
    options.clientCaFile = asksForClient ? file(u"ca.pem"_s) : QString();
    return options;
}

// Rows: N09
void ConnectTlsTest::ownAuthorityAndClientCertificate()
{
    FakeConnect fake(served(true));
    fake.addMany(3, 1);
    ConnectHarness harness(fake.urls());
    harness.config.tls
        = {file(u"ca.pem"_s), file(u"client.pem"_s), file(u"client-locked.key"_s), {u"headgate/test/key"_s}};
    harness.secrets->secrets[harness.config.tls.keyPassword] = "pw";
    const auto statuses = await(harness.client().fetchStatuses(usual));
    QVERIFY2(
        statuses.has_value(), statuses ? "" : qPrintable(QString(statuses.error().message + statuses.error().detail)));
    QCOMPARE(statuses->connectors.size(), size_t(3));
    QVERIFY(await(harness.client().send(pauseRequest(u"connector-00000"_s), usual)).has_value());
    QCOMPARE(await(harness.client().fetchHealth(fake.url(1), usual))->health, WorkerHealth::Healthy);
}

// Rows: N09
void ConnectTlsTest::failoverOverTls()
{
    FakeConnect fake(served(false));
    ConnectHarness harness(fake.urls());
    harness.config.tls.caFile = file(u"ca.pem"_s);
    QVERIFY(await(harness.client().fetchStatuses(usual)).has_value());
    fake.kill(0);
    QCOMPARE(await(harness.client().fetchStatuses(usual)).value().worker,
        QString(u"127.0.0.1:"_s + QString::number(fake.port(1))));
}

//! It goes on, byte by byte, and would be done in minutes. The other worker answers meanwhile.
// Rows: CR-09
void ConnectTlsTest::aSlowHandshakeEndsByDeadline()
{
    FakeConnect fake(served(false));
    fake::FaultProxy proxy(u"127.0.0.1"_s, fake.port(0));
    proxy.setSlices(fake::FaultProxy::Direction::Down, 1, Milliseconds(50));
    const auto slow = QString(u"https://"_s + proxy.endpoint());
    ConnectHarness alone({slow});
    alone.config.tls.caFile = file(u"ca.pem"_s);
    const auto read = await(alone.client().fetchStatuses(within(Milliseconds(500)))).error();
    QCOMPARE(read.kind, ErrorKind::DeadlineExceeded);
    const auto write = await(alone.client().send(pauseRequest(u"a"_s), within(Milliseconds(500)))).error();
    QCOMPARE(write.kind, ErrorKind::Unreachable);
    QVERIFY2(write.message.contains(u"nothing was sent"_s), qPrintable(write.message));
    QVERIFY(proxy.bytes(fake::FaultProxy::Direction::Down) > 0); // it was under way
    QCOMPARE(fake.requests().size(), size_t(0));
}

void ConnectTlsTest::foreignAuthorityIsRefused()
{
    FakeConnect fake(served(false));
    ConnectHarness harness({fake.url()});
    harness.login(u"ops"_s, "secret");
    harness.config.tls.caFile = file(u"foreign.pem"_s);
    const auto error = await(harness.client().fetchStatuses(usual)).error();
    QCOMPARE(error.kind, ErrorKind::TlsFailed);
    QVERIFY2(error.message.contains(u"certificate is not accepted"_s), qPrintable(error.message));
    const auto write = await(harness.client().send(pauseRequest(u"a"_s), usual)).error();
    QCOMPARE(write.kind, ErrorKind::TlsFailed);
    QCOMPARE(fake.requests().size(), size_t(0)); // the login went nowhere
}

void ConnectTlsTest::wrongHostIsRefused()
{
    auto options = served(false);
    options.certificateFile = file(u"elsewhere.pem"_s);
    options.keyFile = file(u"elsewhere.key"_s);
    FakeConnect fake(options);
    ConnectHarness harness({fake.url()});
    harness.config.tls.caFile = file(u"ca.pem"_s);
    const auto error = await(harness.client().fetchStatuses(usual)).error();
    QCOMPARE(error.kind, ErrorKind::TlsFailed);
    QVERIFY2(error.message.contains(u"host"_s), qPrintable(error.message));
    QCOMPARE(fake.requests().size(), size_t(0));
}

void ConnectTlsTest::aMissingClientCertificateIsNamed()
{
    // Not the fake: Qt's server closes without the alert that Java and OpenSSL send.
    quint16 port = 0;
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        port = free.serverPort();
    }
    QProcess server;
    server.setWorkingDirectory(m_folder.path());
    server.start(u"openssl"_s,
        u"s_server -accept 127.0.0.1:%1 -cert server.pem -key server.key -CAfile ca.pem -Verify 1"_s.arg(port).split(
            u' '));
    const auto listens = [port] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        return socket.waitForConnected(1000);
    };
    QTRY_VERIFY(listens());
    ConnectHarness harness({u"https://127.0.0.1:%1"_s.arg(port)});
    harness.config.tls.caFile = file(u"ca.pem"_s);
    const auto error = await(harness.client().fetchStatuses(usual)).error();
    QVERIFY2(error.kind == ErrorKind::TlsFailed, qPrintable(QString(error.message + error.detail)));
    QVERIFY2(error.message.contains(u"client certificate"_s), qPrintable(QString(error.message + error.detail)));
    server.kill();
    server.waitForFinished();
}

// Rows: CR-09
void ConnectTlsTest::tlsOnAPlainPort()
{
    FakeConnect fake;
    ConnectHarness harness({fake.url().replace(u"http:"_s, u"https:"_s)});
    const auto error = await(harness.client().fetchStatuses(usual)).error();
    QCOMPARE(error.kind, ErrorKind::TlsFailed);
    QVERIFY2(error.message.contains(u"does not speak TLS"_s), qPrintable(QString(error.message + error.detail)));
}

//! A plain server may wait for the end of a line that a TLS greeting does not have.
void ConnectTlsTest::tlsOnASilentPort()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ConnectHarness harness({u"https://127.0.0.1:%1"_s.arg(silent.serverPort())});
    const auto error = await(harness.client().fetchStatuses(within(Milliseconds(300)))).error();
    QCOMPARE(error.kind, ErrorKind::DeadlineExceeded);
    QVERIFY2(error.message.contains(u"a port for http:// may stay silent"_s), qPrintable(error.message));
}

void ConnectTlsTest::plainOnATlsPort()
{
    FakeConnect fake(served(false));
    ConnectHarness harness({fake.url().replace(u"https:"_s, u"http:"_s)});
    const auto error = await(harness.client().fetchStatuses(usual)).error();
    QVERIFY2(error.kind == ErrorKind::TlsFailed, qPrintable(QString(error.message + error.detail)));
    QVERIFY2(error.message.contains(u"https://"_s), qPrintable(error.message));
}

void ConnectTlsTest::filesThatHoldNothingAreNamed()
{
    FakeConnect fake(served(true));
    const auto errorWith = [&fake](const TlsConfig &tls) {
        ConnectHarness harness({fake.url()});
        harness.config.tls = tls;
        return await(harness.client().fetchStatuses(usual)).error();
    };
    const auto missing = errorWith({.caFile = file(u"nosuch.pem"_s)});
    QCOMPARE(missing.kind, ErrorKind::InvalidInput);
    QVERIFY(missing.message.contains(u"nosuch.pem"_s));
    const auto noCertificate = errorWith({.caFile = file(u"ca.key"_s)});
    QVERIFY2(noCertificate.message.contains(u"holds no PEM certificate"_s), qPrintable(noCertificate.message));
    const auto locked = errorWith({file(u"ca.pem"_s), file(u"client.pem"_s), file(u"client-locked.key"_s), {}});
    QVERIFY2(locked.message.contains(u"its password is wrong"_s), qPrintable(locked.message));
    QCOMPARE(fake.connections(), 0);
}

QTEST_GUILESS_MAIN(ConnectTlsTest)
#include "tst_connecttls.moc"
