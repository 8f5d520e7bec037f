// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/offsetledger.h"
#include "domain/triage/snapshot.h"

#include <map>
#include <set>

namespace headgate {

//! What belongs into the ledger since the last look.
struct LedgerNews
{
    std::vector<PositionJump> jumps;
    std::vector<PeriodMark> marks;

    bool empty() const { return jumps.empty() && marks.empty(); }
    bool operator==(const LedgerNews &) const = default;
};

/*! Follows positions from one picture of a context to the next and tells what belongs into the ledger: jumps that no
 * replay of our own explains, and the positions where a connector starts and stops. Costs no request: pictures are all
 * it sees. A value; one thread at a time. */
class LedgerObserver
{
public:
    struct Policy
    {
        JumpPolicy jumps;
        Milliseconds settle {60'000}; //!< how long positions may take to stand still after a stop
        Milliseconds slack {15'000};  //!< how old a position may be when it is looked at
    };

    //! Goes on where the log ends.
    LedgerObserver(const LedgerRecords &past, Policy policy);

    //! `operations`: those of this context. Pictures from disk, and while brokers do not answer, tell nothing.
    LedgerNews look(const PlatformSnapshot &snapshot, const std::vector<Operation> &operations);

private:
    enum class Rest { AtWork, Paused, Stopped };
    struct Stopping
    {
        MarkKind kind {};
        Instant since {};
        Instant seenAt {}; //!< of the positions looked at last
    };
    struct Watched
    {
        PositionSight sight;      //!< the last
        QString platform;         //!< id of its Kafka cluster; empty: not known
        QStringList absentTopics; //!< of a source
        std::optional<std::vector<MarkedPosition>> deadLetters;
        std::optional<Instant> since; //!< since when it stood so at that look
        Rest rest = Rest::AtWork;
        bool open = false;    //!< a period has begun and not ended
        bool here = false;    //!< looked at in this run, not only known from the log
        bool current = false; //!< `sight` is of this run
        bool watched = false; //!< all the time since the period began
        std::optional<Stopping> stopping;
        std::int64_t failures = 0;
        std::set<int> failedTasks;
        std::set<QString> toldReplays;
        std::optional<PositionSight> inReplay; //!< at rest, while a replay runs
    };
    struct Look; //!< one connector at one time
    static bool isElsewhere(const Watched &watched, const Look &look);

    void remember(const PeriodMark &mark);
    void remember(const PositionJump &jump);
    void begin(Watched &watched, const Look &look, LedgerNews &news);
    void follow(Watched &watched, const Look &look, LedgerNews &news);
    void goOn(Watched &watched, const Look &look, LedgerNews &news);
    void end(Watched &watched, const Look &look, LedgerNews &news);
    void tellReplay(Watched &watched, const Operation &replay, const Look &look, LedgerNews &news);
    void endGone(const PlatformSnapshot &snapshot, const std::set<ConnectorRef> &seen, LedgerNews &news);
    static void take(Watched &watched, const Look &look);
    static void countFailures(Watched &watched, const ConnectorStatus &status);
    static PeriodMark markOf(const Watched &watched, MarkKind kind);
    static void openPeriod(Watched &watched, PeriodMark mark, LedgerNews &news);
    static void closePeriod(Watched &watched, PeriodMark mark, LedgerNews &news);

    Policy m_policy;
    std::map<ConnectorRef, Watched> m_watched;
};

} // namespace headgate
