// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rows.h"
#include "bench/shownwindow.h"
#include "support/fakeconnect/fakeconnect.h"

#include <QCoroTask>

#include <atomic>

#include <sys/syscall.h>
#include <unistd.h>

namespace {

using SteadyNanoseconds = std::chrono::steady_clock::rep;
std::atomic<SteadyNanoseconds> lastSync {0};

} // namespace

//! Stands in front of the C library's in this program: the operations log is on disk when its last one returned.
extern "C" int fdatasync(int descriptor)
{
    const auto done = int(::syscall(SYS_fdatasync, descriptor));
    lastSync = std::chrono::steady_clock::now().time_since_epoch().count();
    return done;
}

namespace headgate::bench {

namespace {

using std::chrono::steady_clock;

constexpr int connectors = 5000;
constexpr int runs = 150;
constexpr int warmUps = 5;
const auto victim = QStringLiteral("connector-00042");
const auto milliseconds = QStringLiteral("ms");

double between(steady_clock::time_point from, steady_clock::time_point to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

struct Act
{
    double fromClick = -1, fromDisk = -1; //!< to the request at the worker, ms; negative: it did not come
};

//! Pauses or resumes while a refresh of everything is under way.
Act actDuringRefresh(ShownWindow &shown, fake::FakeConnect &worker, OperationKind kind)
{
    auto &operations = shown.operations();
    const CallOptions options {Milliseconds(20'000)};
    const auto preview = QCoro::waitFor(operations.preview({.kind = kind, .connector = shown.ref(victim)}, options));
    if (!preview) {
        return {};
    }
    worker.clearLog();
    shown.tick();
    const auto clicked = steady_clock::now();
    const auto id = QCoro::waitFor(operations.run(*preview, {.person = QStringLiteral("bench <bench@localhost>")}));
    const steady_clock::time_point onDisk {steady_clock::duration(lastSync.load())};
    if (!id || !QCoro::waitFor(operations.finished(*id, options))) {
        return {};
    }
    for (const auto &request : worker.requests()) {
        if (request.method == "PUT") {
            return {between(clicked, request.at), between(onDisk, request.at)};
        }
    }
    return {};
}

} // namespace

// Rows: PB-17
std::vector<Row> actionRows()
{
    fake::FakeConnect worker;
    worker.setUp([](fake::FakeCluster &cluster) { cluster.delays = {.connector = {}, .tasks = {}, .greenFlash = {}}; });
    worker.addMany(connectors, 8);
    ShownWindow shown({worker.urls()}, ShownWindow::Polls::WhenTold);
    shown.open();
    shown.untilPainted([&shown] { return shown.rowCount() == connectors; });
    Samples fromClick, fromDisk;
    for (int run = 0; run < warmUps + runs; ++run) {
        const auto act = actDuringRefresh(shown, worker, run % 2 == 0 ? OperationKind::Pause : OperationKind::Resume);
        if (run >= warmUps) {
            fromClick.add(act.fromClick < 0 ? 1e9 : act.fromClick);
            fromDisk.add(act.fromDisk < 0 ? 1e9 : act.fromDisk);
        }
    }
    return {{.id = QStringLiteral("PB-17"),
                .what = QStringLiteral("intent on disk to request at the worker, refreshing 5,000 x 8; slowest"),
                .measured = inWords(fromDisk, milliseconds),
                .judged = fromDisk.most(),
                .target = 5,
                .unit = milliseconds},
        {.id = QStringLiteral("PB-17"),
            .what = QStringLiteral("  confirmed to request, with its two checks and the disk"),
            .measured = inWords(fromClick, milliseconds)}};
}

} // namespace headgate::bench
