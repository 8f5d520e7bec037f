// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/rdkafkareader.h"
#include "contract/subject.h"
#include "ctl/ctlprogram.h"
#include "domain/deadletters/redriveplan.h"
#include "support/fakes/fakesecretstore.h"
#include "support/realkafka/kafkafeeder.h"

#include <QTest>
#include <QUrl>

#include <algorithm>
#include <map>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

const auto kName = QStringLiteral("redrive-sink");
const auto kQueue = QStringLiteral("redrive.dlq");
const auto kOrigin = QStringLiteral("redriven");
constexpr int kLetters = 20; // of each row
constexpr int kRows = 5;

} // namespace

/*! Redrives of the built program on a platform of its own, local or real, that are killed or stopped in the middle and
 * gone on with by the next one: each letter is in its topic once, with its mark. */
class tst_CtlRedrive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void endedInTheMiddleItSendsEachOnce_data();
    void endedInTheMiddleItSendsEachOnce();

private:
    QStringList at() const;
    //! @{ The event loop runs meanwhile: the local worker lives in this process.
    static CtlRun toItsEnd(QProcess &program)
    {
        const bool over = QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, 120'000);
        return over ? CtlProgram::end(program) : CtlRun {.exit = -2, .out = {}, .err = program.errorString()};
    }
    CtlRun run(const QStringList &words) const { return toItsEnd(*m_ctl.start(words)); }
    //! @}
    std::vector<Record> readAll(const QString &topic);

    std::unique_ptr<Subject> m_subject;
    std::unique_ptr<ConnectClient> m_client;
    std::unique_ptr<RecordReader> m_reader;
    CtlProgram m_ctl;
    QString m_login;
};

void tst_CtlRedrive::initTestCase()
{
    m_subject = makeSubject();
    if (const auto why = m_subject->whyNot(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    QVERIFY2(m_subject->start(), qPrintable(m_subject->error()));
    KafkaFeeder feeder(m_subject->bootstrap());
    if (m_subject->isReal()) {
        for (const auto &topic : {kQueue, kOrigin}) {
            const auto fault = feeder.createTopic(topic, 1, 1, {});
            QVERIFY2(fault.isEmpty(), qPrintable(fault));
        }
    } else {
        QVERIFY(m_subject->produce(kOrigin, "the first"));
    }
    std::vector<RealKafka::Produced> letters;
    for (int i = 0; i < kLetters * kRows; ++i) {
        const auto number = QByteArray::number(i);
        letters.push_back({.key = "key-" + number,
            .value = "value-" + number,
            .headers = {{"__connect.errors.topic", kOrigin.toUtf8()}, {"__connect.errors.partition", "0"},
                {"__connect.errors.offset", number}, {"__connect.errors.connector.name", kName.toUtf8()},
                {"__connect.errors.stage", "VALUE_CONVERTER"}}});
    }
    const auto fault = feeder.produce(kQueue, 0, letters);
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
    m_client = makeClient(m_subject->cluster(), m_subject->password());
    const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
    const auto created = wait(
        m_client->send(createRequest(kName,
                           {{QStringLiteral("connector.class"),
                                QStringLiteral("org.apache.kafka.connect.file.FileStreamSinkConnector")},
                               {QStringLiteral("topics"), kOrigin},
                               {QStringLiteral("file"), m_subject->dataDirectory() + QStringLiteral("/redriven.txt")},
                               {QStringLiteral("errors.deadletterqueue.topic.name"), kQueue},
                               {QStringLiteral("errors.deadletterqueue.topic.replication.factor"), QStringLiteral("1")},
                               {QStringLiteral("errors.tolerance"), QStringLiteral("all")},
                               {QStringLiteral("key.converter"), text}, {QStringLiteral("value.converter"), text}}),
            patient));
    QVERIFY2(created, why(created).constData());
    const auto login = m_subject->cluster();
    m_login = m_ctl.write(QStringLiteral("login.properties"),
        "environment=development\n"
            + (m_subject->password().isEmpty()
                    ? QByteArray()
                    : "connect.user=" + login.user.toUtf8() + "\nconnect.password=" + m_subject->password() + '\n'));
    m_reader = makeRdKafkaReader(
        {.bootstrap = m_subject->bootstrap()}, std::make_shared<FakeSecretStore>(), std::make_shared<SystemClock>());
}

void tst_CtlRedrive::cleanupTestCase()
{
    if (m_reader) {
        QCoro::waitFor(m_reader->close());
        QCoro::waitFor(m_client->close());
    }
    m_reader.reset();
    m_client.reset();
    m_subject.reset();
}

QStringList tst_CtlRedrive::at() const
{
    return {QStringLiteral("--connect"), m_subject->cluster().workers.front(), QStringLiteral("--bootstrap"),
        m_subject->bootstrap(), QStringLiteral("--config"), m_login, QStringLiteral("--yes"),
        QStringLiteral("--type-name"), kName};
}

//! Committed records of partition 0, by offset.
std::vector<Record> tst_CtlRedrive::readAll(const QString &topic)
{
    std::vector<Record> all;
    for (std::int64_t from = 0;;) {
        auto answer = wait(m_reader->read({.tp = {topic, 0}, .from = from}, patient));
        if (!answer) {
            qWarning("%s", why(answer).constData());
            return {};
        }
        from = answer->next;
        const bool over = answer->reachedEnd || answer->records.empty();
        std::ranges::move(answer->records, std::back_inserter(all));
        if (over) {
            return all;
        }
    }
}

void tst_CtlRedrive::endedInTheMiddleItSendsEachOnce_data()
{
    QTest::addColumn<int>("first"); // letter
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<int>("signal");
    QTest::newRow("killed before it sends") << 0 << QByteArray("ends of the targets noted") << SIGKILL;
    QTest::newRow("killed behind a batch") << kLetters << QByteArray("5 of 20") << SIGKILL;
    QTest::newRow("killed behind two") << 2 * kLetters << QByteArray("10 of 20") << SIGKILL;
    QTest::newRow("stopped by Ctrl+C") << 3 * kLetters << QByteArray("5 of 20") << SIGINT;
    QTest::newRow("killed twice") << 4 * kLetters << QByteArray("5 of 20") << SIGKILL;
}

// Rows: N11
void tst_CtlRedrive::endedInTheMiddleItSendsEachOnce()
{
    QFETCH(int, first);
    QFETCH(QByteArray, behind);
    QFETCH(int, signal);
    QStringList words {QStringLiteral("dlq"), QStringLiteral("redrive"), kQueue};
    std::map<QByteArray, RecordAt> chosen; // by value
    for (int i = first; i < first + kLetters; ++i) {
        words << QStringLiteral("--record") << QStringLiteral("0:%1").arg(i);
        chosen["value-" + QByteArray::number(i)] = {{kQueue, 0}, i};
    }
    const auto endIn = [&](const QStringList &how, const QByteArray &after) {
        auto program = m_ctl.start(how + at());
        QByteArray said;
        const bool seen = QTest::qWaitFor(
            [&] {
                said += program->readAllStandardOutput();
                return said.contains(after) || program->state() == QProcess::NotRunning;
            },
            60'000);
        Q_UNUSED(seen) // is asked of what it said
        if (!CtlProgram::signalTo(*program, signal)) {
            qWarning("it had ended before: %s", program->readAllStandardError().constData());
        }
        const auto ended = toItsEnd(*program);
        said += ended.out.toUtf8();
        if (signal == SIGINT && ended.exit != 3) {
            qWarning("%s %s", said.constData(), qPrintable(ended.all()));
        }
        return said;
    };
    const auto said = endIn(words + QStringList {QStringLiteral("--rate"), QStringLiteral("20")}, behind);
    QVERIFY2(said.contains(behind), said.constData());
    const auto at0 = said.indexOf("Operation ") + 10;
    const auto id = QString::fromUtf8(said.mid(at0, said.indexOf('.', at0) - at0));
    const auto goOn = QStringList {QStringLiteral("dlq"), QStringLiteral("redrive"), QStringLiteral("--continue"), id};
    if (QByteArray(QTest::currentDataTag()) == "killed twice") {
        const auto again = endIn(goOn, "10 of 20");
        QVERIFY2(again.contains("10 of 20"), again.constData());
    }
    const auto left = readAll(kOrigin);
    const auto sent = [&](const std::vector<Record> &records) {
        return std::ranges::count_if(
            records, [&](const Record &each) { return chosen.contains(each.value.value_or(QByteArray())); });
    };
    QVERIFY2(sent(left) < kLetters, "it had ended before it could be ended");

    const auto done = run(goOn + at());
    QVERIFY2(done.exit == 0 && done.out.contains(QLatin1String("confirmed")), qPrintable(done.all()));
    const auto all = readAll(kOrigin);
    QCOMPARE(int(sent(all)), kLetters); // each, and none twice: their values differ
    for (const auto &record : all) {
        const auto from = chosen.find(record.value.value_or(QByteArray()));
        if (from == chosen.end()) {
            continue;
        }
        const RecordHeader mark {redriveHeader, redriveMark({id}, from->second)};
        QVERIFY2(std::ranges::find(record.headers, mark) != record.headers.end(), from->first.constData());
        chosen.erase(from);
    }
    QVERIFY(chosen.empty());
    const auto twice = run(goOn + at());
    QVERIFY2(twice.exit == 1, qPrintable(twice.all())); // it is closed
    QCOMPARE(int(readAll(kQueue).size()), kLetters * kRows);
}

QTEST_GUILESS_MAIN(tst_CtlRedrive)
#include "tst_ctlredrive.moc"
