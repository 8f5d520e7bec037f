// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "common/clock.h"
#include "domain/operations/operation.h"
#include "services/operations/saga.h"

#include <functional>
#include <memory>

namespace headgate {

//! What a worker says of a connector right now.
struct FreshConnector
{
    ConnectorStatus status;
    std::optional<ConnectorInfo> info; //!< absent when only the status could be read (a busy herder)
};
Task<FreshConnector> readConnector(std::shared_ptr<ConnectClient> client, QString name, CallOptions options);

//! What differs between a preview and now, as one sentence; empty: nothing. A configuration is compared where both
//! sides know it.
QString driftOf(const ObservedConnector &before, const ObservedConnector &now);

/*! Sends what a preview shows and watches until the wanted state holds or the deadline passes. One use; lives as long
 * as its coroutine.
 *
 * A refusal that passes by itself (rebalance) is tried again within a budget, after looking whether anybody changed the
 * connector in between. What may have happened is never sent again: it is read back. */
class OperationRun
{
public:
    struct Limits
    {
        Milliseconds observe {120'000};
        Milliseconds settle {1500};
        Milliseconds send {95'000};
        int tries = 8;
        Milliseconds longestWait {10'000};
    };
    using End = OperationEnd;
    using Tell = std::function<void(OperationPhase, QString)>;

    OperationRun(OperationPreview preview, std::shared_ptr<ConnectClient> client, std::shared_ptr<Clock> clock,
        Limits limits, Tell tell, std::stop_token stop);
    QCoro::Task<End> drive();
    //! Watches alone, as after a lost answer: for an operation whose process ended.
    QCoro::Task<End> readBack();

private:
    enum class Sent { Answered, Unsure };
    Task<Sent> sendWithinBudget(RestRequest request);
    Task<void> waitForNextTry(int tried, Error why);
    Task<void> checkUnchanged();
    QCoro::Task<End> observe(bool unsure);
    End endOf(const ObservationVerdict &verdict, bool unsure) const;
    End refused(const Error &error, int done) const;
    bool sawAnyChange() const;
    Milliseconds sinceSent() const { return m_clock->monotonic() - m_sentAt; }

    OperationPreview m_preview;
    std::shared_ptr<ConnectClient> m_client;
    std::shared_ptr<Clock> m_clock;
    Limits m_limits;
    Tell m_tell;
    std::stop_token m_stop;
    Monotonic m_sentAt {};
    std::vector<ObservedAt> m_history;
    std::optional<Error> m_lostAnswer;
};

} // namespace headgate
