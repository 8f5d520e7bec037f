// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationsbook.h"

#include "common/offload.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr size_t kShown = 1000;

Result<std::vector<LoggedOperation>> readOperations(const OperationsLog &log)
{
    const auto entries = log.read();
    if (!entries) {
        return failure(entries.error());
    }
    return operationsOf(*entries);
}

tl::unexpected<Error> stopped(const QString &what)
{
    return failure({.kind = ErrorKind::Cancelled, .message = what});
}

} // namespace

OperationsBook::OperationsBook(QString directory, std::function<void()> changed)
    : m_directory(std::move(directory))
    , m_changed(std::move(changed))
{
}

OperationsLog OperationsBook::logOf(const ContextId &context) const
{
    return OperationsLog(m_directory + QLatin1Char('/') + context.text + QStringLiteral(".jsonl"));
}

QCoro::Task<Result<void>> OperationsBook::append(ContextId context, QByteArray body)
{
    const auto log = logOf(context);
    co_return co_await offload([log, body] { return log.append(body); });
}

Task<std::vector<LoggedOperation>> OperationsBook::read(ContextId context) const
{
    const auto log = logOf(context);
    co_return co_await offload([log] { return readOperations(log); });
}

Operation *OperationsBook::find(const OperationId &id)
{
    const auto found = std::ranges::find(m_operations, id, &Operation::id);
    return found == m_operations.end() ? nullptr : &*found;
}

void OperationsBook::show(Operation operation)
{
    std::erase_if(m_operations, [&](const Operation &each) { return each.id == operation.id; });
    const auto place = std::ranges::find_if(
        m_operations, [&](const Operation &each) { return each.startedAt <= operation.startedAt; });
    m_operations.insert(place, std::move(operation));
    if (m_operations.size() > kShown && m_operations.back().phase == OperationPhase::Finished) {
        m_operations.pop_back();
    }
    m_changed();
}

Task<Operation> OperationsBook::fetch(ContextId context, OperationId id, CallOptions options)
{
    if (const auto *known = find(id)) {
        co_return Operation(*known);
    }
    const auto found = co_await search(context, id.text, options);
    if (!found) {
        co_return failure(found.error());
    }
    const auto at = std::ranges::find(*found, id, &Operation::id);
    co_return at == found->end() ? Result<Operation>(failure({.kind = ErrorKind::NotFound, .message = id.text}))
                                 : Result<Operation>(*at);
}

Task<std::vector<Operation>> OperationsBook::search(ContextId context, QString text, CallOptions options)
{
    const auto log = logOf(context);
    auto found = co_await offload([log, text]() -> Result<std::vector<Operation>> {
        const auto logged = readOperations(log);
        if (!logged) {
            return failure(logged.error());
        }
        std::vector<Operation> matching;
        for (const auto &each : *logged) {
            if (mentions(each.operation, text)) {
                matching.push_back(each.operation);
            }
        }
        return matching;
    });
    if (options.stop.stop_requested()) {
        co_return stopped(QStringLiteral("The search was stopped"));
    }
    if (found) {
        for (auto &each : *found) { // one that runs now is known better here
            const auto *running = find(each.id);
            each = running ? *running : each;
        }
    }
    co_return found;
}

Task<LogVerdict> OperationsBook::verify(ContextId context, CallOptions options) const
{
    const auto log = logOf(context);
    auto verdict = co_await offload([log] { return log.verify(); });
    if (options.stop.stop_requested()) {
        co_return stopped(QStringLiteral("The check was stopped"));
    }
    co_return verdict;
}

} // namespace headgate
