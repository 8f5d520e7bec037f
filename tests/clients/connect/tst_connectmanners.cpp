// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/harness.h"
#include "domain/connectors/connectrequests.h"
#include "support/fakes/fakeclock.h"

#include <QLoggingCategory>
#include <QTest>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;
using fake::FakeConnect;
using fake::Fault;

namespace {

const auto name = u"connector-00000"_s;
const CallOptions usual {Milliseconds(5000)};

} // namespace

//! What the client never does: follow redirects, show or spill logins, press a host.
class ConnectMannersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redirectsAreNotFollowed_data();
    void redirectsAreNotFollowed();
    void pollingStaysUnderTheCap();
    void anOverloadedHostIsLeftAlone();
    void loginsInAddressesNeverShow();
    void noLoginOverPlainHttp_data();
    void noLoginOverPlainHttp();
    void wrongAddressesAreToldApart();
};

void ConnectMannersTest::redirectsAreNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d", status) << status;
    }
}

// Rows: CR-14, CR-15
void ConnectMannersTest::redirectsAreNotFollowed()
{
    QFETCH(int, status);
    FakeConnect elsewhere;
    FakeConnect fake({.user = u"ops"_s, .password = u"canary-password"_s});
    const auto location = QString(elsewhere.url() + u"/connectors?token=canary-token"_s);
    fake.script({.status = status, .location = location.toUtf8()});
    ConnectHarness harness(fake.urls());
    harness.login(u"ops"_s, "canary-password");
    const auto read = await(harness.client().fetchStatuses(usual));
    QCOMPARE(read.error().kind, ErrorKind::Redirected);
    QVERIFY(read.error().message.contains(elsewhere.url()));
    QVERIFY(!read.error().message.contains(u"canary"_s));
    for (const auto &request :
        {pauseRequest(name), deleteRequest(name), RestRequest {"PATCH", "/connectors/a/config", "{}"}}) {
        const auto write = await(harness.client().send(request, usual));
        QCOMPARE(write.error().kind, ErrorKind::Redirected);
        QCOMPARE(write.error().code, status);
    }
    QCOMPARE(fake.requests().size(), size_t(4)); // and no GET in place of a write
    QCOMPARE(elsewhere.connections(), 0);
}

// Rows: UX-03
void ConnectMannersTest::pollingStaysUnderTheCap()
{
    FakeConnect fake;
    auto clock = std::make_shared<FakeClock>();
    const auto begin = clock->monotonic();
    std::vector<std::unique_ptr<ConnectHarness>> contexts; // five of them on one host
    int answered = 0;
    for (int i = 0; i < 5; ++i) {
        contexts.push_back(std::make_unique<ConnectHarness>(fake.urls(), clock));
        for (int j = 0; j < 80; ++j) {
            contexts.back()->client().fetchNames(within(Milliseconds(60'000))).then([&answered](auto) { ++answered; });
        }
    }
    QTRY_COMPARE(answered, 100); // the burst, while the clock stands still
    QCOMPARE(clock->sleeping(), 300);
    QTRY_VERIFY_WITH_TIMEOUT((clock->advance(Milliseconds(100)), answered == 400), 30'000);
    QVERIFY(clock->monotonic() - begin >= Milliseconds(300 * 1000 / 50)); // 50 a second, together
    QCOMPARE(fake.requests().size(), size_t(400));
}

// Rows: UX-03, CR-17
void ConnectMannersTest::anOverloadedHostIsLeftAlone()
{
    FakeConnect fake;
    fake.script({.times = 1, .status = 503});
    auto clock = std::make_shared<FakeClock>();
    ConnectHarness harness(fake.urls(), clock);
    QCOMPARE(await(harness.client().fetchNames(usual)).error().kind, ErrorKind::ServerFailed);
    const auto early = await(harness.client().fetchNames(within(Milliseconds(50)))); // shorter than the pause
    QCOMPARE(early.error().kind, ErrorKind::DeadlineExceeded);
    QCOMPARE(fake.requests().size(), size_t(1));
    clock->advance(Milliseconds(500));
    QVERIFY(await(harness.client().fetchNames(usual)).has_value());
}

// Rows: SE-04
void ConnectMannersTest::loginsInAddressesNeverShow()
{
    static QStringList logged;
    logged.clear();
    QLoggingCategory::setFilterRules(u"headgate.*=true\nqt.network.*=true"_s);
    const auto before
        = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) { logged << text; });
    QStringList shown;
    for (const auto &address : {u"http://user:canary@127.0.0.1:1"_s, u"https://127.0.0.1:1/?token=canary"_s,
             u"http://canary@h:1"_s, u"ftp://user:canary@h"_s, u"http://user:canary@[bad"_s, u"http://h:1#canary"_s}) {
        ConnectHarness harness({address});
        const auto error = await(harness.client().fetchStatuses(usual)).error();
        const auto write = await(harness.client().send(pauseRequest(name), usual)).error();
        shown << error.message << error.target << error.detail << error.request << write.message << write.target
              << write.detail << harness.client().workerUrls();
        shown << QString::number(int(error.kind) == int(ErrorKind::InvalidInput));
    }
    {
        FakeConnect fake({.user = u"ops"_s, .password = u"canary"_s});
        ConnectHarness harness({fake.url(), u"http://127.0.0.1:1"_s});
        harness.login(u"ops"_s, "canary");
        fake.script({.fault = Fault::CloseAfterRequest});
        const auto error = await(harness.client().fetchStatuses(usual)).error();
        shown << error.message << error.target << error.detail << error.request;
        QVERIFY(fake.requests().front().headers.value("authorization").startsWith("Basic"));
    }
    qInstallMessageHandler(before);
    QVERIFY(!logged.join(u'\n').contains(u"canary"_s));
    QVERIFY(!logged.join(u'\n').contains(QString::fromLatin1(QByteArray("ops:canary").toBase64())));
    QVERIFY2(!shown.join(u'\n').contains(u"canary"_s), qPrintable(shown.join(u'\n')));
    QVERIFY(!shown.contains(u"0"_s));
}

void ConnectMannersTest::noLoginOverPlainHttp_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("asked");
    QTest::newRow("another machine") << u"http://connect.invalid:8083"_s << false;
    QTest::newRow("its address") << u"http://10.1.2.3:8083"_s << false;
    QTest::newRow("loopback") << u"http://127.0.0.1:1"_s << true;
    QTest::newRow("loopback, 6") << u"http://[::1]:1"_s << true;
    QTest::newRow("localhost") << u"http://localhost:1"_s << true;
    QTest::newRow("a name like it") << u"http://localhost.invalid:1"_s << false;
}

// Rows: SE-12
void ConnectMannersTest::noLoginOverPlainHttp()
{
    QFETCH(QString, address);
    QFETCH(bool, asked);
    ConnectHarness harness({address});
    harness.login(u"ops"_s, "secret");
    const auto error = await(harness.client().fetchStatuses(usual)).error();
    QCOMPARE(error.kind, asked ? ErrorKind::Unreachable : ErrorKind::InvalidInput);
    QVERIFY(asked || error.message.contains(u"use https"_s));
}

void ConnectMannersTest::wrongAddressesAreToldApart()
{
    FakeConnect fake;
    fake.kill(0);
    const auto errorAt = [](const QString &address) {
        ConnectHarness harness({address});
        return await(harness.client().fetchServerInfo(usual)).error();
    };
    QCOMPARE(errorAt(fake.url()).message, u"Connection refused"_s);
    QCOMPARE(errorAt(u"http://nosuch.invalid:8083"_s).message, u"Host name not found"_s);
    QCOMPARE(errorAt(u"connect:8083"_s).kind, ErrorKind::InvalidInput);
    QCOMPARE(errorAt(u""_s).kind, ErrorKind::InvalidInput);
    ConnectHarness none(QStringList {});
    QCOMPARE(await(none.client().fetchServerInfo(usual)).error().message, u"No worker address is configured"_s);
}

QTEST_GUILESS_MAIN(ConnectMannersTest)
#include "tst_connectmanners.moc"
