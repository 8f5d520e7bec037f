// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/cellroles.h"
#include "models/deadletters/deadlettertext.h"
#include "models/deadletters/deadletterviewmodel.h"
#include "support/fakes/fakeedges.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;
using Phase = DeadLetterViewModel::Phase;
using RedrivePhase = DeadLetterViewModel::RedrivePhase;

namespace {

const auto queue = QStringLiteral("orders.dlq");
const ContextId lab {QStringLiteral("lab")};

//! Fifteen letters of two causes, and one without headers, seen through the view model.
struct Page
{
    QTemporaryDir dir;
    FakeEdges world;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;
    std::unique_ptr<DeadLetterService> service;
    std::unique_ptr<DeadLetterViewModel> model;

    Page()
    {
        world.cluster().add(QStringLiteral("orders-sink"), ConnectorType::Sink, {"RUNNING"}).info.config
            = {{QStringLiteral("topics"), QStringLiteral("orders")},
                {QStringLiteral("errors.deadletterqueue.topic.name"), queue},
                {QStringLiteral("errors.deadletterqueue.context.headers.enable"), QStringLiteral("true")}};
        world.kafka->addTopic(QStringLiteral("orders"), {1000});
        world.kafka->addTopic(queue, {0});
        for (int i = 0; i < 16; ++i) {
            const auto number = QByteArray::number(i);
            world.kafka->append(queue, 0, "key-" + number, "{\"id\":" + number + "}");
            if (i < 15) {
                world.kafka->partitions[{queue, 0}].records.back().headers
                    = {{"__connect.errors.topic", "orders"}, {"__connect.errors.partition", "0"},
                        {"__connect.errors.offset", number}, {"__connect.errors.connector.name", "orders-sink"},
                        {"__connect.errors.stage", i < 12 ? "VALUE_CONVERTER" : "TASK_PUT"},
                        {"__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException"}};
            }
        }
        contexts = std::make_unique<ContextsService>(world.edges(), ContextsService::Paths {});
        auto context = world.context();
        context.mode = Mode::Guarded;
        contexts->addTransient(context);
        operations = std::make_unique<OperationsService>(
            *contexts, OperationsService::Settings {.directory = dir.filePath(QStringLiteral("log"))});
        service = std::make_unique<DeadLetterService>(*contexts, *operations, DeadLetterService::Settings {});
        model = std::make_unique<DeadLetterViewModel>(*contexts, *operations, *service);
    }
    ~Page()
    {
        model.reset();
        runOn(*world.clock, operations->close(), 1h);
        runOn(*world.clock, service->close(), 1h);
        runOn(*world.clock, contexts->close(), 1h);
    }
    template <class Done> bool until(Done done) { return world.clock->advanceUntil(done, 10min); }
    bool opened()
    {
        model->open(lab);
        return until([this] { return !model->state().reading; }) && model->state().phase == Phase::Ready;
    }
    QString worst() const { return groupKey(model->state().groups.front()); }
};

} // namespace

class tst_DeadLetterViewModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void causesAndRecordsAreListed()
    {
        Page page;
        const QAbstractItemModelTester groups(
            &page.model->groups(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester letters(
            &page.model->letters(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(page.opened());
        QCOMPARE(page.model->headline(), QStringLiteral("16 record(s) in 1 queue(s), 3 cause(s)"));
        QCOMPARE(page.model->groups().rowCount(), 3);
        QCOMPARE(page.model->letters().rowCount(), 0);
        page.model->select(page.worst());
        QCOMPARE(page.model->letters().rowCount(), 12);
        const auto row = page.model->groups().indexOf(page.worst());
        const auto day = page.model->groups().index(row, DeadLetterGroupsModel::Day);
        QCOMPARE(day.data(SparkRole).value<QList<float>>().back(), 12.0F);
        const auto first = page.model->letters().index(0, DeadLettersModel::CameFrom);
        QCOMPARE(first.data().toString(), QStringLiteral("orders-0 @ 0"));
    }

    void aBoxChoosesARecordAndTakesThePlanBack()
    {
        Page page;
        QVERIFY(page.opened());
        page.model->select(page.worst());
        QCOMPARE(page.model->state().chosen.size(), size_t(12)); // all marked
        page.model->plan();
        QVERIFY(page.until([&] { return page.model->state().redrive == RedrivePhase::Planned; }));
        QVERIFY(page.model->typedNameNeeded());
        const auto box = page.model->letters().index(2, DeadLettersModel::Chosen);
        QVERIFY(box.flags().testFlag(Qt::ItemIsUserCheckable));
        QVERIFY(page.model->letters().setData(box, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(box.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QCOMPARE(page.model->state().chosen.size(), size_t(11));
        QCOMPARE(page.model->state().redrive, RedrivePhase::None);
        QVERIFY(!page.model->state().plan);
        page.model->chooseAll(false);
        QVERIFY(page.model->state().chosen.empty());
    }

    void oneRecordIsShownInPieces()
    {
        Page page;
        QVERIFY(page.opened());
        page.model->show({{queue, 0}, 3});
        QVERIFY(page.until([&] { return page.model->state().shown.has_value(); }));
        const auto &shown = *page.model->state().shown;
        QCOMPARE(shown.value.form, PayloadForm::Json);
        QCOMPARE(shown.fixable.value(), QByteArray("{\"id\":3}"));
        QCOMPARE(shown.reason->stage, QStringLiteral("VALUE_CONVERTER"));
        page.model->show({{queue, 0}, 99});
        QVERIFY(page.until([&] { return page.model->state().shownError.has_value(); }));
        QVERIFY(!page.model->state().shown);
    }

    //! Its schema is asked for once; where it cannot be used the bytes stay, with why.
    void aFramedRecordIsDecodedByItsSchema()
    {
        Page page;
        page.world.kafka->append(queue, 0, QByteArray("\0\0\0\0\x07\x04", 6), QByteArray("\0\0\0\0\x07\x06", 6));
        page.world.kafka->append(queue, 0, "key", QByteArray("\0\0\0\0\x08\x06", 6));
        QVERIFY(page.opened());
        page.model->show({{queue, 0}, 16});
        QVERIFY(page.until([&] { return page.model->state().shown && page.model->state().shown->valueError; }));
        QCOMPARE(page.model->state().shown->valueError->kind, ErrorKind::NotSupported); // no registry is named
        QCOMPARE(page.world.schemas->asked, 0);

        auto context = page.contexts->contexts().front();
        context.schemaRegistry.urls = {QStringLiteral("http://schemas:8081")};
        page.contexts->addTransient(context);
        page.world.schemas->schemas[7] = {.id = 7, .kind = SchemaKind::Avro, .text = "\"long\""};
        page.model->show({{queue, 0}, 16});
        QVERIFY(page.until([&] { return page.model->state().shown && !page.model->state().shown->keyKind.isEmpty(); }));
        const auto shown = *page.model->state().shown;
        QCOMPARE(shown.value.text, QStringLiteral("3"));
        QCOMPARE(shown.key.text, QStringLiteral("2"));
        QCOMPARE(shown.valueKind, QStringLiteral("Avro"));
        QVERIFY(!shown.value.hex.isEmpty());
        QCOMPARE(page.world.schemas->asked, 1); // for both

        page.model->show({{queue, 0}, 17});
        QVERIFY(page.until([&] { return page.model->state().shown && page.model->state().shown->valueError; }));
        QCOMPARE(page.model->state().shown->valueError->kind, ErrorKind::NotFound);
        QVERIFY(page.model->state().shown->value.text.isEmpty());
        QCOMPARE(undecodedText(*page.model->state().shown->valueError),
            QStringLiteral("The schema registry schemas:8081 has no such schema: Schema 8 not found."));
    }

    void whyItStaysInBytes_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("said");
        QTest::newRow("no registry") << Error {.kind = ErrorKind::NotSupported, .message = QStringLiteral("none")}
                                     << QStringLiteral(
                                            "This context names no schema registry. Add one under Contexts.");
        QTest::newRow("does not fit") << Error {.kind = ErrorKind::InvalidAnswer,
            .message = QStringLiteral("The bytes are not what the Avro schema says")}
                                      << QStringLiteral("The bytes are not what the Avro schema says.");
        QTest::newRow("refused") << Error {.kind = ErrorKind::AuthenticationFailed,
            .message = QStringLiteral("HTTP 401"),
            .target = QStringLiteral("s:8081")}
                                 << QStringLiteral("The schema registry s:8081 refuses this login: HTTP 401.");
        QTest::newRow("away") << Error {.kind = ErrorKind::Unreachable,
            .message = QStringLiteral("Connection refused"),
            .target = QStringLiteral(
                "s:8081")} << QStringLiteral("The schema registry s:8081 did not tell the schema: Connection refused.");
    }
    void whyItStaysInBytes()
    {
        QFETCH(Error, error);
        QFETCH(QString, said);
        QCOMPARE(undecodedText(error), said);
    }

    void whatIsMissingIsSaidUntilItRuns()
    {
        Page page;
        QVERIFY(page.opened());
        page.model->select(page.worst());
        QCOMPARE(page.model->missing({}), QStringLiteral("there is no preview"));
        page.model->plan();
        QVERIFY(page.until([&] { return page.model->state().redrive == RedrivePhase::Planned; }));
        QCOMPARE(page.model->missing({}), QStringLiteral("your name is missing: it goes to the audit log"));
        QCOMPARE(page.model->missing({.person = QStringLiteral("Ada")}),
            QStringLiteral("the connector's name is not typed"));
        page.model->run({}); // does nothing
        QCOMPARE(page.model->state().redrive, RedrivePhase::Planned);
        const QSignalSpy started(page.model.get(), &DeadLetterViewModel::started);
        page.model->run({.person = QStringLiteral("Ada"), .reason = {}, .typedName = QStringLiteral("orders-sink")});
        QVERIFY(page.until([&] { return page.model->state().redrive == RedrivePhase::Ended; }));
        QCOMPARE(started.size(), 1);
        QCOMPARE(*page.model->state().operation->outcome, Outcome::Confirmed);
        const auto &log = page.world.kafka->partitions.at({QStringLiteral("orders"), 0});
        QCOMPARE(log.records.size(), size_t(12));
    }

    void aFailedReadKeepsThePicture()
    {
        Page page;
        QVERIFY(page.opened());
        page.world.cluster().down = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("gone")};
        page.model->readAgain();
        QVERIFY(page.until([&] { return !page.model->state().reading; }));
        QCOMPARE(page.model->state().phase, Phase::Ready);
        QVERIFY(page.model->state().error);
        QCOMPARE(page.model->groups().rowCount(), 3);
    }
};

QTEST_GUILESS_MAIN(tst_DeadLetterViewModel)
#include "tst_deadletterviewmodel.moc"
