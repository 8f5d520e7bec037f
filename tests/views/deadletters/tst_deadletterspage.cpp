// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/redriveprogress.h"
#include "services/operations/operationrecords.h"
#include "support/cast/pictures.h"
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/theme.h"
#include "views/deadletters/deadletterspage.h"
#include "views/deadletters/redrivesheet.h"

#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <set>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

using Phase = DeadLetterViewModel::Phase;
using Redrive = DeadLetterViewModel::RedrivePhase;

const auto queue = QStringLiteral("invoices.dlq");

//! Twelve letters that a converter refused, three that the system behind refused, one without headers.
class LettersLab : public WindowLab
{
public:
    explicit LettersLab(Environment environment = Environment::Development, Mode mode = Mode::Guarded)
        : WindowLab(environment, mode)
    {
        withKafka = true;
        cluster().at(QStringLiteral("invoices-jdbc-sink")).info.config
            = {{QStringLiteral("topics"), QStringLiteral("invoices")},
                {QStringLiteral("errors.deadletterqueue.topic.name"), queue}};
        world.kafka->addTopic(QStringLiteral("invoices"), {1000, 1000});
        world.kafka->addTopic(queue, {0});
    }
    void fill()
    {
        for (int i = 0; i < 16; ++i) {
            const auto number = QByteArray::number(i);
            world.kafka->append(
                queue, 0, "C-77419" + number, R"({"invoice":"INV-)" + number + R"(","amount":"104,250.00"})");
            if (i < 15) {
                world.kafka->partitions[{queue, 0}].records.back().headers = {{"__connect.errors.topic", "invoices"},
                    {"__connect.errors.partition", "1"}, {"__connect.errors.offset", "9" + number},
                    {"__connect.errors.connector.name", "invoices-jdbc-sink"}, {"__connect.errors.task.id", "1"},
                    {"__connect.errors.stage", i < 12 ? "VALUE_CONVERTER" : "TASK_PUT"},
                    {"__connect.errors.class.name", "org.apache.kafka.connect.json.JsonConverter"},
                    {"__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException"},
                    {"__connect.errors.exception.message", "<b>amount</b> does not fit numeric(10,2)"},
                    {"trace-id", "0f6b1c22e9d4"}};
            }
        }
    }
    void openLetters()
    {
        open();
        window->goTo({.page = PageId::DeadLetters});
        settle();
    }
    void settle()
    {
        QVERIFY(world.clock->advanceUntil([this] { return !state().reading && state().phase != Phase::Reading; }, 60s));
        if (!state().letters.empty()) {
            QVERIFY(world.clock->advanceUntil([this] { return state().shown || state().shownError; }, 60s));
        }
    }
    RedriveSheet *openSheet()
    {
        in<QPushButton>(page(), "redrivePreview")->click();
        if (!world.clock->advanceUntil(
                [this] { return state().redrive == Redrive::Planned || state().redrive == Redrive::Failed; }, 60s)) {
            return nullptr;
        }
        return window->findChild<RedriveSheet *>();
    }
    DeadLettersPage *page() const { return window->findChild<DeadLettersPage *>(); }
    const DeadLetterViewModel::State &state() const { return page()->viewModel().state(); }
    QTableView *causes() const { return in<QTableView>(page(), "causesTable"); }
    QTableView *letterRows() const { return in<QTableView>(page(), "lettersTable"); }
    QString text(const char *name) const { return in<QLabel>(page(), name)->text(); }
    qint64 endOf(const QString &topic, int partition) const
    {
        const auto &log = world.kafka->partitions.at({topic, partition});
        return log.end;
    }
};

} // namespace

class TestDeadLettersPage : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:
    void pictures();
    void causesRecordsAndOneRecordAreShown();
    void spaceChoosesAndTheBarCounts();
    void theFilterNarrowsWhatChooseAllMeans();
    void aRedriveIsPreviewedConfirmedAndSeen();
    void nothingIsSentByABlindEnterOrWithoutTheName();
    void whoStandsInTheSheetWhileItRunsMayLeave();
    void whoStopsSendingIsToldAndAsked();
    void anInterruptedOneIsFoundAtTheNextStart();
    void aCorrectedValueGoesAloneInPlaceOfTheOld();
    void aFramedValueIsShownByItsSchema();
    void faces_data();
    void faces();
    void aConnectorLeadsToItsLetters();
};

void TestDeadLettersPage::pictures()
{
    for (const bool dark : {false, true}) {
        LettersLab lab;
        lab.fill();
        Theme::instance().choose(dark ? Theme::Choice::Dark : Theme::Choice::Light);
        lab.openLetters();
        const auto suffix = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        lab.window->resize(1440, 900);
        cast::photograph(*lab.window, QStringLiteral("dead-letters") + suffix);
        auto *sheet = lab.openSheet();
        QVERIFY(sheet);
        cast::photograph(*sheet, QStringLiteral("dead-letters-sheet") + suffix);
        sheet->reject();
        lab.window->resize(1024, 700);
        cast::photograph(*lab.window, QStringLiteral("dead-letters-narrow") + suffix);
    }
    Theme::instance().choose(Theme::Choice::Light);
}

void TestDeadLettersPage::causesRecordsAndOneRecordAreShown()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    QCOMPARE(lab.page()->summary(), QStringLiteral("16 records in 1 queue, 3 causes"));
    QCOMPARE(lab.causes()->model()->rowCount(), 3);
    QCOMPARE(lab.causes()->model()->index(0, DeadLetterGroupsModel::Records).data().toString(), QStringLiteral("12"));
    QCOMPARE(lab.letterRows()->model()->rowCount(), 12); // the worst cause is open
    QCOMPARE(lab.text("letterTitle"), QStringLiteral("invoices.dlq-0 @ 0"));
    QCOMPARE(lab.text("letterFrom"), QStringLiteral("from invoices-1 @ 90, task 1 of invoices-jdbc-sink"));
    auto *value = in<QPlainTextEdit>(lab.page(), "letterValue");
    QVERIFY2(
        value->toPlainText().contains(QStringLiteral("\"amount\": \"104,250.00\"")), qPrintable(value->toPlainText()));
    QVERIFY(value->isReadOnly());
    const auto words = cast::words(*in<QWidget>(lab.page(), "letterPane"));
    for (const auto *part :
        {"VALUE_CONVERTER", "<b>amount</b> does not fit numeric(10,2)", "trace-id", "0f6b1c22e9d4"}) {
        QVERIFY2(words.contains(QLatin1String(part)), part);
    }
    buttonNamed(lab.page(), QStringLiteral("Hex"))->click();
    QVERIFY2(value->toPlainText().contains(QStringLiteral("7b 22 69 6e")), qPrintable(value->toPlainText()));
    // The next cause by keys: its records come, its first record is shown.
    lab.causes()->setFocus();
    QTest::keyClick(lab.causes(), Qt::Key_Down);
    lab.settle();
    QCOMPARE(lab.letterRows()->model()->rowCount(), 3);
    QVERIFY(
        lab.world.clock->advanceUntil([&] { return lab.state().shown && lab.state().shown->at.offset == 12; }, 60s));
    QTest::keyClick(lab.causes(), Qt::Key_Down);
    QVERIFY(
        lab.world.clock->advanceUntil([&] { return lab.state().shown && lab.state().shown->at.offset == 15; }, 60s));
    QVERIFY(cast::words(*in<QWidget>(lab.page(), "letterPane")).contains(QLatin1String("writes no error headers")));
}

void TestDeadLettersPage::spaceChoosesAndTheBarCounts()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    QCOMPARE(lab.text("redriveWhat"), QStringLiteral("Send 12 records again"));
    QCOMPARE(lab.text("lettersNote"), QStringLiteral("all chosen"));
    lab.letterRows()->setFocus();
    QTest::keyClick(lab.letterRows(), Qt::Key_Space);
    QCOMPARE(lab.text("redriveWhat"), QStringLiteral("Send 11 records again"));
    QCOMPARE(lab.text("lettersNote"), QStringLiteral("11 chosen"));
    // The mouse hits the cell of the box, not only its 16 pixels.
    const auto cell = lab.letterRows()->visualRect(lab.letterRows()->model()->index(0, DeadLettersModel::Chosen));
    QTest::mouseClick(lab.letterRows()->viewport(), Qt::LeftButton, {}, cell.topRight() - QPoint(3, -3));
    QCOMPARE(lab.text("redriveWhat"), QStringLiteral("Send 12 records again"));
    in<QPushButton>(lab.page(), "lettersNone")->click();
    auto *preview = in<QPushButton>(lab.page(), "redrivePreview");
    QVERIFY(!preview->isEnabled());
    QCOMPARE(preview->toolTip(), QStringLiteral("no record is chosen"));
    in<QPushButton>(lab.page(), "lettersAll")->click();
    QVERIFY(preview->isEnabled());
    QCOMPARE(lab.state().chosen.size(), size_t(12));
}

void TestDeadLettersPage::theFilterNarrowsWhatChooseAllMeans()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    auto *filter = in<QLineEdit>(lab.page(), "lettersFilter");
    lab.causes()->setFocus();
    QTest::keyClick(lab.causes(), Qt::Key_Slash);
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("c-774191"));
    QTRY_COMPARE(lab.letterRows()->model()->rowCount(), 3); // 1, 10 and 11
    in<QPushButton>(lab.page(), "lettersAll")->click();
    QCOMPARE(lab.state().chosen.size(), size_t(3));
    QVERIFY(lab.page()->goBack());
    QTRY_COMPARE(lab.letterRows()->model()->rowCount(), 12);
}

// Rows: N11
void TestDeadLettersPage::aRedriveIsPreviewedConfirmedAndSeen()
{
    LettersLab lab(Environment::Production);
    lab.fill();
    lab.openLetters();
    in<QSpinBox>(lab.page(), "redriveRate")->setValue(4);
    auto *sheet = lab.openSheet();
    QVERIFY(sheet);
    QVERIFY(lab.endOf(QStringLiteral("invoices"), 1) == 1000);
    const auto facts = cast::words(*sheet);
    for (const auto *part : {"12 records to invoices", "at most 4 a second", "The queue stays as it is"}) {
        QVERIFY2(facts.contains(QLatin1String(part)), qPrintable(facts));
    }
    auto *run = in<QPushButton>(sheet, "redriveRun");
    QCOMPARE(run->text(), QStringLiteral("Send 12 records"));
    QVERIFY(!run->isEnabled());
    QTest::keyClicks(in<QLineEdit>(sheet, "reason"), QStringLiteral("fixed"));
    QTest::keyClicks(in<QLineEdit>(sheet, "typedName"), QStringLiteral("invoices-jdbc-sink"));
    QVERIFY(run->isEnabled());
    run->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Ended; }, 10min));
    QCOMPARE(lab.state().operation->outcome, std::optional(Outcome::Confirmed));
    QCOMPARE(lab.endOf(QStringLiteral("invoices"), 1) >= 1012, true);
    QCOMPARE(lab.endOf(queue, 0), qint64(16));
    QVERIFY(!in<QLabel>(sheet, "redriveSeen")->text().isEmpty());
    QCOMPARE(in<QPushButton>(sheet, "redriveClose")->text(), QStringLiteral("Close"));
}

void TestDeadLettersPage::nothingIsSentByABlindEnterOrWithoutTheName()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    auto *sheet = lab.openSheet();
    QVERIFY(sheet);
    auto *name = in<QLineEdit>(sheet, "typedName");
    QTest::keyClicks(name, QStringLiteral("invoices-jdbc-sin"));
    QVERIFY(!in<QPushButton>(sheet, "redriveRun")->isEnabled());
    QTest::keyClicks(name, QStringLiteral("k"));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(!lab.window->findChild<RedriveSheet *>());
    lab.pass(30s);
    QCOMPARE(lab.endOf(QStringLiteral("invoices"), 1), qint64(1000));
    QCOMPARE(lab.state().redrive, Redrive::None); // the plan is forgotten with its window
}

void TestDeadLettersPage::whoStandsInTheSheetWhileItRunsMayLeave()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    in<QSpinBox>(lab.page(), "redriveRate")->setValue(1);
    auto *sheet = lab.openSheet();
    QVERIFY(sheet);
    QTest::keyClicks(in<QLineEdit>(sheet, "typedName"), QStringLiteral("invoices-jdbc-sink"));
    in<QPushButton>(sheet, "redriveRun")->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Running; }, 60s));
    sheet->reject();
    QTRY_VERIFY(!lab.window->findChild<RedriveSheet *>());
    auto *look = in<QPushButton>(lab.page(), "redrivePreview");
    QCOMPARE(look->text(), QStringLiteral("Look at it..."));
    look->click();
    QVERIFY(lab.window->findChild<RedriveSheet *>());
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Ended; }, 10min));
    QCOMPARE(lab.state().operation->outcome, std::optional(Outcome::Confirmed));
}

//! Let go behind a batch it says what is proven, and goes on with what is missing: each record once.
// Rows: N11
void TestDeadLettersPage::whoStopsSendingIsToldAndAsked()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    in<QSpinBox>(lab.page(), "redriveRate")->setValue(2);
    auto *sheet = lab.openSheet();
    QVERIFY(sheet);
    QTest::keyClicks(in<QLineEdit>(sheet, "typedName"), QStringLiteral("invoices-jdbc-sink"));
    in<QPushButton>(sheet, "redriveRun")->click();
    const auto sent = [&lab] {
        return lab.endOf(QStringLiteral("invoices"), 1) - 1000;
    };
    QVERIFY(lab.world.clock->advanceUntil([&] { return sent() > 0 && lab.state().redrive == Redrive::Running; }, 60s));
    in<QPushButton>(sheet, "redriveStop")->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Interrupted; }, 60s));
    const auto before = sent();
    QVERIFY(before < 12);
    lab.pass(30s);
    QCOMPARE(sent(), before);
    const auto seen = in<QLabel>(sheet, "redriveSeen")->text();
    QVERIFY2(seen.startsWith(QStringLiteral("%1 of 12 records are proven").arg(before)), qPrintable(seen));
    sheet->reject();
    QTRY_VERIFY(!lab.window->findChild<RedriveSheet *>());
    // The window's banner leads back to the choices.
    in<Banner>(lab.window.get(), "banner")->button()->click();
    sheet = lab.window->findChild<RedriveSheet *>();
    QVERIFY(sheet);
    QCOMPARE(lab.state().redrive, Redrive::Interrupted);
    QVERIFY(!in<QPushButton>(sheet, "redriveRun")->isEnabled()); // the name is typed anew
    QTest::keyClicks(in<QLineEdit>(sheet, "typedName"), QStringLiteral("invoices-jdbc-sink"));
    in<QPushButton>(sheet, "redriveRun")->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Ended; }, 10min));
    QCOMPARE(lab.state().operation->outcome, std::optional(Outcome::Confirmed));
    const auto &records = lab.world.kafka->partitions.at({QStringLiteral("invoices"), 1}).records;
    std::set<QByteArray> keys;
    std::ranges::transform(records, std::inserter(keys, keys.end()),
        [](const Record &record) { return record.key.value_or(QByteArray()); });
    QCOMPARE(records.size(), size_t(12));
    QCOMPARE(keys.size(), size_t(12));
}

//! Its choices are the first thing to see, and leaving it sends nothing.
void TestDeadLettersPage::anInterruptedOneIsFoundAtTheNextStart()
{
    LettersLab lab;
    lab.fill();
    RedrivePlan plan {.contextName = QStringLiteral("eu-prod")};
    plan.request.connector
        = {{QStringLiteral("eu-prod")}, {QStringLiteral("main")}, QStringLiteral("invoices-jdbc-sink")};
    plan.items = {{{{queue, 0}, 0}, QStringLiteral("invoices")}, {{{queue, 0}, 1}, QStringLiteral("invoices")}};
    plan.request.chosen = {{{queue, 0}, 0}, {{queue, 0}, 1}};
    LoggedOperation intent {.lease = {QStringLiteral("another boot"), 1, 1}, .kafkaClusterId = {}};
    intent.operation = {.id = {QStringLiteral("20260310T094218412Z-left")},
        .request = {.kind = OperationKind::Redrive, .connector = plan.request.connector},
        .person = QStringLiteral("Ada"),
        .startedAt = lab.world.clock->now(),
        .plan = redriveText(plan)};
    QVERIFY(QDir().mkpath(lab.dir.filePath(QStringLiteral("log"))));
    const OperationsLog log(lab.dir.filePath(QStringLiteral("log/eu-prod.jsonl")));
    QVERIFY(log.append(intentRecord(intent)));
    const auto step = [&](const char *what, QByteArray data) {
        return log.append(stepRecord(intent.operation.id,
            {.at = lab.world.clock->now(),
                .what = QString::fromLatin1(what),
                .state = QStringLiteral("begun"),
                .data = std::move(data)}));
    };
    QVERIFY(step(redriveEnds, placesText({{{QStringLiteral("invoices"), 1}, 1000}})));
    QVERIFY(step(redriveBatch, sentText(1, {})));
    lab.open();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.window->findChild<RedriveSheet *>() != nullptr; }, 60s));
    QCOMPARE(lab.window->currentPage()->id(), PageId::DeadLetters);
    auto *sheet = lab.window->findChild<RedriveSheet *>();
    const auto seen = in<QLabel>(sheet, "redriveSeen")->text();
    QVERIFY2(
        seen.startsWith(QStringLiteral("0 of 2 records are proven to be in their topics. 1 record may be there too")),
        qPrintable(seen));
    cast::photograph(*sheet, QStringLiteral("dead-letters-interrupted"));
    in<QPushButton>(sheet, "redriveLeave")->click();
    QVERIFY(
        lab.world.clock->advanceUntil([&] { return lab.operations->operations().front().outcome.has_value(); }, 60s));
    QCOMPARE(lab.operations->operations().front().outcome, std::optional(Outcome::Unknown));
    QCOMPARE(lab.endOf(QStringLiteral("invoices"), 1), qint64(1000));
    QTRY_VERIFY(!in<Banner>(lab.window.get(), "banner")->isVisible());
}

void TestDeadLettersPage::aCorrectedValueGoesAloneInPlaceOfTheOld()
{
    LettersLab lab;
    lab.fill();
    lab.openLetters();
    in<QPushButton>(lab.page(), "letterCorrect")->click();
    auto *value = in<QPlainTextEdit>(lab.page(), "letterValue");
    QVERIFY(!value->isReadOnly());
    QCOMPARE(
        value->toPlainText(), QStringLiteral(R"({"invoice":"INV-0","amount":"104,250.00"})")); // as it is, not indented
    value->setPlainText(QStringLiteral(R"({"invoice":"INV-0","amount":104.25})"));
    in<QPushButton>(lab.page(), "letterSend")->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Planned; }, 60s));
    auto *sheet = lab.window->findChild<RedriveSheet *>();
    QVERIFY(sheet && cast::words(*sheet).contains(QLatin1String("the corrected one")));
    QCOMPARE(lab.state().plan->items.size(), size_t(1));
    in<QPushButton>(sheet, "redriveRun")->click(); // a single one asks for no typed name
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.state().redrive == Redrive::Ended; }, 10min));
    const auto &records = lab.world.kafka->partitions.at({QStringLiteral("invoices"), 1}).records;
    QVERIFY(!records.empty());
    QCOMPARE(records.back().value.value_or(QByteArray()), QByteArray(R"({"invoice":"INV-0","amount":104.25})"));
}

void TestDeadLettersPage::aFramedValueIsShownByItsSchema()
{
    LettersLab lab;
    lab.world.schemas->schemas[1184] = {.id = 1184,
        .kind = SchemaKind::Avro,
        .text = R"({"type":"record","name":"C","fields":[{"name":"id","type":"string"}]})"};
    lab.world.kafka->append(queue, 0, "a",
        QByteArray::fromHex("00000004a00443"
                            "37"));
    lab.world.kafka->append(queue, 0, "b",
        QByteArray::fromHex("00000004a10443"
                            "37"));
    lab.schemaRegistry = {.urls = {QStringLiteral("http://schemas:8081")}};
    lab.openLetters();
    QTRY_COMPARE(
        in<QPlainTextEdit>(lab.page(), "letterValue")->toPlainText(), QStringLiteral("{\n  \"id\": \"C7\"\n}"));
    QCOMPARE(lab.text("letterValueForm"), QStringLiteral("Avro, schema 1184 of a registry, 8 bytes"));
    QVERIFY(!in<QPushButton>(lab.page(), "letterCorrect")->isEnabled()); // its bytes are no text
    lab.letterRows()->setFocus();
    QTest::keyClick(lab.letterRows(), Qt::Key_Down);
    QTRY_VERIFY2(
        lab.text("letterValueForm").contains(QStringLiteral("Not decoded")), qPrintable(lab.text("letterValueForm")));
    QVERIFY(lab.text("letterValueForm").contains(QStringLiteral("Schema 1185 not found")));
    QVERIFY(in<QPlainTextEdit>(lab.page(), "letterValue")->toPlainText().contains(QStringLiteral("00 00 00 04 a1")));
}

void TestDeadLettersPage::faces_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("said");
    QTest::newRow("no queue") << QStringLiteral("none") << QStringLiteral("No sink names a dead letter topic");
    QTest::newRow("an empty one") << QStringLiteral("empty") << QStringLiteral("There is no dead letter");
    QTest::newRow("no brokers") << QStringLiteral("no brokers") << QString();
}

void TestDeadLettersPage::faces()
{
    QFETCH(QString, how);
    QFETCH(QString, said);
    LettersLab lab;
    if (how == QLatin1String("none")) {
        lab.cluster().at(QStringLiteral("invoices-jdbc-sink")).info.config.pop_back();
    }
    lab.withKafka = how != QLatin1String("no brokers");
    lab.openLetters();
    auto *face = lab.page()->findChild<FaceCard *>();
    QVERIFY(face->isVisible());
    if (!said.isEmpty()) {
        QVERIFY2(face->text().contains(said), qPrintable(face->text()));
    } else { // told as what it is: an error with its next step
        QVERIFY2(face->text().size() > 20, qPrintable(face->text()));
        QCOMPARE(face->button()->text(), QStringLiteral("Ask again"));
    }
    QVERIFY(!in<QWidget>(lab.page(), "redriveBar")->isVisible());
}

void TestDeadLettersPage::aConnectorLeadsToItsLetters()
{
    LettersLab lab;
    lab.fill();
    lab.open();
    lab.window->goTo({.page = PageId::Connectors,
        .connector = {lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("invoices-jdbc-sink")}});
    lab.pass(2s);
    auto *action = lab.find<QAction>("connectors.deadLetters");
    QVERIFY(action->isEnabled());
    action->trigger();
    QCOMPARE(lab.window->currentPage()->id(), PageId::DeadLetters);
    lab.window->goTo({.page = PageId::Connectors,
        .connector = {lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("orders-cdc-source")}});
    lab.pass(2s);
    QVERIFY(!action->isEnabled());
    QCOMPARE(action->toolTip().isEmpty(), false); // why
}

QTEST_MAIN(TestDeadLettersPage)
#include "tst_deadletterspage.moc"
