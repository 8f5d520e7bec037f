// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayprogress.h"
#include "support/cast/pictures.h"
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/common/factgrid.h"
#include "views/common/factlabel.h"
#include "views/common/linesbox.h"
#include "views/operations/operationdialog.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto kSink = QStringLiteral("invoices-jdbc-sink");
const auto kTopic = QStringLiteral("invoices");

//! The failed sink stands at 100 of 600, with four dead letters.
void furnish(WindowLab &lab)
{
    lab.withKafka = true;
    lab.world.kafka->addTopic(kTopic, {600});
    lab.world.kafka->addTopic(QStringLiteral("dead"), {4});
    lab.world.kafka->commit(QStringLiteral("connect-invoices-jdbc-sink"), kTopic, 0, 100);
    auto &sink = lab.cluster().at(kSink);
    sink.offsets = {{R"({"kafka_topic":"invoices","kafka_partition":0})", R"({"kafka_offset":100})"}};
    sink.info.config
        = {{QStringLiteral("connector.class"), QStringLiteral("com.acme.JdbcSink")}, {QStringLiteral("topics"), kTopic},
            {QStringLiteral("errors.deadletterqueue.topic.name"), QStringLiteral("dead")}};
}

ConnectorRef sinkOf(const WindowLab &lab)
{
    return {lab.contexts->current(), {QStringLiteral("main")}, kSink};
}

} // namespace

//! Every way to a connector that stands still leads over the same facts and the same offer.
class TestStopPaths : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:
    void everyStopPathShowsWhatStandsAndOffersASnapshot_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("request");
        QTest::newRow("stop, from the detail, its menu and the palette") << "connectors.stop" << "stop";
        QTest::newRow("pause, from the detail, its menu and the palette") << "connectors.pause" << "pause";
        QTest::newRow("pause, from the card of a problem") << "card" << "pause";
        QTest::newRow("stop, asked for by a page as the way back of a resume") << "stop" << "stop";
        QTest::newRow("pause, asked for by a page as the way back of a resume") << "pause" << "pause";
    }
    // Rows: C13
    void everyStopPathShowsWhatStandsAndOffersASnapshot()
    {
        QFETCH(QString, path);
        QFETCH(QString, request);
        WindowLab lab;
        furnish(lab);
        lab.open();
        lab.pass(20s);
        auto *dialog = walk(lab, path);
        QVERIFY(dialog);
        QVERIFY(lab.world.clock->advanceUntil(
            [dialog] { return dialog->viewModel().state().phase == OperationViewModel::Phase::Ready; }, 30s));
        const auto position = cast::words(*in<QWidget>(dialog, "stopPosition"));
        QVERIFY2(position.contains(QStringLiteral("invoices-0 @ 100")), qPrintable(position));
        const auto figures = cast::words(*in<QWidget>(dialog, "effectFigures"));
        QVERIFY2(figures.contains(QStringLiteral("500")), qPrintable(figures));     // lag
        QVERIFY2(figures.contains(QStringLiteral("4 ")), qPrintable(figures));      // dead letters
        QVERIFY2(figures.contains(QStringLiteral("no data")), qPrintable(figures)); // in flight: nobody tells
        QVERIFY(lab.sent().isEmpty());
        auto *save = in<QCheckBox>(dialog, "savePositions");
        QVERIFY(save->isVisible() && save->isChecked());
        cast::photograph(*dialog, QStringLiteral("stop-") + request);
        in<QPushButton>(dialog, "act")->click();
        QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
        QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.operations->anyRunning(); }, 3min));
        QCOMPARE(lab.sent(), QStringList {QStringLiteral("PUT /connectors/invoices-jdbc-sink/%1").arg(request)});
        const auto &done = lab.operations->operations().front();
        const auto saved = savedPositions(done);
        QVERIFY(saved);
        QCOMPARE(*saved, lab.cluster().at(kSink).offsets);
        // What it is for: a replay to where it stood before.
        const auto back = runOn(*lab.world.clock, lab.replay->wayBack(lab.contexts->current(), done.id, {}));
        QVERIFY(back);
        QCOMPARE(back->everywhere.kind, PositionKind::BeforeOperation);
        const auto plan = runOn(*lab.world.clock, lab.replay->plan(*back, {.deadline = 20s}));
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QCOMPARE(plan->moves.front().after, std::optional<std::int64_t>(100));
        lab.close();
    }

    void withoutTheOfferTakenNothingIsSaved()
    {
        WindowLab lab;
        furnish(lab);
        lab.open();
        auto *dialog = openPreview(lab, {.kind = OperationKind::Stop, .connector = sinkOf(lab)});
        in<QCheckBox>(dialog, "savePositions")->setChecked(false);
        in<QPushButton>(dialog, "act")->click();
        QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
        QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.operations->anyRunning(); }, 3min));
        QVERIFY(!savedPositions(lab.operations->operations().front()));
        lab.close();
    }

    void aWorkerThatTellsNoPositionsIsSaid()
    {
        WindowLab lab;
        furnish(lab);
        lab.open();
        lab.cluster().script(QStringLiteral("GET /connectors/invoices-jdbc-sink/offsets"),
            {.error = Error {.kind = ErrorKind::NotSupported, .message = QStringLiteral("404")}}, 5);
        auto *dialog = openPreview(lab, {.kind = OperationKind::Stop, .connector = sinkOf(lab)});
        QVERIFY(cast::words(*in<QWidget>(dialog, "stopPosition")).contains(QStringLiteral("no data")));
        QVERIFY(!in<QCheckBox>(dialog, "savePositions")->isVisible());
        lab.close();
    }

    void nothingIsSentWherePositionsCannotBeSaved()
    {
        WindowLab lab;
        furnish(lab);
        lab.open();
        auto *dialog = openPreview(lab, {.kind = OperationKind::Stop, .connector = sinkOf(lab)});
        lab.cluster().script(QStringLiteral("GET /connectors/invoices-jdbc-sink/offsets"),
            {.error = Error {.kind = ErrorKind::ServerFailed, .message = QStringLiteral("500")}}, 5);
        in<QPushButton>(dialog, "act")->click();
        QVERIFY(lab.world.clock->advanceUntil(
            [&] { return !lab.operations->operations().empty() && !lab.operations->anyRunning(); }, 1min));
        QCOMPARE(lab.operations->operations().front().outcome, std::optional(Outcome::Refused));
        QVERIFY(lab.sent().isEmpty());
        lab.close();
    }

    // Rows: B02
    void thePreviewListsExactlyWhoShares()
    {
        WindowLab lab;
        furnish(lab);
        // By topic; the third one of the lab shares neither worker, topic nor group.
        auto &source = lab.cluster().at(QStringLiteral("orders-cdc-source"));
        source.topics = {kTopic};
        source.status.workerId = QStringLiteral("worker-8:8083");
        source.status.tasks.front().workerId = source.status.workerId;
        auto &other = lab.cluster().at(QStringLiteral("loyalty-redis-sink"));
        other.info.config.emplace_back(QStringLiteral("topics"), QStringLiteral("loyalty"));
        other.status.workerId = QStringLiteral("worker-9:8083");
        for (auto &task : other.status.tasks) {
            task.workerId = other.status.workerId;
        }
        source.info.config.emplace_back(QStringLiteral("topic"), kTopic);
        lab.open();
        lab.pass(10s);
        const auto radius = blastRadius(*lab.contexts->session(lab.contexts->current())->snapshot(), sinkOf(lab));
        QVERIFY(radius);
        auto *dialog = openPreview(lab, {.kind = OperationKind::RestartAllTasks, .connector = sinkOf(lab)});
        QCOMPARE(dialog->viewModel().state().preview->blast, radius);
        QCOMPARE(
            in<LinesBox>(dialog, "blastLines")->text().trimmed(), QStringLiteral("orders-cdc-source: topic invoices"));
        QVERIFY(!in<QCheckBox>(dialog, "savePositions")->isVisible()); // it does not stand still
        lab.close();
    }

private:
    static OperationDialog *walk(WindowLab &lab, const QString &path)
    {
        const auto ref = sinkOf(lab);
        if (path.startsWith(QStringLiteral("connectors."))) {
            lab.window->goTo({.page = PageId::Connectors, .connector = ref});
            lab.pass(2s);
            lab.window->findChild<QAction *>(path)->trigger();
        } else if (path == QStringLiteral("card")) {
            lab.window->goTo({.page = PageId::Triage});
            lab.pass(2s);
            const auto buttons = lab.window->currentPage()->findChildren<QPushButton *>();
            const auto pause = std::ranges::find_if(buttons, [](const QPushButton *button) {
                return button->isVisible() && button->text().startsWith(QStringLiteral("Pause"));
            });
            if (pause == buttons.end()) {
                return nullptr;
            }
            (*pause)->click();
        } else {
            const auto kind = path == QStringLiteral("stop") ? OperationKind::Stop : OperationKind::Pause;
            Q_EMIT lab.window->currentPage()->actRequested({.kind = kind, .connector = ref});
        }
        return lab.find<OperationDialog>("operationDialog");
    }
};

QTEST_MAIN(TestStopPaths)
#include "tst_stoppaths.moc"
