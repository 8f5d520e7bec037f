// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/realprogram.h"
#include "bench/rows.h"
#include "bench/shownwindow.h"
#include "clients/storage/snapshotfile.h"
#include "domain/contexts/contextfile.h"
#include "support/fakeconnect/fakeconnect.h"
#include "support/fakes/leftreplay.h"

#include <QCoroTask>
#include <QDir>
#include <QTest>

namespace headgate::bench {

namespace {

constexpr int runs = 15;
constexpr int settleMilliseconds = 20'000;
const auto milliseconds = QStringLiteral("ms");

//! A context in the program's folders with a last picture of 1,000 connectors of which 2 % failed.
bool leaveLastPicture(const RealProgram &program, fake::FakeConnect &worker)
{
    worker.addMany(1000, 8);
    for (int i = 0; i < 1000; i += 50) {
        worker.failTask(QStringLiteral("connector-%1").arg(i, 5, 10, QLatin1Char('0')), 0,
            QStringLiteral("org.apache.kafka.connect.errors.DataException: boom\n")
                + QStringLiteral("\tat org.example.Sink.put(Sink.java:1)\n").repeated(30));
    }
    ShownWindow shown({worker.urls()}, ShownWindow::Polls::ByThemselves);
    shown.open();
    const auto known = [&shown] {
        const auto &rows = shown.session().snapshot()->connectors;
        return rows.size() == 1000 && rows.back().info;
    };
    if (!QTest::qWaitFor(known, 30'000)) {
        return false;
    }
    const auto &context = shown.session().context();
    const auto yaml = writeContextFile(context, {});
    QDir().mkpath(program.contextsFolder());
    QDir().mkpath(program.cacheFolder());
    QFile file(program.contextsFolder() + QLatin1Char('/') + context.id.text + QStringLiteral(".yaml"));
    const QString picture
        = program.cacheFolder() + QLatin1Char('/') + context.id.text + QStringLiteral(".snapshot.zst");
    return yaml && file.open(QIODevice::WriteOnly) && file.write(*yaml) == yaml->size()
        && writeSnapshotFile(picture, *shown.session().snapshot());
}

std::vector<Row> coldStart()
{
    RealProgram program;
    fake::FakeConnect worker({.latency = Milliseconds(10)});
    const bool ready = leaveLastPicture(program, worker);
    Samples starts;
    for (int run = 0; run < runs; ++run) {
        const auto took = ready ? program.startUntilPainted({}, QStringLiteral("problemCard")) : -1;
        starts.add(took < 0 ? 1e9 : took);
    }
    return {{.id = QStringLiteral("PB-13"),
                .what = QStringLiteral("exec to the problems of the last picture (1,000 x 8) painted, warm"),
                .measured = inWords(starts, milliseconds),
                .judged = starts.median(),
                .target = 150,
                .unit = milliseconds},
        {.id = QStringLiteral("start"),
            .what = QStringLiteral("  start to interactive, the slowest of these starts"),
            .measured = QStringLiteral("%1 ms").arg(starts.most(), 0, 'f', 1),
            .judged = starts.most(),
            .target = 400,
            .unit = milliseconds,
            .blocking = true}};
}

//! A source whose replay lost its program while positions were being set: the connector is stopped.
bool leaveInterrupted(const RealProgram &program, fake::FakeConnect &worker)
{
    const auto position = [](int bytes) {
        return ConnectorOffset {"{\"filename\":\"/data/in\"}", "{\"position\":" + QByteArray::number(bytes) + '}'};
    };
    fake::FakeConnector lines {.name = QStringLiteral("lines")};
    lines.config = {
        {QStringLiteral("connector.class"), QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector")}};
    lines.offsets = "[{\"partition\":" + position(900).partitionJson + ",\"offset\":" + position(900).offsetJson + "}]";
    worker.add(lines);
    ShownWindow shown({worker.urls()}, ShownWindow::Polls::ByThemselves);
    shown.open();
    if (!QTest::qWaitFor([&shown] { return shown.session().snapshot()->connectors.size() == 1; }, 30'000)) {
        return false;
    }
    const auto plan = QCoro::waitFor(
        shown.replay().plan({.connector = shown.ref(QStringLiteral("lines")), .source = {position(400)}},
            {.deadline = Milliseconds(30'000)}));
    worker.change(QStringLiteral("lines"), [](fake::FakeConnector &connector) {
        connector.state = QStringLiteral("STOPPED");
        connector.tasks.clear();
    });
    const auto &context = shown.session().context();
    const auto yaml = writeContextFile(context, {});
    QDir().mkpath(program.contextsFolder());
    QFile file(program.contextsFolder() + QLatin1Char('/') + context.id.text + QStringLiteral(".yaml"));
    return plan && yaml && file.open(QIODevice::WriteOnly) && file.write(*yaml) == yaml->size()
        && leaveReplay(program.operationsFolder() + QLatin1Char('/') + context.id.text + QStringLiteral(".jsonl"),
            *plan, {position(900)}, ReplayStep::SetPositions, SystemClock().now());
}

// Rows: PB-26
std::vector<Row> recovery()
{
    RealProgram program;
    fake::FakeConnect worker({.latency = Milliseconds(10)});
    const bool ready = leaveInterrupted(program, worker);
    Samples starts;
    for (int run = 0; run < runs; ++run) {
        const auto took = ready ? program.startUntilPainted({}, QStringLiteral("replayGoOn")) : -1;
        starts.add(took < 0 ? 1e9 : took);
    }
    return {{.id = QStringLiteral("PB-26"),
        .what = QStringLiteral("exec to the choices of a replay whose program was killed"),
        .measured = inWords(starts, milliseconds),
        .judged = starts.median(),
        .target = 500,
        .unit = milliseconds}};
}

std::vector<Row> sandbox()
{
    RealProgram program;
    const auto took = program.startUntilPainted({QStringLiteral("--sandbox")}, QStringLiteral("problemCard"));
    QTest::qWait(settleMilliseconds);
    double sum = 0;
    QStringList parts;
    for (const auto &[name, megabytes] : program.residentMegabytes()) {
        sum += megabytes;
        parts << QStringLiteral("%1 %2").arg(name).arg(megabytes, 0, 'f', 0);
    }
    return {{.id = QStringLiteral("start"),
                .what = QStringLiteral("headgate --sandbox: exec to its first problems painted"),
                .measured = QStringLiteral("%1 ms").arg(took, 0, 'f', 0)},
        {.id = QStringLiteral("memory"),
            .what = QStringLiteral("headgate --sandbox: RSS of its %1 processes, 20 s later").arg(parts.size()),
            .measured = QStringLiteral("%1 MB: %2").arg(sum, 0, 'f', 0).arg(parts.join(QStringLiteral(", "))),
            .judged = took > 0 && parts.size() > 1 ? sum : 1e9,
            .target = 200,
            .unit = QStringLiteral("MB"),
            .blocking = true}};
}

} // namespace

// Rows: PB-13
std::vector<Row> startRows()
{
    auto rows = coldStart();
    for (auto *part : {recovery, sandbox}) {
        std::ranges::move(part(), std::back_inserter(rows));
    }
    return rows;
}

} // namespace headgate::bench
