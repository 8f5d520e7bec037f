// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/recordsearch.h"

#include "services/session/failingrecord.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kLongest = 10s;
constexpr Milliseconds kTryAgain = 60s;
constexpr size_t kAnswers = 200; // failures come and go for days

//! Asking again would answer the same; brokers that were away come back.
bool isFinal(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::NotSupported;
}

//! Somebody moved the position past it, or it was redelivered: what was found is not what stands in the way now.
bool isPassed(const FailingRecord &record, const ConnectorFacts &facts)
{
    const auto at = std::ranges::find(facts.groupLag.partitions, record.tp, &PartitionLag::tp);
    return at != facts.groupLag.partitions.end() && at->committed
        && *at->committed > std::max(record.offset, record.rangeEnd);
}

} // namespace

RecordSearch::RecordSearch(std::shared_ptr<RecordReader> reader, std::shared_ptr<Clock> clock)
    : m_reader(std::move(reader))
    , m_clock(std::move(clock))
{
}

RecordSearch::~RecordSearch()
{
    Q_ASSERT(!m_search || m_search->isReady());
}

//! Absent: nothing that a record could be behind, or it is known from the trace.
std::optional<RecordSearch::Suspicion> RecordSearch::suspicionOf(
    const Problem &problem, const PlatformSnapshot &snapshot)
{
    const auto named = problem.trace.record && problem.trace.recordOffset;
    if (problem.kind != ProblemKind::TasksFailed || problem.recoveredSince || problem.tasks.empty() || named) {
        return std::nullopt;
    }
    const auto facts = std::ranges::lower_bound(snapshot.connectors, problem.connector, {}, &ConnectorFacts::ref);
    if (facts == snapshot.connectors.end() || facts->ref != problem.connector
        || facts->status.type != ConnectorType::Sink) {
        return std::nullopt;
    }
    return Suspicion {{problem.connector, problem.tasks.front(), problem.rawTrace, facts->since.value}, &*facts};
}

const RecordSearch::Answer *RecordSearch::answerTo(const Failure &failure) const
{
    const auto found = std::ranges::find(m_answers, failure, &Answer::failure);
    return found == m_answers.end() ? nullptr : &*found;
}

bool RecordSearch::isOpen(const Wanted &wanted) const
{
    const auto *answer = answerTo(wanted.failure);
    if (!answer) {
        return true;
    }
    if (answer->record) {
        return isPassed(*answer->record, wanted.facts);
    }
    // Nothing waited by the numbers of that time, which may have been older than the failure.
    const bool cameLate = answer->nothingWaited && wanted.facts.lagRecords.value.value_or(0) > 0;
    return cameLate || (!isFinal(answer->record.error()) && m_clock->monotonic() - answer->at >= kTryAgain);
}

void RecordSearch::complete(std::vector<Problem> &problems, const PlatformSnapshot &snapshot) const
{
    for (auto &problem : problems) {
        problem.recordSought = false; // a recovering one is a copy of what it was
        const auto suspicion = suspicionOf(problem, snapshot);
        if (!suspicion) {
            continue;
        }
        problem.recordSought = m_current == suspicion->failure;
        const auto *answer = answerTo(suspicion->failure);
        if (!answer) {
            continue;
        }
        if (!answer->record) {
            problem.recordError = answer->record.error();
        } else if (!isPassed(*answer->record, *suspicion->facts)) {
            problem.record = *answer->record;
        }
    }
}

void RecordSearch::want(
    const std::vector<Problem> &problems, const PlatformSnapshot &snapshot, const std::vector<ConnectorRef> &shown)
{
    m_wanted.clear();
    for (const auto &problem : problems) {
        const bool isShown = std::ranges::find(shown, problem.connector) != shown.end();
        if (const auto suspicion = isShown ? suspicionOf(problem, snapshot) : std::nullopt) {
            m_wanted.push_back({suspicion->failure, *suspicion->facts});
        }
    }
    const auto isWanted = [this](const Failure &failure) {
        return std::ranges::find(m_wanted, failure, &Wanted::failure) != m_wanted.end();
    };
    if (m_current && !isWanted(*m_current)) {
        m_stop.request_stop();
    }
    next();
}

void RecordSearch::next()
{
    if (m_closed || m_current || (m_search && !m_search->isReady())) {
        return;
    }
    const auto open = std::ranges::find_if(m_wanted, [this](const Wanted &wanted) {
        const auto &lag = wanted.facts.lagRecords;
        const bool known = wanted.facts.info && (lag.value || lag.absence == Absence::NotPermitted);
        return known && isOpen(wanted); // before that there is no position to begin at
    });
    if (open == m_wanted.end()) {
        return;
    }
    m_current = open->failure;
    m_stop = {};
    m_search.emplace(search(*open, m_stop.get_token()));
    Q_EMIT changed();
}

QCoro::Task<> RecordSearch::search(Wanted wanted, std::stop_token stop)
{
    auto record = co_await searchFailingRecord(
        wanted.facts, wanted.failure.task, m_reader, m_clock, {.deadline = kLongest, .stop = stop});
    m_current.reset();
    if (!stop.stop_requested()) {
        std::erase_if(m_answers, [&](const Answer &answer) { return answer.failure == wanted.failure; });
        if (m_answers.size() >= kAnswers) {
            m_answers.erase(m_answers.begin());
        }
        const bool nothingWaited = wanted.facts.lagRecords.value == 0;
        m_answers.push_back({std::move(wanted.failure), std::move(record), m_clock->monotonic(), nothingWaited});
    }
    Q_EMIT changed(); // the next picture shows it and asks for the next one
}

QCoro::Task<> RecordSearch::close()
{
    m_closed = true;
    m_stop.request_stop();
    if (m_search) {
        co_await *m_search;
    }
}

} // namespace headgate
