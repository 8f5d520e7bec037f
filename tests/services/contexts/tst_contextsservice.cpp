// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/contexts/contextsservice.h"

#include "clients/storage/snapshotfile.h"
#include "support/fakes/fakeedges.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

struct Lab
{
    QTemporaryDir dir;
    FakeEdges world;
    std::unique_ptr<ContextsService> service;

    Lab() { world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"}); }
    ~Lab() { close(); }
    ContextsService &make()
    {
        close();
        service = std::make_unique<ContextsService>(world.edges(),
            ContextsService::Paths {
                dir.filePath(QStringLiteral("contexts")), dir.filePath(QStringLiteral("cache")), dir.path()});
        return *service;
    }
    void close()
    {
        if (service) {
            auto closing = service->close();
            QVERIFY(world.clock->advanceUntil([&] { return closing.isReady(); }, 1min));
            service.reset();
            QCOMPARE(world.clock->sleeping(), 0);
        }
    }
    ContextConfig withLogin(const QString &id) const
    {
        auto context = world.context(id);
        context.connectClusters.front().auth = RestAuth::Basic;
        context.connectClusters.front().user = QStringLiteral("ops");
        context.connectClusters.front().secret = {QStringLiteral("headgate/%1/connect").arg(id)};
        return context;
    }
    QByteArray everythingOnDisk() const
    {
        QByteArray all;
        QDir root(dir.path());
        for (const auto &folder : {QStringLiteral("."), QStringLiteral("contexts"), QStringLiteral("cache")}) {
            for (const auto &file : QDir(root.filePath(folder)).entryInfoList(QDir::Files | QDir::Hidden)) {
                QFile open(file.filePath());
                all += open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray();
            }
        }
        return all;
    }
};

QString lineOf(const ConnectionCheck &check)
{
    const QString outcome = check.error ? QStringLiteral("failed") : QStringLiteral("ok");
    const QString line = check.subject + QLatin1Char(' ') + check.step + QLatin1Char(' ') + outcome;
    return line;
}

QStringList linesOf(const std::vector<ConnectionCheck> &checks)
{
    QStringList lines;
    std::ranges::transform(checks, std::back_inserter(lines), lineOf);
    return lines;
}

} // namespace

class tst_ContextsService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: UX-15
    void aSavedContextComesBackAndHoldsNoSecret()
    {
        Lab lab;
        const auto context = lab.withLogin(QStringLiteral("eu-prod"));
        const auto ref = context.connectClusters.front().secret;
        QVERIFY(runOn(*lab.world.clock, lab.make().save(context, {{ref, "canary-7f3a"}})));
        QCOMPARE(lab.world.secrets->secrets.value(ref), QByteArray("canary-7f3a"));
        const auto disk = lab.everythingOnDisk();
        QVERIFY(disk.contains("headgate/eu-prod/connect")); // the reference, and nothing else of it
        QVERIFY(!disk.contains("canary-7f3a"));
        auto &again = lab.make();
        QVERIFY(runOn(*lab.world.clock, again.load()));
        QCOMPARE(again.contexts().size(), size_t(1));
        QCOMPARE(again.contexts().front(), context);
    }

    // Rows: UX-15
    void withoutASecretServiceNothingIsSaved()
    {
        Lab lab;
        lab.world.secrets->broken = Error {.kind = ErrorKind::SecretsUnavailable, .message = QStringLiteral("locked")};
        const auto context = lab.withLogin(QStringLiteral("eu-prod"));
        const auto saved = runOn(
            *lab.world.clock, lab.make().save(context, {{context.connectClusters.front().secret, "canary-7f3a"}}));
        QCOMPARE(saved.error().kind, ErrorKind::SecretsUnavailable);
        QVERIFY(lab.service->contexts().empty());
        QVERIFY(lab.everythingOnDisk().isEmpty());
    }

    void anIdIsAFileName_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("path") << QStringLiteral("../../x");
        QTest::newRow("hidden") << QStringLiteral(".x");
        QTest::newRow("blank") << QStringLiteral("a b");
        QTest::newRow("empty") << QString();
        QTest::newRow("break") << QStringLiteral("a\n");
    }
    void anIdIsAFileName()
    {
        QFETCH(QString, id);
        Lab lab;
        QCOMPARE(
            runOn(*lab.world.clock, lab.make().save(lab.world.context(id), {})).error().kind, ErrorKind::InvalidInput);
    }

    void aFileThatCannotBeReadIsNamed()
    {
        Lab lab;
        QDir(lab.dir.path()).mkpath(QStringLiteral("contexts"));
        QFile file(lab.dir.filePath(QStringLiteral("contexts/broken.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("name: [") > 0);
        file.close();
        QVERIFY(runOn(*lab.world.clock, lab.make().load()));
        QVERIFY(lab.service->warnings().join(QLatin1Char(' ')).contains(QStringLiteral("broken.yaml")));
    }

    void thresholdsAreThePersonsOwn_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("behind");
        QTest::addColumn<QString>("warning");
        QTest::newRow("none: as shipped") << QByteArray() << 60'000 << QString();
        QTest::newRow("own") << QByteArray("lagBehind: 5\n") << 5000 << QString();
        QTest::newRow("broken: as shipped, and said")
            << QByteArray("\nlagBehind: soon\n") << 60'000
            << QStringLiteral(
                   "triage.yaml, line 2: \"lagBehind\" is no time in seconds. The built-in thresholds hold.");
    }
    void thresholdsAreThePersonsOwn()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, behind);
        QFETCH(QString, warning);
        Lab lab;
        QFile own(lab.dir.filePath(QStringLiteral("triage.yaml")));
        QVERIFY(file.isEmpty() || (own.open(QIODevice::WriteOnly) && own.write(file) > 0));
        own.close();
        auto &service = lab.make();
        QVERIFY(runOn(*lab.world.clock, service.load()));
        QCOMPARE(service.warnings(), warning.isEmpty() ? QStringList() : QStringList {warning});
        service.addTransient(lab.world.context());
        QCOMPARE(service.open({QStringLiteral("lab")})->policy().lagBehind, Milliseconds(behind));
    }

    // Rows: UX-09
    void ownContextsStartReadOnly()
    {
        Lab lab;
        auto context = lab.world.context(QStringLiteral("eu"));
        context.mode = Mode::ReadOnly;
        QVERIFY(runOn(*lab.world.clock, lab.make().save(context, {})));
        QCOMPARE(lab.service->mode({QStringLiteral("eu")}), Mode::ReadOnly);
        QCOMPARE(lab.service->mode({QStringLiteral("nowhere")}), Mode::ReadOnly);
        QCOMPARE(lab.service->setMode({QStringLiteral("nowhere")}, Mode::Armed).error().kind, ErrorKind::NotFound);
    }

    void armedEndsAfterFifteenMinutes()
    {
        Lab lab;
        const ContextId id {QStringLiteral("lab")};
        lab.make().addTransient(lab.world.context());
        QSignalSpy modes(lab.service.get(), &ContextsService::modeChanged);
        QVERIFY(lab.service->setMode(id, Mode::Armed));
        lab.world.clock->advance(15min - 1s);
        QCOMPARE(lab.service->mode(id), Mode::Armed);
        QCOMPARE(modes.size(), 1);
        lab.world.clock->advance(1s);
        QCOMPARE(lab.service->mode(id), Mode::Guarded);
        QCOMPARE(modes.size(), 2);
    }

    void armedEndsWhenTheViewLeaves()
    {
        Lab lab;
        lab.make().addTransient(lab.world.context(QStringLiteral("a")));
        lab.service->addTransient(lab.world.context(QStringLiteral("b")));
        lab.service->setCurrent({QStringLiteral("a")});
        QVERIFY(lab.service->setMode({QStringLiteral("a")}, Mode::Armed));
        lab.service->setCurrent({QStringLiteral("b")});
        QCOMPARE(lab.service->mode({QStringLiteral("a")}), Mode::Guarded);
        lab.service->setCurrent({QStringLiteral("a")});
        QCOMPARE(lab.service->mode({QStringLiteral("a")}), Mode::Guarded); // never restored
    }

    void armedIsNeverStored()
    {
        Lab lab;
        auto context = lab.world.context(QStringLiteral("eu"));
        context.mode = Mode::Armed;
        QVERIFY(runOn(*lab.world.clock, lab.make().save(context, {})));
        QVERIFY(runOn(*lab.world.clock, lab.make().load()));
        QCOMPARE(lab.service->mode({QStringLiteral("eu")}), Mode::Guarded);
    }

    void theOneLeftIsHidden()
    {
        Lab lab;
        lab.make().addTransient(lab.world.context(QStringLiteral("a")));
        lab.service->addTransient(lab.world.context(QStringLiteral("b"), false));
        lab.service->setCurrent({QStringLiteral("a")});
        lab.service->setCurrent({QStringLiteral("b")});
        lab.world.clock->advance(30s);
        QCOMPARE(lab.service->sessions().size(), size_t(2));
        QVERIFY(
            lab.service->session({QStringLiteral("a")})->snapshot()->generation > 0); // its failed count stays known
    }

    void theLastPictureOpensThePage()
    {
        Lab lab;
        QVERIFY(runOn(*lab.world.clock, lab.make().save(lab.world.context(QStringLiteral("eu")), {})));
        lab.service->open({QStringLiteral("eu")});
        lab.world.clock->advance(1min);
        lab.make();
        lab.world.cluster().down
            = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Connection refused")};
        QVERIFY(runOn(*lab.world.clock, lab.service->load()));
        lab.service->setCurrent({QStringLiteral("eu")});
        auto *const session = lab.service->session({QStringLiteral("eu")});
        lab.world.clock->settle();
        QCOMPARE(session->snapshot()->connectors.size(), size_t(1));
        QVERIFY(session->snapshot()->fromDisk);
        QVERIFY(session->snapshot()->connectors.front().stale);
        lab.world.cluster().down.reset();
        lab.world.clock->advance(10s);
        QVERIFY(!session->snapshot()->fromDisk && !session->snapshot()->connectors.front().stale);
    }

    // Rows: SE-03
    void noCanaryReachesPictureOrDisk()
    {
        Lab lab;
        const QByteArray canary = "canary-33d9";
        const auto context = lab.withLogin(QStringLiteral("eu"));
        const auto saved
            = runOn(*lab.world.clock, lab.make().save(context, {{context.connectClusters.front().secret, canary}}));
        QVERIFY(saved);
        auto &orders = lab.world.cluster().at(QStringLiteral("orders"));
        orders.info.config.emplace_back(QStringLiteral("connection.password"), QString::fromLatin1(canary));
        orders.info.config.emplace_back(QStringLiteral("connection.url"),
            QStringLiteral("jdbc:postgresql://db/x?user=a&password=") + QString::fromLatin1(canary));
        lab.world.cluster().failTask(QStringLiteral("orders"), 0,
            QStringLiteral("java.lang.RuntimeException: https://ops:%1@db/ refused").arg(QString::fromLatin1(canary)));
        lab.service->setCurrent(context.id);
        auto *const session = lab.service->session(context.id);
        lab.world.clock->advance(1min);
        const auto snapshot = session->snapshot();
        const auto &row = snapshot->connectors.front();
        QVERIFY(row.info);
        QString shown = row.status.tasks.front().trace;
        for (const auto &[key, value] : row.info->config) {
            shown += key + QLatin1Char('=') + value + QLatin1Char('\n');
        }
        QVERIFY(shown.contains(QStringLiteral("connection.password")) && !shown.contains(QString::fromLatin1(canary)));
        const auto masked = row.info;
        lab.close();
        const auto path = lab.dir.filePath(QStringLiteral("cache/eu.snapshot.zst"));
        const auto picture = readSnapshotFile(path);
        QVERIFY(picture);
        QCOMPARE(picture->connectors.front().info, masked);
        const auto disk = lab.everythingOnDisk();
        for (const auto &form : {canary, canary.toBase64(), canary.toHex(), QByteArray(canary).replace('-', "%2D")}) {
            QVERIFY2(!disk.contains(form), form.constData());
        }
    }

    void aConnectionTestNamesWhatFails()
    {
        Lab lab;
        auto &cluster = lab.world.cluster(QStringLiteral("main"));
        cluster.workers = QStringList {QStringLiteral("http://worker-1:8083")};
        lab.world.kafka->clusterId = QStringLiteral("cluster-1");
        auto &service = lab.make();
        const auto context = lab.world.context();
        const auto good = runOn(*lab.world.clock, service.test(context, {}, {})).value();
        QCOMPARE(linesOf(good).join(QLatin1String(", ")),
            QStringLiteral("worker-1:8083 reach ok, worker-1:8083 read ok, worker-1:8083 health ok, "
                           "brokers reach ok, brokers read ok, brokers match ok"));
        QCOMPARE(good.front().note, QStringLiteral("Connect 4.1.0"));
        cluster.down = Error {.kind = ErrorKind::AuthenticationFailed, .message = QStringLiteral("401")};
        lab.world.kafka->failing[QStringLiteral("groups")]
            = Error {.kind = ErrorKind::NotPermitted, .message = QStringLiteral("ACL")};
        const auto bad = runOn(*lab.world.clock, service.test(context, {}, {})).value();
        QCOMPARE(linesOf(bad).join(QLatin1String(", ")),
            QStringLiteral("worker-1:8083 log in failed, brokers reach ok, brokers read failed"));
    }

    void brokersOfAnotherPlatformAreNoticed()
    {
        Lab lab;
        lab.world.kafka->clusterId = QStringLiteral("another");
        const auto checks = runOn(*lab.world.clock, lab.make().test(lab.world.context(), {}, {})).value();
        QCOMPARE(lineOf(checks.back()), QStringLiteral("brokers match failed"));
        QVERIFY(checks.back().error->message.contains(QStringLiteral("another")));
    }

    // Rows: UX-37
    void aConnectionTestCanBeCancelled()
    {
        Lab lab;
        lab.world.cluster().script(QStringLiteral("GET"), {.hangs = true}, 100);
        std::stop_source stop;
        auto task = lab.make().test(
            lab.world.context(QStringLiteral("lab"), false), {}, {.deadline = 1min, .stop = stop.get_token()});
        lab.world.clock->settle();
        QVERIFY(!task.isReady());
        stop.request_stop();
        lab.world.clock->settle(); // no time passes
        QVERIFY(task.isReady());
    }

    void removingTakesFileAndSecretsAlong()
    {
        Lab lab;
        const auto context = lab.withLogin(QStringLiteral("eu"));
        const auto ref = context.connectClusters.front().secret;
        QVERIFY(runOn(*lab.world.clock, lab.make().save(context, {{ref, "s"}})));
        lab.service->open(context.id);
        QVERIFY(runOn(*lab.world.clock, lab.service->remove(context.id)));
        QVERIFY(lab.world.secrets->secrets.isEmpty());
        QVERIFY(lab.service->sessions().empty());
        QVERIFY(!QFile::exists(lab.dir.filePath(QStringLiteral("contexts/eu.yaml"))));
    }
};

QTEST_GUILESS_MAIN(tst_ContextsService)
#include "tst_contextsservice.moc"
