// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rows.h"
#include "bench/showncontext.h"
#include "support/fakeconnect/fakeconnect.h"
#include "support/stallprobe/stallprobe.h"

#include <QElapsedTimer>
#include <QTest>

namespace headgate::bench {

namespace {

const auto victim = QStringLiteral("connector-00500");

//! Each turns something bad on in the worker; what follows is a refresh and a while of running.
std::vector<std::pair<QString, std::function<void(fake::FakeConnect &)>>> faults()
{
    using fake::Fault;
    return {
        {QStringLiteral("a trace of 5 MB"),
            [](fake::FakeConnect &worker) {
                worker.failTask(
                    victim, 0, QStringLiteral("\tat org.example.Sink.put(Sink.java:1)\n").repeated(150'000));
            }},
        {QStringLiteral("a trace of one line of 5 MB"),
            [](fake::FakeConnect &worker) {
                worker.failTask(victim, 1, QStringLiteral("<table>").repeated(750'000));
            }},
        {QStringLiteral("every connector fails at once"),
            [](fake::FakeConnect &worker) {
                for (int i = 0; i < 1000; ++i) {
                    worker.failTask(QStringLiteral("connector-%1").arg(i, 5, 10, QLatin1Char('0')), 0,
                        QStringLiteral("java.lang.Exception: x"));
                }
            }},
        {QStringLiteral("the listing is cut"),
            [](fake::FakeConnect &worker) {
                worker.script({.path = "/connectors?", .times = 1, .fault = Fault::Truncate, .bytes = 300'000});
            }},
        {QStringLiteral("the listing is garbage"),
            [](fake::FakeConnect &worker) {
                worker.script({.path = "/connectors?", .times = 1, .fault = Fault::Garbage});
            }},
        {QStringLiteral("the listing never ends"),
            [](fake::FakeConnect &worker) {
                worker.script({.path = "/connectors?", .times = 1, .fault = Fault::Endless});
            }},
        {QStringLiteral("9,000 connectors appear"),
            [](fake::FakeConnect &worker) {
                worker.addMany(9000, 2, QStringLiteral("late"));
            }},
    };
}

} // namespace

std::vector<Row> stallRows()
{
    fake::FakeConnect worker;
    worker.addMany(1000, 8);
    ShownContext shown({worker.urls()});
    shown.start();
    shown.untilPainted([&] { return shown.model().rowCount() == 1000; });
    std::vector<Row> rows;
    double longest = 0;
    QString which;
    for (const auto &[what, turnOn] : faults()) {
        turnOn(worker);
        StallProbe probe;
        shown.refresh();
        QTest::qWait(1500);
        shown.refresh();
        QTest::qWait(500);
        if (probe.longestCpu() > longest) {
            longest = probe.longestCpu();
            which = what;
        }
    }
    const auto milliseconds = QStringLiteral("ms");
    rows.push_back({.id = QStringLiteral("PB-28"),
        .what = QStringLiteral("longest turn of the GUI thread (CPU) while the worker fails"),
        .measured = QStringLiteral("%1 ms: %2").arg(longest, 0, 'f', 1).arg(which),
        .judged = longest,
        .target = 50,
        .unit = milliseconds,
        .blocking = true});
    return rows;
}

} // namespace headgate::bench
