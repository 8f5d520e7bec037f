// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/language.h"
#include "models/connectors/connectordetailmodel.h"
#include "support/cast/picture.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

#include <QCoroFuture>

using namespace headgate;

namespace {

ConnectorRef ref(const char *name)
{
    return {{QStringLiteral("eu-prod")}, {QStringLiteral("connect-eu")}, QString::fromLatin1(name)};
}

ConnectorDetail detail(const char *name, const ContextPicture &picture)
{
    const auto *facts = findConnector(picture, ref(name));
    return facts != nullptr ? detailOf(*facts, picture) : ConnectorDetail {};
}

QStringList labels(const std::vector<ActionOffer> &offers)
{
    QStringList texts;
    for (const auto &offer : offers) {
        texts << (offer.reason.isEmpty() ? offer.label
                                         : QString(offer.label + QStringLiteral(" [") + offer.reason + u']'));
    }
    return texts;
}

//! Answers when the test says so, in any order.
struct SlowTopics
{
    std::vector<std::shared_ptr<QPromise<QStringList>>> asked;

    static Task<QStringList> answer(std::shared_ptr<QPromise<QStringList>> promise)
    {
        co_return co_await promise->future();
    }
    Task<QStringList> ask(const ConnectorRef &)
    {
        asked.push_back(std::make_shared<QPromise<QStringList>>());
        asked.back()->start();
        return answer(asked.back());
    }
    void finish(std::size_t index, const QStringList &topics)
    {
        asked[index]->addResult(topics);
        asked[index]->finish();
    }
};

Task<std::vector<ConnectorOffset>> refused(ConnectorRef)
{
    co_return failure(
        {ErrorKind::NotSupported, QStringLiteral("404"), QStringLiteral("connect-eu-1:8083"), {}, {}, 404, false});
}

} // namespace

class TestConnectorDetail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installLanguage(*QCoreApplication::instance()); }
    void errorsComeFirst();
    void healthyHasNoErrorBlock();
    void honestRestartLabels_data();
    void honestRestartLabels();
    void reasonsNameModeStateAndVersion();
    void configIsMasked();
    void taskLagComesFromItsPartitions();
    void lateAnswersAreDropped();
    void deletedStaysReadableWithoutActions();
    void offsetsSayWhyTheyAreMissing();
};

void TestConnectorDetail::errorsComeFirst()
{
    const auto shown = detail("invoices-jdbc-sink", cast::picture());
    QVERIFY(shown.error.has_value());
    QCOMPARE(shown.error->title, QStringLiteral("Task 1 failed 11 min ago"));
    QVERIFY(plainText(shown.error->cause).startsWith(QLatin1String("billing-db refused a record")));
    QCOMPARE(shown.error->offers.front().note, QStringLiteral("will stop at the same record again"));
    QVERIFY(shown.error->trace.contains(QLatin1String("PSQLException")));
    QCOMPARE(shown.subtitle, QStringLiteral("JdbcSinkConnector 10.7.4 on connect-eu · owner Billing"));
    QCOMPARE(int(shown.tasks.size()), 3);
    QVERIFY(shown.tasks[1].restartable && !shown.tasks[0].restartable);
    QCOMPARE(shown.tasks[1].worker, QStringLiteral("connect-eu-5"));
    QCOMPARE(spoken(shown.figures[1].second), QStringLiteral("41.2 k records"));
}

void TestConnectorDetail::healthyHasNoErrorBlock()
{
    const auto shown = detail("orders-s3-sink", cast::picture());
    QVERIFY(!shown.error.has_value());
    QCOMPARE(shown.flow.front().name, QStringLiteral("orders"));
    QCOMPARE(detail("orders-cdc-source", cast::picture()).flow.front().name,
        QStringLiteral("orders-db")); // a source begins at its system
}

void TestConnectorDetail::honestRestartLabels_data()
{
    QTest::addColumn<QString>("connector");
    QTest::addColumn<QStringList>("offers");
    QTest::newRow("failed task") << QStringLiteral("invoices-jdbc-sink")
                                 << QStringList {QStringLiteral("Restart 1 failed task..."), QStringLiteral("Pause..."),
                                        QStringLiteral("Stop..."), QStringLiteral("Restart connector and 3 tasks..."),
                                        QStringLiteral("Restart connector only..."),
                                        QStringLiteral("Restart task 1...")};
    QTest::newRow("running") << QStringLiteral("orders-cdc-source")
                             << QStringList {QStringLiteral("Restart 0 failed tasks... [nothing has failed]"),
                                    QStringLiteral("Pause..."), QStringLiteral("Stop..."),
                                    QStringLiteral("Restart connector and 1 task..."),
                                    QStringLiteral("Restart connector only...")};
    QTest::newRow("stopped") << QStringLiteral("legacy-crm-sink")
                             << QStringList {QStringLiteral("Restart 0 failed tasks... [nothing has failed]"),
                                    QStringLiteral("Resume..."), QStringLiteral("Stop... [is stopped already]"),
                                    QStringLiteral("Restart connector and 0 tasks... [has no tasks to restart]"),
                                    QStringLiteral("Restart connector only... [is stopped: resume it instead]")};
    QTest::newRow("paused") << QStringLiteral("loyalty-redis-sink")
                            << QStringList {QStringLiteral("Restart 0 failed tasks... [nothing has failed]"),
                                   QStringLiteral("Resume..."), QStringLiteral("Stop..."),
                                   QStringLiteral("Restart connector and 2 tasks..."),
                                   QStringLiteral("Restart connector only...")};
}

// Rows: UX-05, N02
void TestConnectorDetail::honestRestartLabels()
{
    QFETCH(QString, connector);
    QFETCH(QStringList, offers);
    QCOMPARE(labels(detail(qPrintable(connector), cast::picture()).offers), offers);
}

// Rows: UX-09
void TestConnectorDetail::reasonsNameModeStateAndVersion()
{
    auto picture = cast::picture();
    picture.mode = Mode::ReadOnly;
    for (const auto &offer : detail("invoices-jdbc-sink", picture).offers) {
        QCOMPARE(offer.reason, QStringLiteral("eu-prod is read-only"));
    }

    auto old = cast::snapshot();
    old.clusters.front().stop = false;
    old.clusters.front().restartFlags = false;
    const auto below = labels(detail("invoices-jdbc-sink", cast::picture(old, cast::problems())).offers);
    QVERIFY(below.contains(QStringLiteral("Stop... [needs Connect 3.5 or newer]")));
    QVERIFY(
        below.contains(QStringLiteral("Restart 1 failed task... [needs Connect 3.0 or newer: restart single tasks]")));
    QVERIFY(below.contains(QStringLiteral("Restart task 1...")));

    auto busy = cast::picture();
    auto operations = cast::operations();
    operations[0].phase = OperationPhase::Observing;
    busy.operations = std::make_shared<const std::vector<Operation>>(operations);
    QCOMPARE(detail("invoices-jdbc-sink", busy).offers[1].reason, QStringLiteral("another operation runs on it"));
    QVERIFY(detail("loyalty-redis-sink", busy).offers[1].isEnabled());
}

// Rows: UX-14
void TestConnectorDetail::configIsMasked()
{
    auto snapshot = cast::snapshot();
    for (auto &facts : snapshot.connectors) {
        facts.info->config.emplace_back(QStringLiteral("api.secret"), QStringLiteral("hunter2-plain"));
        facts.info->config.emplace_back(QStringLiteral("target.url"), QStringLiteral("https://bob:hunter2-url@host/x"));
    }
    const auto shown = detail("invoices-jdbc-sink", cast::picture(snapshot, cast::problems()));
    QStringList values;
    for (const auto &[key, value] : shown.config) {
        values << QString(key + u'=' + value);
    }
    const auto all = values.join(u'\n');
    QVERIFY2(!all.contains(QLatin1String("hunter2")), qPrintable(all));
    QVERIFY(all.contains(QStringLiteral(
        "connection.password=${file:/etc/connect/secrets.properties:password}"))); // a reference is no secret
}

// Rows: L22
void TestConnectorDetail::taskLagComesFromItsPartitions()
{
    auto facts = cast::snapshot().connectors[7];
    QCOMPARE(facts.ref.name, QStringLiteral("invoices-jdbc-sink"));
    facts.members.clear();
    QVERIFY(!taskLag(facts, 1).value.has_value()); // no member speaks for it: absent, not zero
    const TopicPartition first {QStringLiteral("invoices"), 3};
    const TopicPartition second {QStringLiteral("invoices"), 4};
    const TopicPartition other {QStringLiteral("invoices"), 5};
    facts.members
        = {{QStringLiteral("m"), QStringLiteral("connector-consumer-invoices-jdbc-sink-1"), {}, {first, second}}};
    facts.groupLag.partitions
        = {partitionLag(first, 10, 0, 40'000), partitionLag(second, 0, 0, 622), partitionLag(other, 0, 0, 999)};
    QCOMPARE(taskLag(facts, 1).value.value_or(-1), 39'990 + 622);
}

void TestConnectorDetail::lateAnswersAreDropped()
{
    SlowTopics slow;
    ConnectorDetailModel model({[&slow](ConnectorRef one) { return slow.ask(one); }, {}});
    model.show(cast::picture());
    model.select(ref("invoices-jdbc-sink"));
    model.select(ref("orders-s3-sink"));
    QCOMPARE(int(slow.asked.size()), 2);
    slow.finish(1, {QStringLiteral("orders")});
    QTRY_COMPARE(model.topics().value, QStringList {QStringLiteral("orders")});
    const QSignalSpy fetched(&model, &ConnectorDetailModel::fetched);
    slow.finish(0, {QStringLiteral("invoices")});
    QCoreApplication::processEvents();
    QCOMPARE(fetched.count(), 0);
    QCOMPARE(model.topics().value, QStringList {QStringLiteral("orders")});
}

void TestConnectorDetail::deletedStaysReadableWithoutActions()
{
    ConnectorDetailModel model({});
    model.show(cast::picture());
    model.select(ref("invoices-jdbc-sink"));
    auto snapshot = cast::snapshot();
    std::erase_if(snapshot.connectors,
        [](const ConnectorFacts &facts) { return facts.ref.name == QLatin1String("invoices-jdbc-sink"); });
    const QSignalSpy changed(&model, &ConnectorDetailModel::changed);
    model.show(cast::picture(snapshot, {}));
    QCOMPARE(changed.count(), 1);
    QVERIFY(model.detail()->deleted && model.detail()->offers.empty());
    QCOMPARE(model.detail()->title, QStringLiteral("invoices-jdbc-sink"));
}

void TestConnectorDetail::offsetsSayWhyTheyAreMissing()
{
    ConnectorDetailModel model({{}, refused});
    model.show(cast::picture());
    model.select(ref("invoices-jdbc-sink"));
    QCOMPARE(model.offsets().phase, FetchedPart<std::vector<ConnectorOffset>>::Phase::NotAsked);
    model.askOffsets();
    QTRY_COMPARE(model.offsets().phase, FetchedPart<std::vector<ConnectorOffset>>::Phase::Failed);
    QCOMPARE(model.offsets().error->kind, ErrorKind::NotSupported);
}

QTEST_GUILESS_MAIN(TestConnectorDetail)
#include "tst_connectordetail.moc"
