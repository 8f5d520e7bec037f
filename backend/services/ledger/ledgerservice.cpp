// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/ledgerservice.h"

#include "common/offload.h"

#include <algorithm>

namespace headgate {

LedgerService::LedgerService(
    ContextsService &contexts, OperationsService &operations, LedgerWatch::Settings settings, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_operations(operations)
    , m_settings(settings)
{
}

LedgerService::~LedgerService()
{
    Q_ASSERT_X(m_watches.empty(), "LedgerService", "close() must be awaited first");
}

void LedgerService::watch()
{
    if (m_watching) {
        return;
    }
    m_watching = true;
    connect(&m_contexts, &ContextsService::currentChanged, this, &LedgerService::follow);
    connect(&m_contexts, &ContextsService::contextsChanged, this, &LedgerService::follow);
    follow();
}

//! A session that was closed and opened anew is another one.
void LedgerService::follow()
{
    if (!m_watching) {
        return;
    }
    const auto sessions = m_contexts.sessions();
    std::erase_if(m_retiring, [](const QCoro::Task<> &task) { return task.isReady(); });
    for (auto &watch : m_watches) {
        const bool open = std::ranges::any_of(sessions, [&](const auto *session) { return watch->watches(session); });
        if (!open) {
            m_retiring.push_back(retire(std::move(watch)));
        }
    }
    std::erase(m_watches, nullptr);
    for (auto *const session : sessions) {
        if (std::ranges::any_of(m_watches, [&](const auto &watch) { return watch->watches(session); })) {
            continue;
        }
        m_watches.push_back(std::make_unique<LedgerWatch>(*session, m_operations, m_contexts.edges().clock, m_settings,
            [this, id = session->context().id] { Q_EMIT written(id); }));
    }
}

QCoro::Task<> LedgerService::retire(std::unique_ptr<LedgerWatch> watch)
{
    co_await watch->close();
}

Task<std::vector<LedgerEntry>> LedgerService::read(ContextId context, CallOptions options) const
{
    const OperationsLog log(m_operations.logFile(context));
    auto ledger = co_await offload([log]() -> Result<std::vector<LedgerEntry>> {
        const auto records = readLedgerRecords(log);
        return records ? Result<std::vector<LedgerEntry>>(ledgerOf(*records)) : failure(records.error());
    });
    if (options.stop.stop_requested()) {
        co_return failure(
            {.kind = ErrorKind::Cancelled, .message = QStringLiteral("The ledger is not wanted any more")});
    }
    co_return std::move(ledger);
}

QCoro::Task<> LedgerService::close()
{
    m_watching = false;
    for (auto &watch : m_watches) {
        m_retiring.push_back(retire(std::move(watch)));
    }
    m_watches.clear();
    for (auto &task : m_retiring) {
        co_await task;
    }
    m_retiring.clear();
}

} // namespace headgate
