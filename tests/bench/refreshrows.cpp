// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/peers.h"
#include "bench/rows.h"
#include "bench/shownwindow.h"
#include "support/fakeconnect/fakeconnect.h"

namespace headgate::bench {

namespace {

constexpr int warmUps = 5;
constexpr int runs = 100;
constexpr int connectors = 1000;
const auto watched = QStringLiteral("connector-00000");

Row peerRow(const char *what, const PeerRun &run, double ours)
{
    const auto measured = run.complete ? QStringLiteral("%1 ms, %2 requests, %3 times ours")
                                             .arg(run.milliseconds, 0, 'f', 0)
                                             .arg(run.requests)
                                             .arg(run.milliseconds / ours, 0, 'f', 0)
                                       : QStringLiteral("did not complete");
    return {.id = QStringLiteral("PB-01"), .what = QString::fromLatin1(what), .measured = measured};
}

} // namespace

// Rows: PB-01
std::vector<Row> refreshRows()
{
    fake::FakeConnect worker({.latency = Milliseconds(10)});
    worker.addMany(connectors, 8);
    ShownWindow shown({worker.urls()}, ShownWindow::Polls::WhenTold);
    shown.open();
    const auto allThere = [&] {
        return shown.rowCount() == connectors;
    };
    if (shown.untilPainted(allThere) < 0) {
        return {{.id = QStringLiteral("PB-01"),
            .what = QStringLiteral("the listing never showed"),
            .judged = 1,
            .target = 0,
            .blocking = true}};
    }
    Samples refresh, requests, bytes;
    for (int run = 0; run < warmUps + runs; ++run) {
        const auto state = run % 2 == 0 ? QStringLiteral("PAUSED") : QStringLiteral("RUNNING");
        worker.change(watched, [&state](fake::FakeConnector &connector) { connector.state = state; });
        worker.clearLog();
        shown.tick();
        const auto took = shown.untilPainted([&] { return shown.find(watched)->status.connector.raw == state; });
        if (run >= warmUps) {
            refresh.add(took < 0 ? 1e9 : took);
            requests.add(worker.count());
            bytes.add(double(worker.bytesSent()));
        }
    }
    const auto milliseconds = QStringLiteral("ms");
    return {{.id = QStringLiteral("PB-01"),
                .what = QStringLiteral("refresh 1,000 connectors x 8 tasks, 10 ms latency: asked to painted row"),
                .measured = inWords(refresh, milliseconds),
                .judged = refresh.percentile(99),
                .target = 45,
                .unit = milliseconds,
                .blocking = true},
        peerRow("  the same, asked in kcctl's shape (1 + N statuses, one by one)", askLikeKcctl(worker.url()),
            refresh.median()),
        peerRow("  the same, asked in kafka-ui's shape (1 + N topics on 6 lines)", askLikeKafkaUi(worker.url()),
            refresh.median()),
        {.id = QStringLiteral("PB-18"),
            .what = QStringLiteral("requests a tick for 1,000 connectors"),
            .measured = QStringLiteral("%1, %2 kB").arg(requests.most()).arg(bytes.median() / 1000, 0, 'f', 0),
            .judged = requests.most(),
            .target = 1,
            .blocking = true}};
}

} // namespace headgate::bench
