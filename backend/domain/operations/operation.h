// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/ids.h"
#include "domain/connectors/connector.h"
#include "domain/contexts/context.h"
#include "domain/operations/blastradius.h"

#include <optional>
#include <variant>
#include <vector>

namespace headgate {

enum class OperationKind {
    Pause,
    Resume,
    Stop,
    RestartConnector,
    RestartAllTasks,
    RestartFailed,
    RestartTask,
    Replay, //!< another position: domain/replay
    Redrive //!< dead letters sent again: domain/deadletters
};
//! Several steps with a record each, planned and driven by a service of its own inside the same pipeline.
bool isSaga(OperationKind kind);
//! What armed mode runs on one key: pauses, resumes and restarts. All else is asked for in any mode.
bool runsUnasked(OperationKind kind);

//! The connector stands still afterwards until somebody resumes it.
bool standsStill(OperationKind kind);

//! What a person asks for. `task` only for RestartTask.
struct OperationRequest
{
    OperationKind kind = OperationKind::Pause;
    ConnectorRef connector;
    int task = -1;
    QString reason;          //!< required on production
    OperationId compensates; //!< the operation whose effect this takes back, where it is one

    bool operator==(const OperationRequest &) const = default;
};

//! What a precondition saw. Compared again right before sending: different means the preview is stale and nothing is
//! sent.
struct ObservedConnector
{
    State state;
    std::vector<std::pair<int, State>> tasks;
    QByteArray configHash; //!< SHA-256 of the config, so that a change between preview and sending is noticed

    bool operator==(const ObservedConnector &) const = default;
};

//! What is asked before a connector is made to stand still: where it stands, and what waits meanwhile.
struct StopFacts
{
    std::optional<std::vector<ConnectorOffset>> positions; //!< absent: the worker does not tell
    Observed<std::int64_t> lag, deadLetters;
    Observed<std::int64_t> inFlight; //!< taken by its tasks and not committed yet; only a worker's metrics know

    bool operator==(const StopFacts &) const = default;
};

//! Made before anything is sent; carries its context, so that switching the view changes nothing about it.
struct OperationPreview
{
    OperationRequest request;
    Environment environment = Environment::Development;
    QString contextName;
    QString workerUrl; //!< display form of the address that would be asked first
    RestAuth auth = RestAuth::None;
    TlsConfig tls; //!< files of the cluster's configuration
    ObservedConnector before;
    std::vector<RestRequest> requests; //!< exactly what is sent, in order
    QStringList effects; //!< effect keys with numbers, as sentences in English made by models from `tasksTouched` etc.
    int tasksTouched = 0;
    std::optional<std::int64_t> lagBefore;
    bool nothingToDo = false; //!< target already reached
    bool typedNameNeeded = false;
    bool reasonNeeded = false;
    std::optional<OperationKind> compensation; //!< the act that takes it back, offered afterwards
    QString knownToFail;                       //!< "will stop at the same record again", where triage knows
    std::optional<BlastRadius> blast;          //!< absent: no picture of the platform yet
    std::optional<StopFacts> stopFacts;        //!< of an act after which it standsStill()
    QByteArray plan;                           //!< of a saga: its plan's text, written into the log as it is
    Instant madeAt {};

    bool operator==(const OperationPreview &) const = default;
};

//! How a write ended. Unknown is never resent blindly.
enum class Outcome { Confirmed, Refused, Failed, Unknown };

enum class OperationPhase { Waiting, Checking, Sending, Observing, Finished };

//! One record of a saga. `what` is the saga's own word for the step, `data` JSON that it reads again, kept byte for
//! byte.
struct OperationStep
{
    Instant at {};
    QString what;
    QString state;  //!< "begun", "done", "failed", "unknown"
    QString detail; //!< plain text for people
    QByteArray data;

    bool operator==(const OperationStep &) const = default;
};

//! One running or finished operation, as shown in Activity and written to the operations log.
struct Operation
{
    OperationId id;
    OperationRequest request;
    QString person; //!< self-declared "name <mail>"
    Instant startedAt {};
    Instant endedAt {}; //!< epoch while running
    OperationPhase phase = OperationPhase::Waiting;
    std::optional<Outcome> outcome;
    QString observed; //!< what was seen, e.g. "PAUSED, 2 of 2 tasks paused after 0.8 s"
    std::optional<Error> error;
    Milliseconds deadline {0}; //!< of the observation
    std::optional<OperationKind> compensation;
    ObservedConnector before;
    std::vector<RestRequest> requests;
    bool interrupted = false;         //!< an intent, no outcome, and nobody who drives it: found at start, or let go
    bool endsSoon = false;            //!< somebody stopped waiting: it is let go at its next safe place
    QString letGoBy;                  //!< who did, of an interrupted one; empty: its program ended
    QByteArray plan;                  //!< of a saga
    std::vector<OperationStep> steps; //!< of a saga, in their order

    bool operator==(const Operation &) const = default;
};

//! What status and config say now, to be compared with a preview's `before`.
ObservedConnector observedConnector(const ConnectorStatus &status, const std::optional<ConnectorInfo> &info);

struct OperationFacts
{
    const ContextConfig *context = nullptr;
    Mode mode = Mode::ReadOnly;
    ConnectorStatus status;
    std::optional<ConnectorInfo> info;
    QString serverVersion;
    QString workerUrl;
    RestAuth auth = RestAuth::None;
    TlsConfig tls; //!< files of the cluster's configuration
    std::optional<std::int64_t> lag;
    QString knownToFail;
    std::optional<BlastRadius> blast;
    std::optional<StopFacts> stopFacts;
    Instant now {};
};
/*! The rule that turns a request and what is known into a preview; pure. Fails with NotFound (connector gone: a status
 * without a name), NotSupported (stop below 3.5, a name that no URL can address), InvalidInput (no such task, stopped
 * connector has no tasks to restart; a saga, which has rules of its own), ModeForbids. Below 3.0 a restart has no
 * flags: then `requests` holds one request per task, to be sent one after another. */
Result<OperationPreview> previewOperation(const OperationRequest &request, const OperationFacts &facts);

/*! Has the wanted state been reached? Confirmed only after the good state held for `settle` (a failing task flashes
 * RUNNING for half a second after a restart); Failed when a touched task failed again; nothing while it may still
 * happen. */
struct ObservationVerdict
{
    std::optional<Outcome> outcome;
    QString seen;

    bool operator==(const ObservationVerdict &) const = default;
};
struct ObservedAt
{
    Monotonic at {};
    ConnectorStatus status;
};
ObservationVerdict judgeObservation(
    const OperationPreview &preview, const std::vector<ObservedAt> &history, Milliseconds settle);

} // namespace headgate
