// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeedges.h"

#include "common/offload.h"
#include "domain/connectors/connectrequests.h"

#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

Task<void> sleepAndNote(std::shared_ptr<FakeClock> clock, Milliseconds time, std::stop_token stop, QStringList *notes)
{
    const auto slept = co_await clock->sleepFor(time, stop);
    *notes << QStringLiteral("%1:%2").arg(time.count()).arg(slept ? QStringLiteral("woke") : QStringLiteral("stopped"));
    co_return {};
}

Task<int> poolThenSleep(std::shared_ptr<FakeClock> clock)
{
    const int two = co_await offload([] { return 2; });
    co_await clock->sleepFor(1s, {});
    const int three = co_await offload([] { return 3; });
    co_return two + three;
}

QString statesOf(const FakeConnector &connector)
{
    QStringList tasks;
    for (const auto &task : connector.status.tasks) {
        tasks << task.state.raw;
    }
    const QString text
        = connector.status.connector.raw + QLatin1Char('[') + tasks.join(QLatin1Char(' ')) + QLatin1Char(']');
    return text;
}

} // namespace

class tst_Fakes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sleepersWakeInOrderOfTime()
    {
        const auto clock = std::make_shared<FakeClock>();
        QStringList notes;
        std::stop_source stop;
        auto a = sleepAndNote(clock, 3000ms, {}, &notes);
        auto b = sleepAndNote(clock, 1000ms, {}, &notes);
        auto c = sleepAndNote(clock, 2000ms, stop.get_token(), &notes);
        clock->advance(999ms);
        QVERIFY(notes.isEmpty());
        stop.request_stop();
        clock->advance(2001ms);
        QCOMPARE(notes.join(QLatin1Char(' ')), QStringLiteral("2000:stopped 1000:woke 3000:woke"));
        QCOMPARE(clock->sleeping(), 0);
    }

    void poolWorkEndsBetweenSteps()
    {
        const auto clock = std::make_shared<FakeClock>();
        QCOMPARE(runOn(*clock, poolThenSleep(clock)).value(), 5);
        QCOMPARE(clock->sleeping(), 0);
    }

    void connectHasItsRecordedHabits_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("atOnce");
        QTest::addColumn<QString>("afterTasks");
        QTest::addColumn<QString>("after2s");
        const auto row = [](const char *verb, const char *atOnce, const char *tasks, const char *late) {
            QTest::newRow(verb) << QByteArray(verb) << QString::fromLatin1(atOnce) << QString::fromLatin1(tasks)
                                << QString::fromLatin1(late);
        };
        // clang-format off
        row("pause",                                       "PAUSED[RUNNING FAILED]",     "PAUSED[PAUSED FAILED]",   "PAUSED[PAUSED FAILED]");
        row("stop",                                        "STOPPED[RUNNING FAILED]",    "STOPPED[RUNNING FAILED]", "STOPPED[]");
        row("restart?includeTasks=true&onlyFailed=true",   "RUNNING[RUNNING RESTARTING]", "RUNNING[RUNNING RUNNING]", "RUNNING[RUNNING FAILED]");
        row("restart",                                     "RUNNING[RUNNING FAILED]",    "RUNNING[RUNNING FAILED]", "RUNNING[RUNNING FAILED]");
        // clang-format on
    }
    void connectHasItsRecordedHabits()
    {
        QFETCH(QByteArray, verb);
        FakeEdges world;
        auto &cluster = world.cluster();
        auto &sink = cluster.add(QStringLiteral("a"), ConnectorType::Sink, {"RUNNING", "FAILED"});
        sink.failsAgain = QStringLiteral("boom");
        const auto client = world.edges().connect(world.context().connectClusters.front(), world.secrets);
        const QByteArray method = verb.startsWith("restart") ? "POST" : "PUT";
        QVERIFY(runOn(*world.clock, client->send({.method = method, .path = QByteArray("/connectors/a/" + verb)}, {})));
        QTEST(statesOf(sink), "atOnce");
        world.clock->advance(100ms);
        QVERIFY(runOn(*world.clock, client->fetchStatuses({})));
        QTEST(statesOf(sink), "afterTasks");
        world.clock->advance(2s);
        QVERIFY(runOn(*world.clock, client->fetchStatuses({})));
        QTEST(statesOf(sink), "after2s");
        QCOMPARE(int(cluster.writes().size()), 1);
    }

    void scriptsAnswerInstead()
    {
        FakeEdges world;
        auto &cluster = world.cluster();
        cluster.add(QStringLiteral("a"), ConnectorType::Sink, {"RUNNING"});
        const auto client = world.edges().connect(world.context().connectClusters.front(), world.secrets);
        cluster.script(QStringLiteral("GET /connectors?expand=status"), {.hangs = true});
        const auto begin = world.clock->monotonic();
        const auto hung = runOn(*world.clock, client->fetchStatuses({.deadline = 5s}));
        QCOMPARE(hung.error().kind, ErrorKind::DeadlineExceeded);
        QCOMPARE(world.clock->monotonic() - begin, 5000ms);
        QVERIFY(runOn(*world.clock, client->fetchStatuses({})));
        cluster.script(QStringLiteral("PUT"),
            {.answer = RestAnswer {.status = 409, .body = R"({"error_code":409,"message":"rebalance"})"},
                .takesEffect = false});
        QCOMPARE(runOn(*world.clock, client->send({"PUT", "/connectors/a/pause", {}}, {})).error().code, 409);
        QCOMPARE(statesOf(cluster.at(QStringLiteral("a"))), QStringLiteral("RUNNING[RUNNING]"));
    }

    void readerStopsAtLimitAndEnd()
    {
        FakeEdges world;
        world.kafka->addTopic(QStringLiteral("t"), {0});
        for (int i = 0; i < 5; ++i) {
            world.kafka->append(QStringLiteral("t"), 0, "k", QByteArray::number(i));
        }
        const auto reader = world.edges().reader({}, world.secrets);
        const auto some
            = runOn(*world.clock, reader->read({.tp = {QStringLiteral("t"), 0}, .from = 1, .maxRecords = 2}, {}))
                  .value();
        QCOMPARE(int(some.records.size()), 2);
        QVERIFY(some.limited && some.next == 3 && !some.reachedEnd);
        const auto rest
            = runOn(*world.clock, reader->read({.tp = {QStringLiteral("t"), 0}, .from = some.next}, {})).value();
        QVERIFY(rest.reachedEnd && rest.next == 5 && rest.records.back().value == "4");
    }
};

QTEST_GUILESS_MAIN(tst_Fakes)
#include "tst_fakes.moc"
