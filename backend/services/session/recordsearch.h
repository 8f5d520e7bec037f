// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "domain/triage/problem.h"

#include <QObject>

#include <memory>

namespace headgate {

/*! Looks for the records behind the failures that are on screen: each failure once, one at a time, bounded as
 * searchFailingRecord() says, given up when the failure leaves the screen. What could not be found is kept too, with
 * its reason; only where the brokers did not answer it is tried again after a while. GUI thread; owned by the session.
 */
class RecordSearch : public QObject
{
    Q_OBJECT
public:
    RecordSearch(std::shared_ptr<RecordReader> reader, std::shared_ptr<Clock> clock);
    ~RecordSearch() override;

    //! Writes what is known into the problems of failed sink tasks.
    void complete(std::vector<Problem> &problems, const PlatformSnapshot &snapshot) const;
    //! The failures to look for, the most urgent one first: those of `problems` that belong to `shown`.
    void want(
        const std::vector<Problem> &problems, const PlatformSnapshot &snapshot, const std::vector<ConnectorRef> &shown);
    QCoro::Task<> close();

Q_SIGNALS:
    void changed();

private:
    //! One failure. Another trace, or a new fall after a restart, is another one.
    struct Failure
    {
        ConnectorRef connector;
        int task = 0;
        QString trace;
        std::optional<Instant> since;

        bool operator==(const Failure &) const = default;
    };
    struct Answer
    {
        Failure failure;
        Result<FailingRecord> record;
        Monotonic at;
        bool nothingWaited = false; //!< the lag was 0 when it was looked for
    };
    struct Suspicion
    {
        Failure failure;
        const ConnectorFacts *facts; //!< in the snapshot that was asked
    };
    //! What is looked for later keeps its facts.
    struct Wanted
    {
        Failure failure;
        ConnectorFacts facts;
    };

    static std::optional<Suspicion> suspicionOf(const Problem &problem, const PlatformSnapshot &snapshot);
    const Answer *answerTo(const Failure &failure) const;
    bool isOpen(const Wanted &wanted) const;
    void next();
    QCoro::Task<> search(Wanted wanted, std::stop_token stop);

    std::shared_ptr<RecordReader> m_reader;
    std::shared_ptr<Clock> m_clock;
    std::vector<Wanted> m_wanted;
    std::vector<Answer> m_answers;
    std::optional<Failure> m_current; // being looked for
    std::stop_source m_stop;          // of the current one
    std::optional<QCoro::Task<>> m_search;
    bool m_closed = false;
};

} // namespace headgate
