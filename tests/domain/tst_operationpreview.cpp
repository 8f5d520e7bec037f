// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/operations/operation.h"

#include <QTest>

using namespace headgate;
using Kind = OperationKind;

namespace {

State stateOf(const QString &word)
{
    return parseState(word);
}

//! "RUNNING[0:RUNNING 1:FAILED]"
ConnectorStatus statusOf(const QString &picture)
{
    ConnectorStatus status;
    status.name = QStringLiteral("orders");
    status.connector = stateOf(picture.section(u'[', 0, 0));
    const auto tasks = picture.section(u'[', 1).chopped(1).split(u' ', Qt::SkipEmptyParts);
    for (const auto &task : tasks) {
        status.tasks.push_back({.id = task.section(u':', 0, 0).toInt(), .state = stateOf(task.section(u':', 1))});
    }
    return status;
}

struct Scene
{
    ContextConfig context;
    OperationFacts facts;
    OperationRequest request;

    explicit Scene(const QString &picture, Kind kind)
    {
        context.name = QStringLiteral("eu-prod");
        facts.context = &context;
        facts.mode = Mode::Guarded;
        facts.serverVersion = QStringLiteral("4.1.0");
        facts.workerUrl = QStringLiteral("http://connect-eu-1:8083");
        facts.status = statusOf(picture);
        request.kind = kind;
        request.connector.name = QStringLiteral("orders");
    }
    Scene(const Scene &) = delete;
    Scene &operator=(const Scene &) = delete;
    Result<OperationPreview> preview() const { return previewOperation(request, facts); }
};

QStringList shown(const std::vector<RestRequest> &requests)
{
    QStringList lines;
    for (const auto &request : requests) {
        lines.append(QString::fromLatin1(request.method + ' ' + request.path));
    }
    return lines;
}

} // namespace

Q_DECLARE_METATYPE(headgate::OperationKind)

class TestOperationPreview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void effect_data();
    void effect();
    void pathsByVersion_data();
    void pathsByVersion();
    void refusals_data();
    void refusals();
    void confirmation_data();
    void confirmation();
    void carriesWhatItWasMadeFrom();
};

void TestOperationPreview::effect_data()
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("paths");
    QTest::addColumn<int>("touched");
    QTest::addColumn<bool>("nothingToDo");
    QTest::addColumn<std::optional<Kind>>("wayBack");
    const auto row
        = [](const char *picture, Kind kind, const char *path, int touched, bool nothing, std::optional<Kind> back) {
              QTest::addRow("%s %s", picture, path)
                  << QString::fromLatin1(picture) << kind << QString::fromLatin1(path) << touched << nothing << back;
          };
    const auto none = std::nullopt;
    // clang-format off
    row("RUNNING[0:RUNNING 1:RUNNING]", Kind::Pause,            "PUT /connectors/orders/pause", 2, false, Kind::Resume);
    row("RUNNING[0:RUNNING 1:FAILED]",  Kind::Pause,            "PUT /connectors/orders/pause", 1, false, Kind::Resume);
    row("PAUSED[0:PAUSED 1:FAILED]",    Kind::Pause,            "PUT /connectors/orders/pause", 1, true,  none);
    row("PAUSED[0:RUNNING]",            Kind::Pause,            "PUT /connectors/orders/pause", 1, false, none);
    row("STOPPED[]",                    Kind::Pause,            "PUT /connectors/orders/pause", 0, false, Kind::Stop);
    row("PAUSED[0:PAUSED]",             Kind::Resume,           "PUT /connectors/orders/resume", 1, false, Kind::Pause);
    row("STOPPED[]",                    Kind::Resume,           "PUT /connectors/orders/resume", 0, false, Kind::Stop);
    row("RUNNING[0:RUNNING]",           Kind::Resume,           "PUT /connectors/orders/resume", 1, true,  none);
    row("RUNNING[0:RUNNING 1:FAILED]",  Kind::Stop,             "PUT /connectors/orders/stop", 2, false, Kind::Resume);
    row("PAUSED[0:PAUSED]",             Kind::Stop,             "PUT /connectors/orders/stop", 1, false, Kind::Pause);
    row("STOPPED[0:RUNNING]",           Kind::Stop,             "PUT /connectors/orders/stop", 1, false, none);
    row("STOPPED[]",                    Kind::Stop,             "PUT /connectors/orders/stop", 0, true,  none);
    row("RUNNING[0:RUNNING]",           Kind::RestartConnector, "POST /connectors/orders/restart", 0, false, none);
    row("RUNNING[0:RUNNING 1:FAILED]",  Kind::RestartAllTasks,  "POST /connectors/orders/restart?includeTasks=true&onlyFailed=false", 2, false, none);
    row("RUNNING[0:RUNNING 1:FAILED]",  Kind::RestartFailed,    "POST /connectors/orders/restart?includeTasks=true&onlyFailed=true", 1, false, none);
    row("RUNNING[0:RUNNING]",           Kind::RestartFailed,    "POST /connectors/orders/restart?includeTasks=true&onlyFailed=true", 0, true, none);
    row("FAILED[]",                     Kind::RestartFailed,    "POST /connectors/orders/restart?includeTasks=true&onlyFailed=true", 0, false, none);
    row("RUNNING[0:RUNNING 1:FAILED]",  Kind::RestartTask,      "POST /connectors/orders/tasks/1/restart", 1, false, none);
    // clang-format on
}

void TestOperationPreview::effect()
{
    QFETCH(QString, picture);
    QFETCH(Kind, kind);
    Scene scene(picture, kind);
    scene.request.task = 1;
    const auto preview = scene.preview();
    QVERIFY(preview);
    QTEST(preview->nothingToDo, "nothingToDo");
    if (preview->nothingToDo) {
        QVERIFY(preview->requests.empty() && preview->tasksTouched == 0);
    } else {
        QTEST(shown(preview->requests).join(u'\n'), "paths");
        QTEST(preview->tasksTouched, "touched");
    }
    QTEST(preview->compensation, "wayBack");
}

// Rows: UX-05
void TestOperationPreview::pathsByVersion_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QStringList>("paths");
    const QString one = QStringLiteral("POST /connectors/orders/restart");
    const QString all = one + QLatin1String("?includeTasks=true&onlyFailed=false");
    const QString failed = one + QLatin1String("?includeTasks=true&onlyFailed=true");
    const QString task1 = QStringLiteral("POST /connectors/orders/tasks/1/restart");
    const QString task0 = QStringLiteral("POST /connectors/orders/tasks/0/restart");
    // clang-format off
    QTest::newRow("2.8 all")       << "2.8.2"     << Kind::RestartAllTasks << QStringList {one, task0, task1};
    QTest::newRow("2.8 failed")    << "2.8.2"     << Kind::RestartFailed   << QStringList {task1};
    QTest::newRow("6.2-ccs = 2.8") << "6.2.1-ccs" << Kind::RestartFailed   << QStringList {task1};
    QTest::newRow("7.0-ccs = 3.0") << "7.0.0-ccs" << Kind::RestartFailed   << QStringList {failed};
    QTest::newRow("3.0 all")       << "3.0.0"     << Kind::RestartAllTasks << QStringList {all};
    QTest::newRow("4.1 failed")    << "4.1.0"     << Kind::RestartFailed   << QStringList {failed};
    QTest::newRow("unknown")       << "trunk"     << Kind::RestartFailed   << QStringList {failed};
    // clang-format on
}

void TestOperationPreview::pathsByVersion()
{
    QFETCH(QString, version);
    QFETCH(Kind, kind);
    Scene scene(QStringLiteral("RUNNING[0:RUNNING 1:FAILED]"), kind);
    scene.facts.serverVersion = version;
    const auto preview = scene.preview();
    QVERIFY(preview);
    QTEST(shown(preview->requests), "paths");
}

void TestOperationPreview::refusals_data()
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("version");
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("error");
    const auto row
        = [](const char *title, const char *picture, Kind kind, const char *version, Mode mode, ErrorKind error) {
              QTest::newRow(title) << QString::fromLatin1(picture) << kind << QString::fromLatin1(version) << int(mode)
                                   << int(error);
          };
    // clang-format off
    row("read-only",          "RUNNING[0:RUNNING]", Kind::Pause,            "4.1.0",     Mode::ReadOnly, ErrorKind::ModeForbids);
    row("stop below 3.5",     "RUNNING[0:RUNNING]", Kind::Stop,             "3.4.1",     Mode::Guarded,  ErrorKind::NotSupported);
    row("stop 7.4-ccs = 3.4", "RUNNING[0:RUNNING]", Kind::Stop,             "7.4.0-ccs", Mode::Guarded,  ErrorKind::NotSupported);
    row("restart of stopped", "STOPPED[]",          Kind::RestartAllTasks,  "4.1.0",     Mode::Guarded,  ErrorKind::InvalidInput);
    row("connector stopped",  "STOPPED[]",          Kind::RestartConnector, "4.1.0",     Mode::Guarded,  ErrorKind::InvalidInput);
    row("no such task",       "RUNNING[0:RUNNING]", Kind::RestartTask,      "4.1.0",     Mode::Armed,    ErrorKind::InvalidInput);
    // clang-format on
}

void TestOperationPreview::refusals()
{
    QFETCH(QString, picture);
    QFETCH(Kind, kind);
    QFETCH(QString, version);
    QFETCH(int, mode);
    Scene scene(picture, kind);
    scene.request.task = 7;
    scene.facts.serverVersion = version;
    scene.facts.mode = static_cast<Mode>(mode);
    const auto preview = scene.preview();
    QVERIFY(!preview);
    QTEST(int(preview.error().kind), "error");

    scene.facts.mode = Mode::Guarded;
    scene.facts.status.name.clear();
    QCOMPARE(scene.preview().error().kind, ErrorKind::NotFound);
    scene.facts.status.name = QStringLiteral("a/b");
    scene.facts.serverVersion = QStringLiteral("4.1.0");
    QCOMPARE(scene.preview().error().kind, ErrorKind::InvalidInput); // "a newer Kafka Connect has it" would be wrong
}

void TestOperationPreview::confirmation_data()
{
    QTest::addColumn<int>("environment");
    QTest::addColumn<int>("mode");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("tasks");
    QTest::addColumn<bool>("reason");
    QTest::addColumn<bool>("typed");
    const auto row
        = [](const char *title, Environment environment, Mode mode, Kind kind, int tasks, bool reason, bool typed) {
              QTest::newRow(title) << int(environment) << int(mode) << kind << tasks << reason << typed;
          };
    using E = Environment;
    using M = Mode;
    // clang-format off
    row("guarded development",   E::Development, M::Guarded, Kind::Pause,            2, false, false);
    row("guarded staging",       E::Staging,     M::Guarded, Kind::Stop,             2, false, false);
    row("guarded production",    E::Production,  M::Guarded, Kind::Pause,            2, true,  false);
    row("armed production",      E::Production,  M::Armed,   Kind::RestartFailed,    2, false, false);
    row("armed stop",            E::Production,  M::Armed,   Kind::Stop,             2, true,  false);
    row("ten at once",           E::Development, M::Guarded, Kind::RestartAllTasks, 10, false, false);
    row("more than ten at once", E::Development, M::Armed,   Kind::RestartAllTasks, 11, false, true);
    row("pause of many",         E::Development, M::Armed,   Kind::Pause,           11, false, false);
    // clang-format on
}

void TestOperationPreview::confirmation()
{
    QFETCH(int, environment);
    QFETCH(int, mode);
    QFETCH(Kind, kind);
    QFETCH(int, tasks);
    Scene scene(QStringLiteral("RUNNING[]"), kind);
    for (int id = 0; id < tasks; ++id) {
        scene.facts.status.tasks.push_back({.id = id, .state = stateOf(QStringLiteral("RUNNING"))});
    }
    scene.context.environment = static_cast<Environment>(environment);
    scene.facts.mode = static_cast<Mode>(mode);
    const auto preview = scene.preview();
    QVERIFY(preview);
    QTEST(preview->reasonNeeded, "reason");
    QTEST(preview->typedNameNeeded, "typed");
}

void TestOperationPreview::carriesWhatItWasMadeFrom()
{
    Scene scene(QStringLiteral("RUNNING[0:FAILED]"), Kind::RestartFailed);
    scene.context.environment = Environment::Production;
    scene.facts.info = ConnectorInfo {
        .config = {{QStringLiteral("a"), QStringLiteral("1")}, {QStringLiteral("b"), QStringLiteral("2")}}};
    scene.facts.lag = 41'208;
    scene.facts.knownToFail = QStringLiteral("will stop at the same record again");
    scene.facts.now = Instant(Milliseconds(1000));
    auto preview = scene.preview();
    QVERIFY(preview);
    QCOMPARE(preview->contextName, QStringLiteral("eu-prod"));
    QCOMPARE(preview->environment, Environment::Production);
    QCOMPARE(preview->workerUrl, scene.facts.workerUrl);
    QCOMPARE(preview->lagBefore, std::optional<std::int64_t>(41'208));
    QCOMPARE(preview->knownToFail, scene.facts.knownToFail);
    QCOMPARE(preview->madeAt, scene.facts.now);
    QCOMPARE(preview->before, observedConnector(scene.facts.status, scene.facts.info));

    auto &config = scene.facts.info->config;
    std::swap(config[0], config[1]); // another order is the same configuration
    QCOMPARE(preview->before, observedConnector(scene.facts.status, scene.facts.info));
    config[0].second = QStringLiteral("3");
    QVERIFY(preview->before != observedConnector(scene.facts.status, scene.facts.info));
}

QTEST_GUILESS_MAIN(TestOperationPreview)
#include "tst_operationpreview.moc"
