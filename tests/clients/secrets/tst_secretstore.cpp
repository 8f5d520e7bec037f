// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/secrets/libsecretstore.h"
#include "clients/secrets/sessionsecrets.h"

#include <QCoroTask>
#include <QDirIterator>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {
bool keyringIsThere()
{
    return qEnvironmentVariableIsSet("HEADGATE_TEST_KEYRING");
}
}

//! Runs twice: with a real keyring on a private bus, and without a bus.
class tst_SecretStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWhatIsThere();
    void openedAtTheFirstCall();
    void keepsAndForgets_data();
    void keepsAndForgets();
    void survivesTheStoreObject();
    void isInNoFile();
    void withoutServiceSaysSo();
    void stopEndsACall();
};

// Rows: UX-15
void tst_SecretStore::opensWhatIsThere()
{
    // The daemon of the private bus may still be starting: only then is more than the product's 300 ms given.
    const auto store = QCoro::waitFor(keyringIsThere() ? openSecretStore(20s) : openSecretStore());
    QVERIFY(store);
    QCOMPARE((*store)->isPersistent(), keyringIsThere());
}

void tst_SecretStore::openedAtTheFirstCall()
{
    const auto secrets = makeDesktopSecrets();
    const SecretRef ref {QStringLiteral("headgate/x/first")};
    auto stored = secrets->store(ref, QStringLiteral("x"), "first", {});
    auto found = secrets->lookup({QStringLiteral("headgate/x/none")}, {}); // while it opens
    QVERIFY(QCoro::waitFor(stored));
    QCOMPARE(QCoro::waitFor(found).error().kind, ErrorKind::NotFound);
    QCOMPARE(QCoro::waitFor(secrets->lookup(ref, {})).value(), QByteArray("first"));
    QCOMPARE(secrets->isPersistent(), keyringIsThere());
    QVERIFY(QCoro::waitFor(secrets->remove(ref, {})));
}

void tst_SecretStore::keepsAndForgets_data()
{
    QTest::addColumn<bool>("keyring");
    QTest::newRow("memory") << false;
    if (keyringIsThere()) {
        QTest::newRow("keyring") << true;
    }
}

void tst_SecretStore::keepsAndForgets()
{
    QFETCH(bool, keyring);
    const std::shared_ptr<SecretStore> store = keyring ? makeLibsecretStore() : std::make_shared<SessionSecrets>();
    const SecretRef ref {QStringLiteral("headgate/eu-prod/kafka-password")};
    const SecretRef other {QStringLiteral("headgate/eu-prod/connect-password")};
    const auto secret = QByteArray("p\u00e4ss w\u00f6rd '\"\\ \u2028");

    QCOMPARE(QCoro::waitFor(store->lookup(ref, {})).error().kind, ErrorKind::NotFound);
    const auto stored = QCoro::waitFor(store->store(ref, QStringLiteral("Headgate: Kafka of eu-prod"), secret, {}));
    QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().message));
    QCOMPARE(QCoro::waitFor(store->lookup(ref, {})).value(), secret);
    QCOMPARE(QCoro::waitFor(store->lookup(other, {})).error().kind, ErrorKind::NotFound);
    QVERIFY(QCoro::waitFor(store->store(ref, QStringLiteral("Headgate: Kafka of eu-prod"), "changed", {})));
    QCOMPARE(QCoro::waitFor(store->lookup(ref, {})).value(), QByteArray("changed"));
    QVERIFY(QCoro::waitFor(store->remove(ref, {})));
    QVERIFY(QCoro::waitFor(store->remove(ref, {}))); // nothing there: nothing to do
    QCOMPARE(QCoro::waitFor(store->lookup(ref, {})).error().kind, ErrorKind::NotFound);
}

void tst_SecretStore::survivesTheStoreObject()
{
    if (!keyringIsThere()) {
        QSKIP("needs a keyring: see tst_secretstore_keyring");
    }
    const SecretRef ref {QStringLiteral("headgate/x/y")};
    QVERIFY(QCoro::waitFor(makeLibsecretStore()->store(ref, QStringLiteral("x"), "kept", {})));
    QCOMPARE(QCoro::waitFor(makeLibsecretStore()->lookup(ref, {})).value(), QByteArray("kept"));
    QVERIFY(QCoro::waitFor(makeLibsecretStore()->remove(ref, {})));
}

//! Neither store leaves the secret in a file as it is.
void tst_SecretStore::isInNoFile()
{
    if (!keyringIsThere()) {
        QSKIP("needs a home directory of its own: see tst_secretstore_keyring");
    }
    const SecretRef ref {QStringLiteral("headgate/x/canary")};
    SessionSecrets memory;
    QVERIFY(QCoro::waitFor(memory.store(ref, QStringLiteral("x"), "canary-4711", {})));
    QVERIFY(QCoro::waitFor(makeLibsecretStore()->store(ref, QStringLiteral("x"), "canary-4711", {})));
    int files = 0;
    QDirIterator all(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("canary-4711"), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files > 0); // the keyring's own file at least
    QVERIFY(QCoro::waitFor(makeLibsecretStore()->remove(ref, {})));
}

void tst_SecretStore::withoutServiceSaysSo()
{
    if (keyringIsThere()) {
        QSKIP("there is a keyring");
    }
    const auto store = makeLibsecretStore();
    const auto found = QCoro::waitFor(store->lookup({QStringLiteral("headgate/x/y")}, {}));
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::SecretsUnavailable);
    QVERIFY(!found.error().message.isEmpty());
    const auto stored
        = QCoro::waitFor(store->store({QStringLiteral("headgate/x/y")}, QStringLiteral("x"), "canary", {}));
    QVERIFY(!stored);
    QVERIFY(!stored.error().message.contains(QStringLiteral("canary")));
}

void tst_SecretStore::stopEndsACall()
{
    std::stop_source stop;
    stop.request_stop();
    const auto found
        = QCoro::waitFor(makeLibsecretStore()->lookup({QStringLiteral("headgate/x/y")}, {.stop = stop.get_token()}));
    QVERIFY(!found);
}

QTEST_GUILESS_MAIN(tst_SecretStore)
#include "tst_secretstore.moc"
