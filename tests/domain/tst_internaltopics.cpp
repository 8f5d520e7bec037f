// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/internaltopics.h"

#include <QTest>

using namespace headgate;

namespace {

Record record(const char *key, const char *value, std::int64_t ms = 1000)
{
    Record made {.timestamp = Instant(Milliseconds(ms)), .key = QByteArray(key)};
    if (value) {
        made.value = QByteArray(value);
    }
    return made;
}

} // namespace

class tst_InternalTopics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statusKeys_data();
    void statusKeys();
    void configKeys_data();
    void configKeys();
    void noSecretSurvivesTheDecoder();
    void hashFollowsTheConfiguration();
    void topicsAreKnownByTheirKeys_data();
    void topicsAreKnownByTheirKeys();
    void sinceIsTheFirstOfAnUnbrokenRow();
    void changedIsWhenTheConfigurationBecameWhatItIs();
};

void tst_InternalTopics::statusKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value"); // null: tombstone
    QTest::addColumn<QString>("expected"); // connector/task state worker; empty: not ours

    const auto row = [](const char *key, const char *value, const char *expected) {
        QTest::newRow(key) << QByteArray(key) << QByteArray(value) << QString::fromUtf8(expected);
    };
    // clang-format off
    row("status-connector-orders",          R"({"state":"RUNNING","trace":null,"worker_id":"w1:8083","generation":3})", "orders RUNNING w1:8083");
    row("status-task-orders-0",             R"({"state":"FAILED","trace":"java.lang...","worker_id":"w2:8083"})",       "orders/0 FAILED w2:8083");
    row("status-task-a-0-11",               R"({"state":"PAUSED","worker_id":"w"})",                                    "a-0/11 PAUSED w");
    row("status-task-a/b c%-ü-2",           R"({"state":"RUNNING","worker_id":"w"})",                                   "a/b c%-ü/2 RUNNING w");
    row("status-connector-x",               R"({"state":"BANANA","worker_id":"w"})",                                    "x BANANA w");
    row("status-connector-gone",            nullptr,                                                                    "gone removed");
    row("status-topic-t-i:connector-src-i", R"({"topic":{"name":"t-i"}})",                                              "");
    row("status-task-none",                 R"({"state":"RUNNING"})",                                                   "");
    row("status-connector-",                R"({"state":"RUNNING"})",                                                   "");
    row("status-connector-broken",          R"({"state":)",                                                             "");
    row("status-connector-array",           R"(["RUNNING"])",                                                           "");
    row("connector-orders",                 R"({"state":"RUNNING"})",                                                   "");
    // clang-format on
}

void tst_InternalTopics::statusKeys()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    const auto status = decodeStatus(record(key.constData(), value.isNull() ? nullptr : value.constData()));
    QString told;
    if (status) {
        told = status->connector;
        told += status->task ? QLatin1Char('/') + QString::number(*status->task) : QString();
        told += status->removed ? QStringLiteral(" removed")
                                : QString(QLatin1Char(' ') + status->state.raw + QLatin1Char(' ') + status->workerId);
    }
    QCOMPARE(told, expected);
}

void tst_InternalTopics::configKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *key, const char *value, const char *expected) {
        QTest::newRow(key) << QByteArray(key) << QByteArray(value) << QString::fromUtf8(expected);
    };
    // clang-format off
    row("connector-orders",         R"({"properties":{"a":"1"}})",                   "connector orders hash");
    row("task-or-ders-2",           R"({"properties":{"a":"1"}})",                   "task or-ders 2 hash");
    row("commit-orders",            R"({"tasks":3})",                                "commit orders 3 tasks");
    row("target-state-orders",      R"({"state":"PAUSED","state.v2":"STOPPED"})",    "target orders STOPPED");
    row("target-state-old",         R"({"state":"PAUSED"})",                         "target old PAUSED");
    row("connector-gone",           nullptr,                                         "connector gone removed");
    row("session-key",              R"({"key":"c2VjcmV0","algorithm":"HmacSHA256"})", "");
    row("restart-connector-orders", R"({"include-tasks":true})",                     "");
    row("tasks-fencing-orders",     R"({"task-count":1})",                           "");
    row("logger-cluster-root",      R"({"level":"INFO"})",                           "");
    row("connector-broken",         R"({"properties":)",                             "");
    // clang-format on
}

void tst_InternalTopics::configKeys()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    const auto config = decodeConfig(record(key.constData(), value.isNull() ? nullptr : value.constData()));
    QString told;
    if (config) {
        static const QString kinds[]
            = {QStringLiteral("connector"), QStringLiteral("task"), QStringLiteral("commit"), QStringLiteral("target")};
        QStringList parts {kinds[int(config->kind)], config->connector};
        parts += config->task ? QStringList(QString::number(*config->task)) : QStringList();
        parts += config->removed ? QStringList(QStringLiteral("removed")) : QStringList();
        parts += config->hash.size() == 64 ? QStringList(QStringLiteral("hash")) : QStringList();
        parts += config->taskCount > 0 ? QStringList(QStringLiteral("%1 tasks").arg(config->taskCount)) : QStringList();
        parts += config->targetState.isEmpty() ? QStringList() : QStringList(config->targetState);
        told = parts.join(QLatin1Char(' '));
    }
    QCOMPARE(told, expected);
}

//! Config records hold passwords in clear: what leaves the decoder holds none, whatever the key.
void tst_InternalTopics::noSecretSurvivesTheDecoder()
{
    for (const auto *key : {"connector-a", "task-a-0", "commit-a", "target-state-a", "session-key"}) {
        const auto config = decodeConfig(record(
            key, R"({"properties":{"connection.password":"canary"},"key":"canary","tasks":1,"state":"STARTED"})"));
        if (!config) {
            QCOMPARE(key, "session-key");
            continue;
        }
        const QByteArray all = config->connector.toUtf8() + config->hash + config->targetState.toUtf8();
        QVERIFY2(!all.contains("canary"), key);
    }
}

void tst_InternalTopics::hashFollowsTheConfiguration()
{
    const auto hash = [](const char *value) {
        return decodeConfig(record("connector-a", value))->hash;
    };
    QCOMPARE(hash(R"({"properties":{"a":"1","b":"2"}})"), hash(R"({"properties":{"b":"2", "a":"1"}})"));
    QVERIFY(hash(R"({"properties":{"a":"1"}})") != hash(R"({"properties":{"a":"2"}})"));
}

void tst_InternalTopics::topicsAreKnownByTheirKeys_data()
{
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, QList<const char *> keys, InternalTopic kind) {
        QStringList texts;
        for (const auto *key : keys) {
            texts.append(QString::fromUtf8(key));
        }
        QTest::newRow(name) << texts << int(kind);
    };
    // clang-format off
    row("status",            {"status-connector-a", "status-task-a-0", "status-topic-t:connector-a"}, InternalTopic::Status);
    row("config",            {"session-key", "connector-a", "task-a-0", "commit-a"},                  InternalTopic::Config);
    row("new config topic",  {"session-key"},                                                         InternalTopic::Config);
    row("offsets",           {R"(["a",{"file":"x"}])", R"(["b",{}])"},                                InternalTopic::Offsets);
    row("somebody's orders", {"order-1", "order-2"},                                                  InternalTopic::None);
    row("one stranger",      {"status-connector-a", "hello"},                                         InternalTopic::None);
    row("nothing read",      {},                                                                      InternalTopic::None);
    // clang-format on
}

void tst_InternalTopics::topicsAreKnownByTheirKeys()
{
    QFETCH(QStringList, keys);
    QFETCH(int, kind);
    std::vector<Record> sample;
    for (const auto &key : keys) {
        sample.push_back(record(key.toUtf8().constData(), "{}"));
    }
    QCOMPARE(int(recogniseTopic(sample)), kind);
}

void tst_InternalTopics::sinceIsTheFirstOfAnUnbrokenRow()
{
    ConnectHistory history;
    const auto write = [&history](const char *state, std::int64_t ms) {
        const QByteArray value = QByteArray(R"({"state":")") + state + R"(","worker_id":"w"})";
        return history.apply(*decodeStatus(record("status-task-a-0", value.constData(), ms)));
    };
    const auto a = QStringLiteral("a");
    QCOMPARE(history.since(a, 0), std::nullopt);
    QVERIFY(write("RUNNING", 1000));
    QVERIFY(!write("RUNNING", 2000)); // said again after a rebalance
    QCOMPARE(history.since(a, 0), std::optional(Instant(Milliseconds(1000))));
    QVERIFY(write("FAILED", 3000));
    QCOMPARE(history.since(a, 0), std::optional(Instant(Milliseconds(3000))));
    QCOMPARE(history.since(a), std::nullopt); // the connector's own state is another
    QVERIFY(history.apply(*decodeStatus(record("status-task-a-0", nullptr, 4000))));
    QCOMPARE(history.since(a, 0), std::nullopt);
}

void tst_InternalTopics::changedIsWhenTheConfigurationBecameWhatItIs()
{
    ConnectHistory history;
    const auto write = [&history](const char *value, std::int64_t ms) {
        return history.apply(*decodeConfig(record("connector-a", value, ms)));
    };
    const auto a = QStringLiteral("a");
    QVERIFY(write(R"({"properties":{"x":"1"}})", 1000));
    QVERIFY(!write(R"({"properties":{"x":"1"}})", 2000));
    QCOMPARE(history.changed(a), std::optional(Instant(Milliseconds(1000))));
    QVERIFY(!history.apply(
        *decodeConfig(record("target-state-a", R"({"state":"PAUSED"})", 2500)))); // no change of configuration
    QVERIFY(write(R"({"properties":{"x":"2"}})", 3000));
    QCOMPARE(history.changed(a), std::optional(Instant(Milliseconds(3000))));
    QVERIFY(write(nullptr, 4000));
    QCOMPARE(history.changed(a), std::nullopt);
}

QTEST_GUILESS_MAIN(tst_InternalTopics)
#include "tst_internaltopics.moc"
