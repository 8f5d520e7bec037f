// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rows.h"
#include "bench/shownwindow.h"
#include "support/fakeconnect/fakeconnect.h"
#include "support/faultproxy/faultproxy.h"
#include "support/stallprobe/stallprobe.h"

#include <QTest>

namespace headgate::bench {

namespace {

constexpr int connectors = 1000;
constexpr int watchMilliseconds = 2600; // a poll and its picture at least
const auto victim = QStringLiteral("connector-00500");

QString nameOf(int connector)
{
    return QStringLiteral("connector-%1").arg(connector, 5, 10, QLatin1Char('0'));
}

//! A worker behind a proxy, and the window that watches it.
struct Lab
{
    fake::FakeConnect worker;
    fake::FaultProxy proxy {QStringLiteral("127.0.0.1"), worker.port()};
    ShownWindow shown {
        {QStringList(QString(QStringLiteral("http://") + proxy.endpoint()))}, ShownWindow::Polls::ByThemselves};
};

struct Trouble
{
    QString what; //!< with the rows of the fault matrix
    std::function<void(Lab &)> turnOn;
};

void openVictim(Lab &lab)
{
    lab.shown.window().goTo({.page = PageId::Connectors, .connector = lab.shown.ref(victim)});
}

void script(Lab &lab, fake::FakeRule rule)
{
    rule.path = "/connectors?";
    rule.times = 1;
    lab.worker.script(std::move(rule));
}

std::vector<Trouble> ofAnswers()
{
    using fake::Fault;
    return {{QStringLiteral("the listing is cut (CR-02)"),
                [](Lab &lab) {
                    script(lab, {.fault = Fault::Truncate, .bytes = 300'000});
                }},
        {QStringLiteral("the listing is garbage (CR-10)"),
            [](Lab &lab) {
                script(lab, {.fault = Fault::Garbage});
            }},
        {QStringLiteral("5 MB of HTML instead of the listing (CR-10)"),
            [](Lab &lab) {
                script(lab, {.status = 200, .body = QByteArray("<table>").repeated(750'000)});
            }},
        {QStringLiteral("the listing never ends (CR-11)"),
            [](Lab &lab) {
                script(lab, {.fault = Fault::Endless});
            }},
        {QStringLiteral("an error text of 5 MB in one line (CR-04)"), [](Lab &lab) {
             script(lab,
                 {.status = 500,
                     .body = "{\"error_code\":500,\"message\":\"" + QByteArray("<b>no</b>").repeated(500'000) + "\"}"});
         }}};
}

std::vector<Trouble> ofTheNetwork()
{
    using Direction = fake::FaultProxy::Direction;
    return {{QStringLiteral("the answer comes in slices (CR-08)"),
                [](Lab &lab) {
                    lab.proxy.setSlices(Direction::Down, 20'000, Milliseconds(5));
                }},
        {QStringLiteral("noise comes down (CR-18)"),
            [](Lab &lab) {
                lab.proxy.setGarbage(true);
            }},
        {QStringLiteral("every connection is reset (CR-01)"),
            [](Lab &lab) {
                lab.proxy.resetAll();
            }},
        {QStringLiteral("nothing comes back (CR-07)"),
            [](Lab &lab) {
                lab.proxy.setBlackHole(true);
            }},
        {QStringLiteral("the port is closed"), [](Lab &lab) {
             lab.proxy.setRefuse(true);
         }}};
}

std::vector<Trouble> ofConnectors()
{
    return {{QStringLiteral("a trace of 5 MB, on screen (CR-25)"),
                [](Lab &lab) {
                    lab.worker.failTask(
                        victim, 0, QStringLiteral("\tat org.example.Sink.put(Sink.java:1)\n").repeated(150'000));
                    openVictim(lab);
                }},
        {QStringLiteral("a trace of one line of 5 MB, on screen (CR-25)"),
            [](Lab &lab) {
                lab.worker.failTask(victim, 0, QStringLiteral("<table>").repeated(750'000));
                openVictim(lab);
            }},
        {QStringLiteral("the whole trace is opened (UI-01)"),
            [](Lab &lab) {
                QTest::keyClick(lab.shown.window().currentPage(), Qt::Key_T);
            }},
        {QStringLiteral("every connector fails at once"),
            [](Lab &lab) {
                for (int i = 0; i < connectors; ++i) {
                    lab.worker.failTask(nameOf(i), 0, QStringLiteral("java.lang.Exception: x"));
                }
            }},
        {QStringLiteral("a look at the triage of them all"),
            [](Lab &lab) {
                lab.shown.window().goTo({.page = PageId::Triage});
            }},
        {QStringLiteral("names of 10 kB, right to left (CR-24)"),
            [](Lab &lab) {
                for (int i = 0; i < 50; ++i) {
                    fake::FakeConnector odd;
                    odd.name = QString(QStringLiteral("\u202e<b>%1 / ").arg(i).repeated(1000));
                    lab.worker.add(odd);
                }
                lab.shown.window().goTo({.page = PageId::Connectors});
            }},
        {QStringLiteral("every connector is deleted"),
            [](Lab &lab) {
                for (int i = 0; i < connectors; ++i) {
                    lab.worker.remove(nameOf(i));
                }
            }},
        {QStringLiteral("9,000 connectors appear"), [](Lab &lab) {
             lab.worker.addMany(9000, 2, QStringLiteral("late"));
         }}};
}

} // namespace

// Rows: PB-28
std::vector<Row> stallRows()
{
    Lab lab;
    lab.worker.addMany(connectors, 8);
    StallProbe opening;
    lab.shown.open();
    lab.shown.untilPainted([&lab] { return lab.shown.rowCount() == connectors; });
    QTest::qWait(watchMilliseconds);
    Samples turns;
    turns.add(opening.longestCpu());
    auto which = QStringLiteral("the first picture");
    for (const auto &troubles : {ofAnswers(), ofTheNetwork(), ofConnectors()}) {
        for (const auto &[what, turnOn] : troubles) {
            StallProbe probe;
            turnOn(lab);
            QTest::qWait(watchMilliseconds);
            lab.proxy.heal();
            lab.proxy.setRefuse(false);
            lab.shown.session().refreshNow();
            QTest::qWait(watchMilliseconds / 2);
            which = probe.longestCpu() > turns.most() ? what : which;
            turns.add(probe.longestCpu());
            if (qEnvironmentVariableIsSet("BENCH_DETAILS")) {
                qInfo("%6.1f ms  %s", probe.longestCpu(), qPrintable(what));
            }
        }
    }
    const auto milliseconds = QStringLiteral("ms");
    return {{.id = QStringLiteral("PB-28"),
        .what = QStringLiteral("longest turn of the GUI thread (CPU) over %1 faults").arg(turns.count() - 1),
        .measured = QStringLiteral("%1 ms: %2").arg(turns.most(), 0, 'f', 1).arg(which),
        .judged = turns.most(),
        .target = 50,
        .unit = milliseconds,
        .blocking = true}};
}

} // namespace headgate::bench
