// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/interruptedoperation.h"

#include "services/operations/operationrun.h"

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kReadDeadline = 5s;

} // namespace

QCoro::Task<Operation> readInterrupted(LoggedOperation found, Result<std::shared_ptr<ConnectClient>> client,
    std::shared_ptr<Clock> clock, Milliseconds settle, std::stop_token stop)
{
    auto operation = found.operation;
    const bool contextGone = !client && client.error().kind == ErrorKind::NotFound;
    const auto server = client ? co_await (*client)->fetchServerInfo({.deadline = kReadDeadline, .stop = stop})
                               : Result<ServerInfo>(failure(client.error()));
    const bool otherPlatform
        = server && !found.kafkaClusterId.isEmpty() && server->kafkaClusterId != found.kafkaClusterId;
    OperationRun::End end;
    if (contextGone || otherPlatform) {
        end = {.outcome = Outcome::Unknown, .observed = QStringLiteral("platform gone")};
    } else if (isSaga(operation.request.kind)) {
        co_return Operation(operation); // its own service says what its steps have done
    } else if (server) {
        const OperationPreview preview {.request = operation.request, .before = operation.before};
        OperationRun run(preview, *client, clock, {.observe = settle * 3, .settle = settle}, [](auto, auto) { }, stop);
        end = co_await run.readBack();
    }
    if (!end.outcome || (*end.outcome == Outcome::Unknown && !contextGone && !otherPlatform)) {
        operation.observed = end.observed;
        co_return operation;
    }
    operation.outcome = end.outcome;
    operation.observed = QStringLiteral("%1 (seen at the next start)").arg(end.observed);
    operation.error = end.error;
    operation.endedAt = clock->now();
    operation.phase = OperationPhase::Finished;
    co_return operation;
}

} // namespace headgate
