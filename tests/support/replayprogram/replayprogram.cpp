// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/realedges.h"
#include "domain/replay/replayprogress.h"
#include "services/replay/replayservice.h"

#include <QCoreApplication>
#include <QTextStream>

#include <csignal>

using namespace headgate;

namespace {

const SecretRef kSecret {QStringLiteral("headgate/test/connect-password")};

ContextConfig contextOf(const QStringList &arguments)
{
    ContextConfig context {.id = {QStringLiteral("lab")}, .name = QStringLiteral("lab"), .mode = Mode::Guarded};
    ConnectClusterConfig cluster {.name = {QStringLiteral("main")}, .workers = {arguments.value(1)}};
    if (qEnvironmentVariableIsSet("HEADGATE_TEST_PASSWORD")) {
        cluster.auth = RestAuth::Basic;
        cluster.user = QStringLiteral("headgate");
        cluster.secret = kSecret;
    }
    context.connectClusters.push_back(cluster);
    context.kafka.bootstrap = arguments.value(2);
    return context;
}

void dieAt(ReplayService::Settings &settings, const QString &where)
{
    const auto step = replayStep(where.section(QLatin1Char(':'), 0, 0));
    const auto state = where.endsWith(QLatin1String(":begun")) ? StepState::Begun : StepState::Done;
    settings.recorded = [step, state](ReplayStep reached, StepState now) {
        if (step == reached && state == now) {
            ::raise(SIGKILL);
        }
    };
}

QCoro::Task<int> replay(ReplayService *service, OperationsService *operations, ReplayRequest request)
{
    QTextStream err(stderr);
    const auto plan = co_await service->plan(request, {.deadline = std::chrono::seconds(60)});
    const auto id = plan ? co_await service->run(*plan, {QStringLiteral("test"), {}, request.connector.name})
                         : Result<OperationId>(failure(plan.error()));
    if (!id) {
        err << id.error().message << ' ' << id.error().detail << Qt::endl;
        co_return 2;
    }
    const auto done = co_await operations->finished(*id, {.deadline = std::chrono::minutes(5)});
    err << (done ? done->observed : done.error().message) << Qt::endl;
    co_return done && done->outcome == Outcome::Confirmed ? 0 : 1;
}

} // namespace

//! replayprogram WORKER BOOTSTRAP LOGS CONNECTOR RECORDS-BACK [STEP:begun|done]: dies there by SIGKILL.
int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    auto real = makeRealEdges();
    real.secrets->keep(kSecret, qgetenv("HEADGATE_TEST_PASSWORD"));
    ContextsService contexts(real.edges, {});
    contexts.addTransient(contextOf(arguments));
    OperationsService operations(contexts, {.directory = arguments.value(3)});
    ReplayService::Settings settings;
    dieAt(settings, arguments.value(6));
    ReplayService service(contexts, operations, settings);
    const ReplayRequest request {.connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, arguments.value(4)},
        .everywhere = {.kind = PositionKind::BackBy, .number = arguments.value(5).toLongLong()}};
    const int code = QCoro::waitFor(replay(&service, &operations, request));
    QCoro::waitFor(operations.close());
    QCoro::waitFor(service.close());
    QCoro::waitFor(contexts.close());
    return code;
}
