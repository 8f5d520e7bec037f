// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rows.h"
#include "bench/shownwindow.h"
#include "support/fakeconnect/fakeconnect.h"

#include <QElapsedTimer>
#include <QTest>

namespace headgate::bench {

namespace {

constexpr int clusters = 24;
constexpr int connectorsEach = 25;
constexpr int runs = 20;

} // namespace

// Rows: PB-04
std::vector<Row> manyClusterRows()
{
    std::vector<std::unique_ptr<fake::FakeConnect>> workers;
    std::vector<QStringList> addresses;
    for (int i = 0; i < clusters; ++i) {
        workers.push_back(std::make_unique<fake::FakeConnect>(fake::FakeOptions {.latency = Milliseconds(10)}));
        workers.back()->addMany(connectorsEach, 1);
        addresses.push_back(workers.back()->urls());
    }
    workers[7]->script({.fault = fake::Fault::Hang});
    workers[11]->script({.status = 503});
    constexpr int good = clusters - 2;

    Samples shownAfter, flaggedAfter;
    for (int run = 0; run < runs; ++run) {
        ShownWindow shown(addresses, ShownWindow::Polls::ByThemselves);
        shown.open();
        const auto took = shown.untilPainted([&] { return shown.rowCount() == good * connectorsEach; });
        shownAfter.add(took < 0 ? 1e9 : took);
        if (run == 0) {
            const auto flagged = [&shown] {
                const auto &facts = shown.session().snapshot()->clusters.at(7);
                return facts.error.has_value() || facts.missedPolls > 0;
            };
            QElapsedTimer clock;
            clock.start();
            const bool seen = QTest::qWaitFor(flagged, 15'000);
            flaggedAfter.add(seen ? took + double(clock.elapsed()) : 1e9);
        }
    }
    const auto milliseconds = QStringLiteral("ms");
    return {{.id = QStringLiteral("PB-04"),
                .what = QStringLiteral("24 clusters x 25, one hung, one 503: open to the other 22 painted"),
                .measured = inWords(shownAfter, milliseconds),
                .judged = shownAfter.median(),
                .target = 60,
                .unit = milliseconds},
        {.id = QStringLiteral("PB-04"),
            .what = QStringLiteral("  the hung one is flagged"),
            .measured = inWords(flaggedAfter, milliseconds),
            .judged = flaggedAfter.most(),
            .target = 2000,
            .unit = milliseconds}};
}

} // namespace headgate::bench
