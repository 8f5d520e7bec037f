// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/realprogram.h"
#include "bench/rows.h"
#include "clients/connect/restconnectclient.h"
#include "domain/connectors/connectrequests.h"
#include "support/fakes/fakesecretstore.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

namespace headgate::bench {

namespace {

constexpr int connectors = 1000;

//! A worker process and the client that talks to it.
struct StartedWorker
{
    QTemporaryDir folder;
    QProcess process;
    std::shared_ptr<FakeSecretStore> secrets = std::make_shared<FakeSecretStore>();
    std::unique_ptr<ConnectClient> client;

    ~StartedWorker()
    {
        if (client) {
            QCoro::waitFor(client->close());
        }
        process.closeWriteChannel(); // --end-with-owner: the end of its standard input
        process.waitForFinished(10'000);
    }
    //! Milliseconds until GET / was answered; negative when it never was.
    double start(const QString &program);
};

double StartedWorker::start(const QString &program)
{
    QElapsedTimer clock;
    clock.start();
    process.start(program,
        {QStringLiteral("--json"), QStringLiteral("--end-with-owner"), QStringLiteral("--data-dir"), folder.path()});
    QByteArray line;
    while (!line.contains('\n') && process.waitForReadyRead(10'000)) {
        line += process.readAllStandardOutput();
    }
    const auto where = QJsonDocument::fromJson(line);
    ConnectClusterConfig config;
    config.workers = QStringList {where[QLatin1String("connectUrls")][0].toString()};
    config.auth = RestAuth::Basic;
    config.user = where[QLatin1String("user")].toString();
    config.secret = {QStringLiteral("bench")};
    secrets->secrets[config.secret] = where[QLatin1String("password")].toString().toUtf8();
    client = makeRestConnectClient(config, secrets, std::make_shared<SystemClock>());
    const auto answered = QCoro::waitFor(client->fetchServerInfo({Milliseconds(10'000)}));
    return answered ? double(clock.nsecsElapsed()) / 1e6 : -1;
}

} // namespace

// Rows: PB-27
std::vector<Row> workerRows()
{
    const auto program = QStringLiteral(BENCH_WORKER);
    const auto milliseconds = QStringLiteral("ms");
    Samples starts;
    for (int run = 0; run < 10; ++run) {
        StartedWorker worker;
        starts.add(worker.start(program));
    }
    StartedWorker worker;
    worker.start(program);
    int made = 0;
    for (int i = 0; i < connectors; ++i) {
        auto request = createRequest(QStringLiteral("idle-%1").arg(i),
            {{QStringLiteral("connector.class"),
                 QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector")},
                {QStringLiteral("tasks.max"), QStringLiteral("1")}, {QStringLiteral("topic"), QStringLiteral("t")},
                {QStringLiteral("file"), worker.folder.filePath(QStringLiteral("in.txt"))}});
        request.body.chop(1);
        request.body += ",\"initial_state\":\"STOPPED\"}";
        made += QCoro::waitFor(worker.client->send(request, {Milliseconds(10'000)})).has_value() ? 1 : 0;
    }
    const auto rss = residentMegabytesOf(worker.process.processId());
    return {{.id = QStringLiteral("PB-27"),
                .what = QStringLiteral("local worker: process start to GET / answered"),
                .measured = inWords(starts, milliseconds),
                .judged = starts.median(),
                .target = 40,
                .unit = milliseconds},
        {.id = QStringLiteral("PB-27"),
            .what = QStringLiteral("  its memory (RSS) with %1 idle connectors").arg(made),
            .measured = QStringLiteral("%1 MB").arg(rss, 0, 'f', 0),
            .judged = made == connectors ? rss : 1e9,
            .target = 60,
            .unit = QStringLiteral("MB")}};
}

} // namespace headgate::bench
