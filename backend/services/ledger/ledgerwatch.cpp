// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/ledgerwatch.h"

#include "common/log.h"
#include "common/offload.h"
#include "domain/replay/ledgerjson.h"
#include "services/operations/operationrecords.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr size_t kUnwritten = 100; // bodies kept while the log cannot be written
constexpr Milliseconds kDocumentDeadline = 10s;
constexpr int kDocumentsAtOnce = 10; // a picture

//! One that nobody runs any more explains nothing after its last step.
Operation bounded(LoggedOperation logged)
{
    auto &operation = logged.operation;
    if (!operation.outcome && operation.endedAt == Instant {} && !isAlive(logged.lease)) {
        operation.endedAt = operation.steps.empty() ? operation.startedAt : operation.steps.back().at;
    }
    return std::move(operation);
}

//! Jumps that no replay in the log explains: another program of ours may have run it.
std::vector<PositionJump> unexplained(const OperationsLog &log, std::vector<PositionJump> jumps, Milliseconds slack)
{
    const auto entries = log.read();
    std::vector<Operation> operations;
    for (auto &logged : operationsOf(entries.value_or(std::vector<LogEntry>()))) {
        operations.push_back(bounded(std::move(logged)));
    }
    return withoutExplained(std::move(jumps), operations, slack);
}

} // namespace

Result<LedgerRecords> readLedgerRecords(const OperationsLog &log)
{
    const auto entries = log.read();
    if (!entries) {
        return failure(entries.error());
    }
    LedgerRecords records;
    for (auto &logged : operationsOf(*entries)) {
        if (logged.operation.request.kind == OperationKind::Replay) {
            records.operations.push_back(std::move(logged.operation));
        }
    }
    for (const auto &entry : *entries) {
        addLedgerRecord(entry.body, records);
    }
    return records;
}

LedgerWatch::LedgerWatch(ContextSession &session, OperationsService &operations, std::shared_ptr<Clock> clock,
    Settings settings, std::function<void()> written)
    : m_session(&session)
    , m_operations(operations)
    , m_clock(std::move(clock))
    , m_settings(settings)
    , m_written(std::move(written))
    , m_context(session.context().id)
    , m_log(operations.logFile(m_context))
{
    m_loop.emplace(run());
}

LedgerWatch::~LedgerWatch()
{
    Q_ASSERT_X(!m_loop || m_loop->isReady(), "LedgerWatch", "close() must be awaited first");
}

QCoro::Task<> LedgerWatch::run()
{
    while (!m_pause.ended()) {
        co_await m_pause.wait(m_clock, m_settings.every);
        if (!m_session || m_pause.ended()) {
            break;
        }
        const auto snapshot = m_session->snapshot();
        if (snapshot == m_seen || snapshot->connectors.empty() || snapshot->fromDisk) {
            continue;
        }
        if (!m_observer && !co_await begin()) {
            continue; // another program watches, or the log cannot be read
        }
        m_seen = snapshot;
        co_await look();
    }
}

QCoro::Task<bool> LedgerWatch::begin()
{
    if (!m_claim) {
        QDir().mkpath(QFileInfo(m_log.path()).absolutePath());
        m_claim = std::make_unique<QLockFile>(m_log.path() + QStringLiteral(".watch"));
        m_claim->setStaleLockTime(0); // held for hours: only its process decides
    }
    if (!m_claim->isLocked() && !m_claim->tryLock(0)) {
        co_return false;
    }
    const auto log = m_log;
    const auto past = co_await offload([log] { return readLedgerRecords(log); });
    if (!past) {
        warn(QStringLiteral("The offset ledger cannot be read, it is tried again: %1").arg(past.error().message));
        co_return false;
    }
    m_warned = false;
    m_observer.emplace(*past, m_settings.policy);
    m_known = knownDocuments(*past);
    co_return true;
}

std::vector<Operation> LedgerWatch::replays() const
{
    std::vector<Operation> found;
    std::ranges::copy_if(m_operations.operations(), std::back_inserter(found), [this](const Operation &operation) {
        return operation.request.kind == OperationKind::Replay && operation.request.connector.context == m_context;
    });
    return found;
}

//! In the pool: a platform may have thousands of connectors.
QCoro::Task<> LedgerWatch::look()
{
    auto looked
        = co_await offload([observer = std::move(*m_observer), snapshot = m_seen, operations = replays()]() mutable {
              auto news = observer.look(*snapshot, operations);
              return std::pair(std::move(observer), std::move(news));
          });
    m_observer.emplace(std::move(looked.first));
    auto news = std::move(looked.second);
    if (!news.jumps.empty()) {
        news.jumps = co_await offload([log = m_log, jumps = std::move(news.jumps), slack = m_settings.policy.slack] {
            return unexplained(log, jumps, slack);
        });
    }
    co_await compareDocuments(&news.jumps);
    co_await readDocuments(&news.marks);
    co_await write(std::move(news));
}

/*! Once a start: what others did to sources at rest while nobody watched. Pictures do not show the offsets of a source,
 * so each of them is asked for once. */
QCoro::Task<> LedgerWatch::compareDocuments(std::vector<PositionJump> *jumps)
{
    auto waiting = std::exchange(m_known, {});
    std::vector<PositionJump> found;
    int asked = 0;
    for (auto &known : waiting) {
        const auto row = std::ranges::find(m_seen->connectors, known.connector, &ConnectorFacts::ref);
        if (row == m_seen->connectors.end() || row->stale || row->status.type == ConnectorType::Unknown) {
            m_known.push_back(std::move(known)); // its cluster has not told yet
            continue;
        }
        const auto platform = m_seen->kafka.value ? m_seen->kafka.value->clusterId : QString();
        const bool elsewhere = !known.platform.isEmpty() && !platform.isEmpty() && known.platform != platform;
        const auto state = row->status.connector.run;
        if (row->gone || elsewhere || (state != RunState::Stopped && state != RunState::Paused)) {
            continue; // it moves by itself again
        }
        if (asked == kDocumentsAtOnce || !m_session || m_stop.stop_requested()) {
            m_known.push_back(std::move(known));
            continue;
        }
        ++asked;
        const auto since = row->sinceAtLeast ? std::nullopt : row->since.value;
        const auto between = !since ? Between::NotKnown : *since <= known.at ? Between::StoodStill : Between::Worked;
        const auto now = co_await m_session->fetchOffsets(
            known.connector, {.deadline = kDocumentDeadline, .stop = m_stop.get_token()});
        if (!now) {
            m_known.push_back(std::move(known)); // asked again with the next picture
            asked = kDocumentsAtOnce;            // and no other before: a silent worker costs its deadline
            continue;
        }
        std::ranges::move(documentJumps(known, *now, m_clock->now(), between), std::back_inserter(found));
        m_documents.insert(known.connector, *now);
    }
    if (!found.empty()) {
        found = co_await offload([log = m_log, found = std::move(found)] { return unexplained(log, found, 0ms); });
        std::ranges::move(found, std::back_inserter(*jumps));
    }
}

//! A source's own position where it stopped, which is also where it begins next.
QCoro::Task<> LedgerWatch::readDocuments(std::vector<PeriodMark> *marks)
{
    for (auto &mark : *marks) {
        if (mark.type != ConnectorType::Source || mark.kind == MarkKind::FirstSeen || mark.kind == MarkKind::Gone) {
            continue;
        }
        if (beginsPeriod(mark.kind)) {
            mark.document = mark.document.empty() ? m_documents.value(mark.connector) : mark.document;
            continue;
        }
        if (mark.document.empty() && m_session && !m_stop.stop_requested()) {
            auto offsets = co_await m_session->fetchOffsets(
                mark.connector, {.deadline = kDocumentDeadline, .stop = m_stop.get_token()});
            mark.document = offsets ? *std::move(offsets) : std::vector<ConnectorOffset>();
        }
        m_documents.insert(mark.connector, mark.document);
    }
}

QCoro::Task<> LedgerWatch::write(LedgerNews news)
{
    auto bodies = std::exchange(m_unwritten, {});
    std::ranges::move(ledgerRecords(news.jumps, news.marks), std::back_inserter(bodies));
    if (bodies.empty()) {
        co_return;
    }
    auto left = co_await offload([log = m_log, bodies = std::move(bodies)]() mutable {
        while (!bodies.empty() && log.append(bodies.front())) {
            bodies.erase(bodies.begin());
        }
        return bodies;
    });
    if (left.size() > kUnwritten) {
        left.erase(left.begin(), left.end() - kUnwritten);
    }
    if (left.empty()) {
        m_warned = false;
    } else {
        warn(QStringLiteral("The offset ledger cannot be written, it is tried again"));
    }
    m_unwritten = std::move(left);
    m_written();
}

//! Once, not each time it is tried.
void LedgerWatch::warn(const QString &sentence)
{
    if (!std::exchange(m_warned, true)) {
        qCWarning(logOperations).noquote() << sentence;
    }
}

QCoro::Task<> LedgerWatch::close()
{
    m_pause.end();
    m_stop.request_stop();
    co_await *m_loop;
    co_await write({});
    if (m_claim) {
        m_claim->unlock();
    }
}

} // namespace headgate
