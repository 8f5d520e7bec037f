// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/ledgerjson.h"
#include "domain/replay/replayplanfile.h"
#include "domain/replay/replayprogress.h"
#include "domain/replayscene.h"
#include "models/ledger/ledgermodel.h"
#include "models/ledger/ledgermovesmodel.h"
#include "services/operations/operationrecords.h"
#include "support/cast/pictures.h"
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/common/actions.h"
#include "views/common/segmentedchoice.h"
#include "views/ledger/ledgerpane.h"
#include "views/ledger/ledgerview.h"
#include "views/shell/shellactions.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

ConnectorRef refOf(const QString &connector)
{
    return {{QStringLiteral("eu-prod")}, {QStringLiteral("main")}, connector};
}

OperationStep done(ReplayStep step, QByteArray data)
{
    return {.what = stepWord(step), .state = QStringLiteral("done"), .detail = {}, .data = std::move(data)};
}

//! The window on the ledger of its context, over a log that was written before.
class LedgerLab : public WindowLab
{
public:
    LedgerLab() { m_at = world.clock->now() - 6h; }

    //! Partitions of orders-s3-sink from 18,442,907 back by 2,907.
    void addReplay(const char *id, Outcome outcome, int partitions = 2)
    {
        const auto topic = QStringLiteral("orders");
        ReplayScene scene;
        scene.facts.topics = {{.name = topic, .id = QStringLiteral("topic-1"), .partitions = partitions}};
        scene.facts.partitions.clear();
        std::vector<ConnectorOffset> before, after;
        for (int i = 0; i < partitions; ++i) {
            const TopicPartition tp {topic, i};
            scene.facts.partitions.push_back({.tp = tp, .committed = 18'442'907 + i, .start = 100, .end = 19'000'000});
            before.push_back(sinkOffset({tp, 18'442'907 + i}));
            after.push_back(sinkOffset({tp, 18'440'000}));
        }
        scene.request.connector = refOf(QStringLiteral("orders"));
        scene.request.everywhere = {.kind = PositionKind::Offset, .number = 18'440'000};
        LoggedOperation logged;
        auto &operation = logged.operation;
        operation.id = {QString::fromLatin1(id)};
        operation.request = {.kind = OperationKind::Replay,
            .connector = scene.request.connector,
            .reason = QStringLiteral("rows lost in the lake on 3 March")};
        operation.person = QStringLiteral("Rita Okafor <r.okafor@example.org>");
        operation.startedAt = m_at;
        operation.endedAt = m_at + 40s;
        operation.outcome = outcome;
        operation.plan = planText(scene.plan().value());
        append(intentRecord(logged));
        append(stepRecord(operation.id, done(ReplayStep::Snapshot, snapshotText(before))));
        if (outcome == Outcome::Confirmed) {
            append(stepRecord(operation.id, done(ReplayStep::ReadBack, snapshotText(after))));
        }
        append(outcomeRecord(operation));
        m_at += 20min;
    }
    void addJump(const QString &connector, JumpKind kind)
    {
        PositionJump jump {.connector = refOf(connector),
            .type = ConnectorType::Sink,
            .kind = kind,
            .notBefore = m_at,
            .seenAt = m_at + 15s};
        jump.partitions = {{{QStringLiteral("invoices"), 2}, {}, "904113", "880000"}};
        append(ledgerRecords({jump}, {}).front());
        m_at += 20min;
    }
    void addPeriod(const QString &connector, ConnectorType type, bool ended)
    {
        PeriodMark mark {.connector = refOf(connector), .type = type, .kind = MarkKind::Started, .at = m_at};
        mark.positions = {{{QStringLiteral("payments"), 0}, 5000, {}}, {{QStringLiteral("payments"), 1}, 7000, {}}};
        mark.deadLetters.emplace();
        append(ledgerRecords({}, {mark}).front());
        if (ended) {
            mark.kind = MarkKind::Stopped;
            mark.at += 10min;
            mark.positions[0].offset = 5400;
            mark.positions[1].offset = 7250;
            mark.taskFailures = 1;
            mark.deadLetters = {{{QStringLiteral("payments-dead"), 0}, 3, {}}};
            append(ledgerRecords({}, {mark}).front());
        }
        m_at += 20min;
    }
    void addDay()
    {
        addPeriod(QStringLiteral("payments-ledger-jdbc-sink"), ConnectorType::Sink, true);
        addReplay("20260225T001320000Z-5f3a91", Outcome::Confirmed);
        addJump(QStringLiteral("invoices-jdbc-sink"), JumpKind::WentBack);
        addPeriod(QStringLiteral("orders-cdc-source"), ConnectorType::Source, false);
        addReplay("20260225T013320000Z-0c11aa", Outcome::Refused);
    }
    void openLedger()
    {
        open();
        window->goTo({.page = PageId::Activity});
        in<SegmentedChoice>(page(), "activityHalf")->findChildren<QAbstractButton *>().last()->click();
        settle();
    }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(!isReading(), 60'000); } // the huge one takes its time
    bool isReading() const
    {
        return in<QWidget>(page(), "ledgerView") && summary().startsWith(QLatin1String("Reading"));
    }
    QString summary() const { return window->currentPage()->summary(); }
    QWidget *page() const { return window->currentPage(); }
    QTableView *table() const { return in<QTableView>(page(), "ledgerTable"); }
    QWidget *pane() const { return in<QWidget>(page(), "ledgerPane"); }
    QStringList column(int column) const
    {
        QStringList texts;
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            texts << table()->model()->index(row, column).data().toString();
        }
        return texts;
    }
    void choose(int row) { table()->setCurrentIndex(table()->model()->index(row, 0)); }
    OperationsLog log() const { return OperationsLog(operations->logFile({QStringLiteral("eu-prod")})); }

private:
    void append(const QByteArray &body) { QVERIFY(log().append(body)); }

    Instant m_at;
};

} // namespace

class tst_LedgerView : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:
    void theLedgerIsTheOtherHalfOfActivity()
    {
        LedgerLab lab;
        lab.addDay();
        lab.openLedger();
        QCOMPARE(lab.summary(), QStringLiteral("5 lines in the offset ledger"));
        QCOMPARE(lab.column(LedgerModel::What),
            (QStringList {QStringLiteral("Replay"), QStringLiteral("Written"), QStringLiteral("Went back"),
                QStringLiteral("Replay"), QStringLiteral("Consumed")})); // newest first
        QCOMPARE(lab.column(LedgerModel::Records),
            (QStringList {QStringLiteral("–"), QStringLiteral("–"), QStringLiteral("24,113 again"),
                QStringLiteral("5,815 again"), QStringLiteral("650 consumed")}));
        QVERIFY(!lab.pane()->isVisible());
        lab.choose(3);
        QVERIFY(lab.pane()->isVisible());
        QTRY_VERIFY(cast::words(*lab.pane()).contains(QLatin1String("rows lost in the lake")));
        const auto words = cast::words(*lab.pane());
        for (const auto *part : {"Read back from a worker afterwards: as asked for.", "rows lost in the lake",
                 "Rita Okafor <r.okafor@example.org>", "20260225T001320000Z-5f3a91"}) {
            QVERIFY2(words.contains(QLatin1String(part)), part);
        }
        const auto *moves = in<QTableView>(lab.pane(), "ledgerPartitions")->model();
        QCOMPARE(moves->rowCount(), 2);
        QCOMPARE(moves->index(1, LedgerMovesModel::Before).data().toString(), QStringLiteral("18,442,908"));
        QCOMPARE(moves->index(1, LedgerMovesModel::Last).data().toString(), QStringLiteral("18,440,000"));
        lab.window->resize(1440, 900);
        cast::photograph(*lab.window, QStringLiteral("ledger-replay"));
        lab.choose(4);
        QTRY_VERIFY(cast::words(*lab.pane()).contains(QLatin1String("no data: only metrics of the workers tell")));
        cast::photograph(*lab.window, QStringLiteral("ledger-period"));
        lab.choose(2);
        cast::photograph(*lab.window, QStringLiteral("ledger-jump"));
    }

    void theFilterNarrowsAndSaysSo()
    {
        LedgerLab lab;
        lab.addDay();
        lab.openLedger();
        lab.window->currentPage()->enterFilter();
        auto *filter = in<QLineEdit>(lab.page(), "ledgerFilter");
        QVERIFY(filter->hasFocus());
        filter->setText(QStringLiteral("replay !refused"));
        QTRY_COMPARE(lab.table()->model()->rowCount(), 1);
        QCOMPARE(lab.summary(), QStringLiteral("1 of 5 in the offset ledger"));
        filter->setText(QStringLiteral("banana"));
        QTRY_VERIFY(lab.table()->isHidden());
        QVERIFY(cast::words(*lab.page()).contains(QLatin1String("No entry fits banana")));
        QVERIFY(cast::words(*lab.page()).contains(QLatin1String("Without it there are 5 lines.")));
        cast::photograph(*lab.window, QStringLiteral("ledger-nohit"));
        QVERIFY(lab.window->currentPage()->goBack());
        QTRY_COMPARE(lab.table()->model()->rowCount(), 5);
        QVERIFY(!lab.window->currentPage()->goBack());
    }

    void keysLeadThroughIt()
    {
        LedgerLab lab;
        lab.addDay();
        lab.openLedger();
        in<QLineEdit>(lab.page(), "ledgerFilter")->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QVERIFY(lab.table()->hasFocus());
        QCOMPARE(lab.table()->currentIndex().row(), 0);
        QTest::keyClick(lab.table(), Qt::Key_Down);
        QTest::keyClick(lab.table(), Qt::Key_Down);
        QTest::keyClick(lab.table(), Qt::Key_Return); // a jump: to its connector
        QCOMPARE(lab.window->currentPage()->id(), PageId::Connectors);
        lab.window->goTo({.page = PageId::Activity});
        lab.choose(3);
        QTest::keyClick(lab.table(), Qt::Key_Return); // a replay: to its page
        QCOMPARE(lab.window->currentPage()->id(), PageId::Replay);
    }

    void inANarrowWindowThePaneIsAPage()
    {
        LedgerLab lab;
        lab.addDay();
        lab.window->resize(1024, 700);
        lab.openLedger();
        lab.choose(3);
        QVERIFY(!lab.pane()->isVisible());
        lab.table()->setFocus();
        QTest::keyClick(lab.table(), Qt::Key_Return);
        QVERIFY(lab.pane()->isVisible() && !lab.table()->isVisible());
        cast::photograph(*lab.window, QStringLiteral("ledger-narrow"));
        QVERIFY(lab.window->currentPage()->goBack());
        QVERIFY(lab.table()->isVisible());
    }

    void anEmptyLedgerSaysWhatItIsFor()
    {
        LedgerLab lab;
        lab.openLedger();
        QTRY_VERIFY(cast::words(*lab.page()).contains(QLatin1String("No position was written down yet")));
        QCOMPARE(lab.summary(), QStringLiteral("0 lines in the offset ledger"));
        QCOMPARE(reasonOfExport(lab), QStringLiteral("there is no entry to export"));
        cast::photograph(*lab.window, QStringLiteral("ledger-empty"));
    }

    void aLogThatCannotBeReadIsNoEmptyLedger()
    {
        LedgerLab lab;
        QVERIFY(QDir().mkpath(lab.log().path())); // a folder stands in its place
        lab.openLedger();
        QTRY_VERIFY(cast::words(*lab.page()).contains(QLatin1String("The offset ledger could not be read")));
        QVERIFY(!cast::words(*lab.page()).contains(QLatin1String("No position was written down yet")));
        cast::photograph(*lab.window, QStringLiteral("ledger-failed"));
        QVERIFY(QDir().rmdir(lab.log().path()));
        lab.addDay();
        in<QWidget>(lab.page(), "ledgerView")->findChild<QPushButton *>()->click();
        QTRY_VERIFY(lab.table()->isVisible());
    }

    void aHugeOneIsShown()
    {
        LedgerLab lab;
        std::vector<PositionJump> jumps;
        for (int i = 0; i < 20'000; ++i) {
            PositionJump jump {.connector = refOf(QStringLiteral("sink-%1").arg(i)),
                .type = ConnectorType::Sink,
                .seenAt = Instant(Milliseconds(1'771'000'000'000 + i * 1000))};
            jump.partitions = {{{QStringLiteral("t"), 0}, {}, "2", "1"}};
            jumps.push_back(jump);
        }
        for (const auto &body : ledgerRecords(jumps, {})) {
            QVERIFY(lab.log().append(body));
        }
        lab.addReplay("op-1", Outcome::Confirmed, 3000);
        lab.openLedger();
        QTRY_COMPARE(lab.table()->model()->rowCount(), 20'001);
        lab.choose(0);
        QCOMPARE(in<QTableView>(lab.pane(), "ledgerPartitions")->model()->rowCount(), 3000);
        cast::photograph(*lab.window, QStringLiteral("ledger-huge"));
    }

    void whatIsWrittenMeanwhileComes()
    {
        LedgerLab lab;
        lab.addDay();
        lab.openLedger();
        lab.addJump(QStringLiteral("loyalty-redis-sink"), JumpKind::GroupRemoved);
        Q_EMIT lab.ledger->written({QStringLiteral("eu-prod")});
        QTRY_COMPARE(lab.table()->model()->rowCount(), 6);
    }

    void theExportIsWhatIsShown_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("begins");
        QTest::newRow("csv") << QStringLiteral("ledger.csv") << QStringLiteral("when,from,kind");
        QTest::newRow("json") << QStringLiteral("ledger.json") << QStringLiteral("{");
    }

    void theExportIsWhatIsShown()
    {
        QFETCH(QString, action);
        LedgerLab lab;
        lab.addDay();
        lab.openLedger();
        in<QLineEdit>(lab.page(), "ledgerFilter")->setText(QStringLiteral("went-back"));
        QTRY_COMPARE(lab.table()->model()->rowCount(), 1);
        lab.window->findChild<QAction *>(action)->trigger();
        auto *dialog = lab.window->findChild<QFileDialog *>();
        QVERIFY(dialog);
        const auto path = lab.dir.filePath(QStringLiteral("export"));
        Q_EMIT dialog->fileSelected(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        QVERIFY2(
            text.startsWith(QTest::currentDataTag() == QByteArray("csv") ? "when,from,kind" : "{"), text.constData());
        QVERIFY(text.contains("invoices-jdbc-sink") && !text.contains("orders-cdc-source"));
        dialog->close();
    }

private:
    static QString reasonOfExport(LedgerLab &lab)
    {
        return reasonOf(lab.window->findChild<QAction *>(QStringLiteral("ledger.csv")));
    }
};

QTEST_MAIN(tst_LedgerView)
#include "tst_ledgerview.moc"
