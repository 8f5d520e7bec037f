// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/viewtest.h"
#include "support/window/windowlab.h"
#include "views/common/linesbox.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"
#include "views/common/spanspainter.h"
#include "views/proof/fixproofdialog.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto kSink = QStringLiteral("invoices-jdbc-sink");
const auto kTopic = QStringLiteral("invoices");

//! The failed sink stands at offset 100 of 600; 207 is no JSON.
void makeFault(WindowLab &lab)
{
    lab.withKafka = true;
    lab.world.kafka->addTopic(kTopic, {0});
    for (int i = 0; i < 600; ++i) {
        lab.world.kafka->append(kTopic, 0, "k", i == 207 ? "bad" : R"({"a":1})");
    }
    lab.world.kafka->commit(QStringLiteral("connect-invoices-jdbc-sink"), kTopic, 0, 100);
    auto &sink = lab.cluster().at(kSink);
    sink.offsets = {{R"({"kafka_topic":"invoices","kafka_partition":0})", R"({"kafka_offset":100})"}};
    sink.info.config
        = {{QStringLiteral("connector.class"), QStringLiteral("com.acme.JdbcSink")}, {QStringLiteral("topics"), kTopic},
            {QStringLiteral("key.converter"), QStringLiteral("org.apache.kafka.connect.storage.StringConverter")},
            {QStringLiteral("value.converter"), QStringLiteral("org.apache.kafka.connect.json.JsonConverter")},
            {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}};
    lab.cluster().failTask(kSink, 1,
        QStringLiteral("org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\n"
                       "Caused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect "
                       "data failed due to serialization error: \n"
                       "Caused by: org.apache.kafka.common.errors.SerializationException: bad\n"));
}

void keepPicture(QWidget *dialog, const char *name)
{
    if (const auto folder = qEnvironmentVariable("HEADGATE_TEST_PICTURES"); !folder.isEmpty()) {
        dialog->grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name)));
    }
}

} // namespace

class TestFixProofDialog : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:
    void theCardOfAConverterFaultOffersIt()
    {
        WindowLab lab;
        makeFault(lab);
        lab.open();
        lab.pass(10s);
        const auto buttons = lab.window->findChildren<QPushButton *>();
        const auto offer = std::ranges::find_if(buttons, [](const QPushButton *button) {
            return button->isVisible() && button->text() == QStringLiteral("Try a fix on the real records...");
        });
        QVERIFY(offer != buttons.end());
        (*offer)->click();
        auto *dialog = lab.find<FixProofDialog>("fixProofDialog");
        QVERIFY(dialog);
        dialog->findChild<QPushButton *>(QStringLiteral("tryIt"))->click();
        QVERIFY(lab.world.clock->advanceUntil(
            [dialog] { return dialog->viewModel().state().phase == FixProofViewModel::Phase::Done; }, 30s));
        const auto *verdict = dialog->findChild<SpansLabel *>(QStringLiteral("proofVerdict"));
        QCOMPARE(plainText(verdict->spans()),
            QStringLiteral("Of 500 records 499 pass, 1 to the dead letter topic invoices-jdbc-sink-dead-letters, at "
                           "invoices-0 @ 207."));
        QVERIFY(
            dialog->findChild<LinesBox *>(QStringLiteral("proofRefused"))->text().contains(QStringLiteral("@ 207")));
        QVERIFY(dialog->findChild<PlainLabel *>(QStringLiteral("proofGaps"))
                ->text()
                .contains(QStringLiteral("put() of JdbcSink")));
        QVERIFY(lab.cluster().writes().empty());
        keepPicture(dialog, "fixproof");
        lab.close();
    }

    void whatIsChosenIsTried()
    {
        WindowLab lab(Environment::Production, Mode::ReadOnly); // it changes nothing, so it may be tried there
        makeFault(lab);
        lab.open();
        lab.window->goTo(
            {.page = PageId::Connectors, .connector = {lab.contexts->current(), {QStringLiteral("main")}, kSink}});
        lab.pass(5s);
        auto *action = lab.find<QAction>("connectors.proveFix");
        QVERIFY(action && action->isEnabled());
        action->trigger();
        auto *dialog = lab.find<FixProofDialog>("fixProofDialog");
        QVERIFY(dialog);
        dialog->findChild<SegmentedChoice *>(QStringLiteral("tolerance"))->choose(int(FixChoices::Tolerance::Keep));
        dialog->findChild<QLineEdit *>(QStringLiteral("deadLetterTopic"))->clear();
        dialog->findChild<QLineEdit *>(QStringLiteral("copies"))->clear();
        dialog->findChild<SegmentedChoice *>(QStringLiteral("valueConverter"))
            ->choose(int(FixChoices::Converter::String));
        dialog->findChild<QPushButton *>(QStringLiteral("tryIt"))->click();
        const auto &state = dialog->viewModel().state();
        QVERIFY(lab.world.clock->advanceUntil([&state] { return state.proof.has_value(); }, 30s));
        QCOMPARE(state.proof->proposed.passed, 500);
        QCOMPARE(state.proof->cured, 1);
        lab.close();
    }

    void readingCanBeStopped()
    {
        WindowLab lab;
        makeFault(lab);
        lab.open();
        Q_EMIT lab.window->currentPage()->proofRequested({{lab.contexts->current(), {QStringLiteral("main")}, kSink}});
        auto *dialog = lab.find<FixProofDialog>("fixProofDialog");
        QVERIFY(dialog);
        lab.world.kafka->latency = 400ms;
        dialog->findChild<QPushButton *>(QStringLiteral("tryIt"))->click();
        auto *stop = dialog->findChild<QPushButton *>(QStringLiteral("stopReading"));
        QVERIFY(stop->isVisible());
        stop->click();
        QCOMPARE(dialog->viewModel().state().phase, FixProofViewModel::Phase::Idle);
        QVERIFY(dialog->findChild<QPushButton *>(QStringLiteral("tryIt"))->isVisible());
        lab.pass(20s); // the late answer is dropped
        QCOMPARE(dialog->viewModel().state().phase, FixProofViewModel::Phase::Idle);
        lab.close();
    }

    void whyNothingCanBeReadIsSaid()
    {
        WindowLab lab;
        makeFault(lab);
        lab.open();
        lab.world.kafka->failing = {{QStringLiteral("read"),
            {.kind = ErrorKind::NotPermitted, .message = QStringLiteral("TOPIC_AUTHORIZATION_FAILED")}}};
        Q_EMIT lab.window->currentPage()->proofRequested({{lab.contexts->current(), {QStringLiteral("main")}, kSink}});
        auto *dialog = lab.find<FixProofDialog>("fixProofDialog");
        QVERIFY(dialog);
        dialog->findChild<QPushButton *>(QStringLiteral("tryIt"))->click();
        QVERIFY(lab.world.clock->advanceUntil(
            [dialog] { return dialog->viewModel().state().phase == FixProofViewModel::Phase::Failed; }, 30s));
        QVERIFY(dialog->findChild<SpansLabel *>(QStringLiteral("proofError"))->isVisible());
        lab.close();
    }

    void aSourceSaysWhyNot()
    {
        WindowLab lab;
        makeFault(lab);
        lab.open();
        lab.window->goTo({.page = PageId::Connectors,
            .connector = {lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("orders-cdc-source")}});
        lab.pass(2s);
        QVERIFY(!lab.find<QAction>("connectors.proveFix")->isEnabled());
        lab.close();
    }
};

QTEST_MAIN(TestFixProofDialog)
#include "tst_fixproofdialog.moc"
