// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/callmodel.h"
#include "contract/subject.h"

#include "domain/connectors/connectrequests.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtTest>

using namespace headgate;
using namespace headgate::test;

#define QVERIFY_OK(result)                                                                                             \
    do {                                                                                                               \
        const auto &checked = (result);                                                                                \
        QVERIFY2(checked.has_value(), why(checked).constData());                                                       \
    } while (false)
//! Waits for a state as REST tells it; `wanted` is like "RUNNING[0:RUNNING]".
#define QVERIFY_SHAPE(name, wanted) QVERIFY2(settles(name, QStringLiteral(wanted)), qPrintable(m_seen))

namespace {

const auto fileSource = QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector");
const auto fileSink = QStringLiteral("org.apache.kafka.connect.file.FileStreamSinkConnector");
const auto asText = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
const auto asJson = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");

ConfigMap texts(ConfigMap config)
{
    config.emplace_back(QStringLiteral("key.converter"), asText);
    config.emplace_back(QStringLiteral("value.converter"), asText);
    return config;
}

bool writeLines(const QString &path, const QByteArray &lines)
{
    QFile file(path);
    return file.open(QIODevice::Append) && file.write(lines) == lines.size();
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/*! What Headgate relies on in Kafka Connect's REST interface, through the client that it uses. The same functions run
 * on the local worker and on real Connect 4.1 and 3.9: where they differ the test says so. */
class TestContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void tellsWhoItIs();
    void listsPlugins();
    void validatesPerKey();
    void livesFromCreateToDelete();
    void deliversAndTellsPositions();
    void failsWithItsCause();
    void restartsWithAPlan();
    void refusesWithTheWorkersWords();
    void missesByName_data();
    void missesByName();
    void keepsNames_data();
    void keepsNames();
    void refusesAWrongPassword();
    void changesALogger();
    void randomCallsKeepTheContract();

private:
    QString file(const QString &name) const { return m_subject->dataDirectory() + QLatin1Char('/') + name; }
    Result<RestAnswer> send(const RestRequest &request) { return wait(m_client->send(request, patient)); }
    bool settles(const QString &name, const QString &wanted);
    ConfigMap sourceConfig(const QString &topic, const QString &path) const
    {
        return texts(
            {{QStringLiteral("connector.class"), fileSource}, {QStringLiteral("tasks.max"), QStringLiteral("1")},
                {QStringLiteral("topic"), topic}, {QStringLiteral("file"), path}});
    }
    ConfigMap sinkConfig(const QString &topic, const QString &path) const
    {
        return texts({{QStringLiteral("connector.class"), fileSink}, {QStringLiteral("tasks.max"), QStringLiteral("1")},
            {QStringLiteral("topics"), topic}, {QStringLiteral("file"), path}});
    }

    std::unique_ptr<Subject> m_subject = makeSubject();
    std::unique_ptr<ConnectClient> m_client;
    QString m_seen; //!< states seen by settles(), for its failure
};

/*! The state must hold for some reads: after a restart the old state is still told, then RESTARTING, then the new one.
 * (QTRY_COMPARE would evaluate once more after the match.) */
bool TestContract::settles(const QString &name, const QString &wanted)
{
    constexpr int held = 8;
    QDeadlineTimer deadline(90'000);
    m_seen.clear();
    for (int good = 0; good < held;) {
        const auto seen = shape(wait(m_client->fetchStatus(name, patient)));
        if (!m_seen.endsWith(seen)) {
            m_seen += QLatin1String(" -> ") + seen;
        }
        good = seen == wanted ? good + 1 : 0;
        if (deadline.hasExpired()) {
            return false;
        }
        QTest::qWait(30);
    }
    return true;
}

void TestContract::initTestCase()
{
    if (const auto reason = m_subject->whyNot(); !reason.isEmpty()) {
        QSKIP(qPrintable(reason));
    }
    QVERIFY2(m_subject->start(), qPrintable(m_subject->error()));
    m_client = makeClient(m_subject->cluster(), m_subject->password());
}

void TestContract::cleanupTestCase()
{
    if (m_client) {
        QCoro::waitFor(m_client->close());
        m_client.reset();
    }
    m_subject.reset();
}

// Rows: A05
void TestContract::tellsWhoItIs()
{
    const auto server = wait(m_client->fetchServerInfo(patient));
    QVERIFY_OK(server);
    QVERIFY(!server->version.isEmpty());
    QVERIFY(!server->kafkaClusterId.isEmpty());
    const auto health = wait(m_client->fetchHealth(m_subject->cluster().workers.front(), patient));
    QVERIFY_OK(health);
    QCOMPARE(health->health, WorkerHealth::Healthy);
}

// Rows: A05
void TestContract::listsPlugins()
{
    const auto connectors = wait(m_client->fetchPlugins(true, patient));
    QVERIFY_OK(connectors);
    const auto typeOf = [](const std::vector<PluginInfo> &plugins, const QString &name) {
        const auto found = std::find_if(
            plugins.begin(), plugins.end(), [&name](const PluginInfo &plugin) { return plugin.className == name; });
        return found == plugins.end() ? QString() : found->type;
    };
    QCOMPARE(typeOf(*connectors, fileSource), QStringLiteral("source"));
    QCOMPARE(typeOf(*connectors, fileSink), QStringLiteral("sink"));
    QCOMPARE(typeOf(*connectors, asJson), QString());
    const auto all = wait(m_client->fetchPlugins(false, patient));
    QVERIFY_OK(all);
    QCOMPARE(typeOf(*all, asJson), QStringLiteral("converter"));
}

// Rows: A05
void TestContract::validatesPerKey()
{
    const auto errorsAt = [](const ConfigReport &report, const QString &key) {
        const auto found = std::find_if(
            report.keys.begin(), report.keys.end(), [&key](const ConfigKeyReport &one) { return one.name == key; });
        return found == report.keys.end() ? QStringList {QStringLiteral("no such key")} : found->errors;
    };
    const ConfigMap lacking {{QStringLiteral("name"), QStringLiteral("v")},
        {QStringLiteral("connector.class"), fileSource}, {QStringLiteral("tasks.max"), QStringLiteral("x")}};
    const auto bad = wait(m_client->validateConfig(fileSource, lacking, patient));
    QVERIFY_OK(bad);
    QVERIFY2(bad->errorCount >= 2, qPrintable(QString::number(bad->errorCount)));
    QVERIFY(!errorsAt(*bad, QStringLiteral("topic")).isEmpty());
    QVERIFY(!errorsAt(*bad, QStringLiteral("tasks.max")).isEmpty());
    QCOMPARE(errorsAt(*bad, QStringLiteral("file")), QStringList());

    auto whole = sourceConfig(QStringLiteral("t"), file(QStringLiteral("v.txt")));
    whole.emplace_back(QStringLiteral("name"), QStringLiteral("v"));
    const auto good = wait(m_client->validateConfig(fileSource, whole, patient));
    QVERIFY_OK(good);
    QCOMPARE(good->errorCount, 0);
    const auto unknown = wait(m_client->validateConfig(QStringLiteral("org.example.Nothing"), lacking, patient));
    QVERIFY(!unknown);
}

// Rows: A05
void TestContract::livesFromCreateToDelete()
{
    const auto name = QStringLiteral("life-source");
    const auto path = file(QStringLiteral("life.txt"));
    QVERIFY(writeLines(path, "one\ntwo\n"));
    const auto created = send(createRequest(name, sourceConfig(QStringLiteral("life"), path)));
    QVERIFY_OK(created);
    QCOMPARE(created->status, 201);
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");

    const auto listing = wait(m_client->fetchStatuses(patient));
    QVERIFY_OK(listing);
    QVERIFY(listing->damaged.isEmpty());
    QVERIFY(std::any_of(listing->connectors.begin(), listing->connectors.end(),
        [&name](const ConnectorStatus &one) { return one.name == name && one.type == ConnectorType::Source; }));
    const auto names = wait(m_client->fetchNames(patient));
    QVERIFY_OK(names);
    QVERIFY(names->contains(name));

    const auto info = wait(m_client->fetchInfo(name, patient));
    QVERIFY_OK(info);
    QCOMPARE(info->type, ConnectorType::Source);
    QCOMPARE(info->taskIds, std::vector<int> {0});
    const auto config = wait(m_client->fetchConfig(name, patient));
    QVERIFY_OK(config);
    QCOMPARE(configHash(*config), configHash(info->config));
    const auto *topic = findConfig(*config, QStringLiteral("topic"));
    QVERIFY(topic && *topic == QStringLiteral("life"));
    const auto infos = wait(m_client->fetchInfos(patient));
    QVERIFY_OK(infos);
    QVERIFY(std::any_of(infos->connectors.begin(), infos->connectors.end(),
        [&info](const ConnectorInfo &one) { return one == *info; }));

    QCOMPARE(send(pauseRequest(name))->status, 202);
    QVERIFY_SHAPE(name, "PAUSED[0:PAUSED]");
    QCOMPARE(send(pauseRequest(name))->status, 202); // again: nothing to do, no error
    QCOMPARE(send(resumeRequest(name))->status, 202);
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");
    QCOMPARE(send(stopRequest(name))->status, 204);
    QVERIFY_SHAPE(name, "STOPPED[]");
    QCOMPARE(send(restartRequest(name, false, false))->status, 204);
    QVERIFY_SHAPE(name, "STOPPED[]"); // a restart does not start what is stopped
    QCOMPARE(send(resumeRequest(name))->status, 202);
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");

    auto changed = *config;
    changed.emplace_back(QStringLiteral("batch.size"), QStringLiteral("7"));
    QCOMPARE(send(putConfigRequest(name, changed))->status, 200);
    QTRY_VERIFY(
        findConfig(wait(m_client->fetchConfig(name, patient)).value_or(ConfigMap()), QStringLiteral("batch.size"))
        != nullptr);

    QCOMPARE(send(deleteRequest(name))->status, 204);
    QTRY_VERIFY(!wait(m_client->fetchNames(patient)).value_or(QStringList {name}).contains(name));
    QCOMPARE(wait(m_client->fetchInfo(name, patient)).error().kind, ErrorKind::NotFound);
}

// Rows: A05
void TestContract::deliversAndTellsPositions()
{
    const auto source = QStringLiteral("flow-source");
    const auto sink = QStringLiteral("flow-sink");
    const auto in = file(QStringLiteral("flow-in.txt"));
    const auto out = file(QStringLiteral("flow-out.txt"));
    QVERIFY(writeLines(in, "alpha\nbeta\n"));
    QVERIFY_OK(send(createRequest(source, sourceConfig(QStringLiteral("flow"), in))));
    QTRY_COMPARE_WITH_TIMEOUT(wait(m_client->fetchTopics(source, patient)).value_or(QStringList()),
        QStringList {QStringLiteral("flow")}, 90'000);
    QVERIFY_OK(send(createRequest(sink, sinkConfig(QStringLiteral("flow"), out))));
    // The topic may have several partitions, and only within one is there an order.
    const auto sortedLines = [](const QString &path) {
        auto lines = readAll(path).split('\n');
        std::ranges::sort(lines);
        return lines.join(' ').trimmed();
    };
    QTRY_COMPARE_WITH_TIMEOUT(sortedLines(out), QByteArray("alpha beta"), 90'000);

    // The first commit comes with the flush interval.
    QTRY_COMPARE_WITH_TIMEOUT(
        wait(m_client->fetchOffsets(source, patient)).value_or(std::vector<ConnectorOffset>()).size(), 1U, 90'000);
    const auto read = wait(m_client->fetchOffsets(source, patient))->front();
    QCOMPARE(QJsonDocument::fromJson(read.partitionJson).object().value(QStringLiteral("filename")).toString(), in);
    QCOMPARE(QJsonDocument::fromJson(read.offsetJson).object().value(QStringLiteral("position")).toInteger(), 11);
    const auto delivered = [&] {
        qint64 records = 0;
        for (const auto &entry : wait(m_client->fetchOffsets(sink, patient)).value_or(std::vector<ConnectorOffset>())) {
            const auto partition = QJsonDocument::fromJson(entry.partitionJson).object();
            const auto offset = QJsonDocument::fromJson(entry.offsetJson).object();
            records += partition.value(QStringLiteral("kafka_topic")).toString() == QStringLiteral("flow")
                ? offset.value(QStringLiteral("kafka_offset")).toInteger()
                : 1000;
        }
        return records;
    };
    QTRY_COMPARE_WITH_TIMEOUT(delivered(), qint64(2), 90'000);
    QCOMPARE(wait(m_client->fetchTopics(sink, patient)).value_or(QStringList()), QStringList {QStringLiteral("flow")});
}

// Rows: A05
void TestContract::failsWithItsCause()
{
    const auto name = QStringLiteral("broken-sink");
    QVERIFY(m_subject->produce(QStringLiteral("broken"), "{\"fine\":1}"));
    QVERIFY(m_subject->produce(QStringLiteral("broken"), "bad json"));
    ConfigMap config {{QStringLiteral("connector.class"), fileSink},
        {QStringLiteral("topics"), QStringLiteral("broken")},
        {QStringLiteral("file"), file(QStringLiteral("broken.txt"))}, {QStringLiteral("key.converter"), asText},
        {QStringLiteral("value.converter"), asJson},
        {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}};
    QVERIFY_OK(send(createRequest(name, config)));
    QVERIFY_SHAPE(name, "RUNNING[0:FAILED]");
    const auto status = wait(m_client->fetchStatus(name, patient));
    QVERIFY_OK(status);
    const auto trace = status->tasks.front().trace;
    QVERIFY2(trace.startsWith(QStringLiteral(
                 "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler")),
        qPrintable(trace));
    QVERIFY2(trace.contains(QStringLiteral(
                 "Caused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data")),
        qPrintable(trace));
    QVERIFY(!status->workerId.isEmpty());

    // Plain restart: the connector only. The failed task stays as it is.
    QVERIFY_OK(send(restartRequest(name, false, false)));
    QVERIFY_SHAPE(name, "RUNNING[0:FAILED]");
    QVERIFY_OK(send(stopRequest(name)));
    QVERIFY_SHAPE(name, "STOPPED[]");
    QVERIFY_OK(send(deleteRequest(name)));
}

// Rows: A05
void TestContract::restartsWithAPlan()
{
    const auto name = QStringLiteral("restart-source");
    QVERIFY(writeLines(file(QStringLiteral("restart.txt")), "one\n"));
    QVERIFY_OK(send(createRequest(name, sourceConfig(QStringLiteral("restart"), file(QStringLiteral("restart.txt"))))));
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");
    const auto planned = send(restartRequest(name, true, false));
    QVERIFY_OK(planned);
    QCOMPARE(planned->status, 202);
    const auto plan = QJsonDocument::fromJson(planned->body).object();
    QCOMPARE(plan.value(QStringLiteral("connector")).toObject().value(QStringLiteral("state")).toString(),
        QStringLiteral("RESTARTING"));
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");
    const auto none = send(restartRequest(name, true, true)); // nothing has failed: nothing is restarted
    QVERIFY_OK(none);
    QCOMPARE(QJsonDocument::fromJson(none->body)
                 .object()
                 .value(QStringLiteral("connector"))
                 .toObject()
                 .value(QStringLiteral("state"))
                 .toString(),
        QStringLiteral("RUNNING"));
    QCOMPARE(send(restartTaskRequest(name, 0))->status, 204);
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");
    const auto noTask = send(restartTaskRequest(name, 9));
    QVERIFY(!noTask);
    QCOMPARE(noTask.error().kind, ErrorKind::NotFound);
    QVERIFY_OK(send(deleteRequest(name)));
}

// Rows: A05
void TestContract::refusesWithTheWorkersWords()
{
    const auto name = QStringLiteral("twice-source");
    const auto config = sourceConfig(QStringLiteral("twice"), file(QStringLiteral("twice.txt")));
    QVERIFY_OK(send(createRequest(name, config)));
    QTRY_VERIFY(wait(m_client->fetchNames(patient)).value_or(QStringList()).contains(name));
    const auto again = send(createRequest(name, config));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Conflict);
    QCOMPARE(again.error().code, 409);
    QVERIFY2(again.error().message.contains(QStringLiteral("already exists")), why(again).constData());

    const auto bad
        = send(createRequest(QStringLiteral("bad-source"), {{QStringLiteral("connector.class"), fileSource}}));
    QVERIFY(!bad);
    QCOMPARE(bad.error().kind, ErrorKind::Refused);
    QCOMPARE(bad.error().code, 400);
    QVERIFY2(bad.error().message.contains(QStringLiteral("Connector configuration is invalid")), why(bad).constData());
    const auto noClass = send(createRequest(
        QStringLiteral("bad-source"), {{QStringLiteral("connector.class"), QStringLiteral("org.example.None")}}));
    QVERIFY(!noClass);
    QCOMPARE(noClass.error().kind, ErrorKind::Refused);
    QCOMPARE(noClass.error().code, m_subject->atLeast41() ? 400 : 500);
    QVERIFY_OK(send(deleteRequest(name)));
}

void TestContract::missesByName_data()
{
    QTest::addColumn<int>("call");
    QTest::newRow("status") << 0;
    QTest::newRow("info") << 1;
    QTest::newRow("config") << 2;
    QTest::newRow("offsets") << 3;
    QTest::newRow("pause") << 4;
    QTest::newRow("stop") << 5;
    QTest::newRow("restart") << 6;
    QTest::newRow("delete") << 7;
}

// Rows: A05
void TestContract::missesByName()
{
    QFETCH(int, call);
    const auto name = QStringLiteral("nobody");
    const auto kindOf = [](const auto &result) {
        return result ? std::optional<ErrorKind>() : std::optional(result.error().kind);
    };
    const std::vector<std::function<std::optional<ErrorKind>()>> calls {
        [&] { return kindOf(wait(m_client->fetchStatus(name, patient))); },
        [&] { return kindOf(wait(m_client->fetchInfo(name, patient))); },
        [&] { return kindOf(wait(m_client->fetchConfig(name, patient))); },
        [&] { return kindOf(wait(m_client->fetchOffsets(name, patient))); },
        [&] { return kindOf(send(pauseRequest(name))); },
        [&] { return kindOf(send(stopRequest(name))); },
        [&] { return kindOf(send(restartRequest(name, true, false))); },
        [&] { return kindOf(send(deleteRequest(name))); },
    };
    QVERIFY(calls.at(static_cast<size_t>(call))() == ErrorKind::NotFound);
    QCOMPARE(wait(m_client->fetchTopics(name, patient)).value_or(QStringList {QStringLiteral("?")}),
        QStringList()); // 200, never 404
}

void TestContract::keepsNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("space") << QStringLiteral("two words");
    QTest::newRow("query and fragment") << QStringLiteral("what?#;+&=\"");
    QTest::newRow("dots") << QStringLiteral("a..b.");
    QTest::newRow("emoji and accents") << QStringLiteral("caf\u00e9 \U0001F642");
    QTest::newRow("right to left") << QStringLiteral("\u05d0\u05d1 \u202Eabc");
    QTest::newRow("long") << QString(300, QLatin1Char('n'));
}

// Rows: A05
void TestContract::keepsNames()
{
    QFETCH(QString, name);
    QVERIFY_OK(send(createRequest(name, sourceConfig(QStringLiteral("names"), file(QStringLiteral("names.txt"))))));
    QVERIFY_SHAPE(name, "RUNNING[0:RUNNING]");
    QVERIFY(wait(m_client->fetchNames(patient)).value_or(QStringList()).contains(name));
    QCOMPARE(wait(m_client->fetchInfo(name, patient))->name, name);
    QVERIFY_OK(send(pauseRequest(name)));
    QVERIFY_SHAPE(name, "PAUSED[0:PAUSED]");
    QVERIFY_OK(send(deleteRequest(name)));
    QTRY_VERIFY(!wait(m_client->fetchNames(patient)).value_or(QStringList {name}).contains(name));
}

// Rows: A05
void TestContract::refusesAWrongPassword()
{
    const auto stranger = makeClient(m_subject->cluster(), QByteArrayLiteral("wrong"));
    const auto read = wait(stranger->fetchNames(patient));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::AuthenticationFailed);
    const auto written = wait(stranger->send(deleteRequest(QStringLiteral("nobody")), patient));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY(!QString::fromUtf8(why(read)).contains(QStringLiteral("wrong")));
    QCoro::waitFor(stranger->close());
}

// Rows: A05
void TestContract::changesALogger()
{
    const auto logger = QStringLiteral("org.apache.kafka.connect.runtime.WorkerSourceTask");
    const auto set = send(setLoggerLevelRequest(logger, QStringLiteral("DEBUG"), false));
    QVERIFY_OK(set);
    QCOMPARE(set->status, 200);
    const auto loggers = wait(m_client->fetchLoggers(patient));
    QVERIFY_OK(loggers);
    const auto found = std::find_if(
        loggers->begin(), loggers->end(), [&logger](const LoggerLevel &one) { return one.logger == logger; });
    QVERIFY(found != loggers->end());
    QCOMPARE(found->level, QStringLiteral("DEBUG"));
}

/*! Calls in an order nobody thought of: every answer and every settled state is what real Connect is known to do. The
 * same function on the same seed runs on the local worker and on real Connect: HEADGATE_TEST_SEED repeats one. */
// Rows: LW-08
void TestContract::randomCallsKeepTheContract()
{
    const auto given = qEnvironmentVariable("HEADGATE_TEST_SEED").toUInt();
    const auto seed = given != 0 ? given : QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QStringList names {QStringLiteral("random-a"), QStringLiteral("random b?")};
    QVERIFY(writeLines(file(QStringLiteral("random.txt")), "one\n"));
    CallModel model;
    QStringList story;
    const int steps = m_subject->isReal() ? 30 : 100;
    for (int step = 0; step < steps; ++step) {
        const auto name = names[random.bounded(names.size())];
        const auto call = Call(random.bounded(callCount));
        auto config = sourceConfig(QStringLiteral("random"), file(QStringLiteral("random.txt")));
        config.emplace_back(QStringLiteral("batch.size"), QString::number(step + 1));
        story += QString(name + QLatin1Char(' ') + nameOf(call));
        const int expected = model.apply(call, name);
        auto answer = send(requestFor(call, name, config));
        QDeadlineTimer rebalance(20'000); // real Connect may be busy with the call before
        while (expected != 409 && !answer && answer.error().code == 409 && !rebalance.hasExpired()) {
            QTest::qWait(200);
            answer = send(requestFor(call, name, config));
        }
        const int got = answer ? answer->status : answer.error().code;
        const auto told = QStringLiteral("seed %1, expected %2, got %3: %4")
                              .arg(QString::number(seed), QString::number(expected), QString::number(got),
                                  story.join(QStringLiteral(", ")))
                              .toUtf8();
        QVERIFY2(got == expected, told.constData());
        if (const auto shape = model.shape(name)) {
            QVERIFY2(settles(name, *shape), QByteArray(told + m_seen.toUtf8()).constData());
            const bool stored = answer && (call == Call::Create || call == Call::Change);
            const auto now = wait(m_client->fetchConfig(name, patient)).value_or(ConfigMap());
            const auto *size = findConfig(now, QStringLiteral("batch.size"));
            QVERIFY2(!stored || (size && *size == QString::number(step + 1)), told.constData());
        } else {
            QTRY_VERIFY2(
                !wait(m_client->fetchNames(patient)).value_or(QStringList {name}).contains(name), told.constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"
