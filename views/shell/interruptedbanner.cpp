// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/interruptedbanner.h"

#include "models/operations/operationtext.h"

#include <QPointer>

#include <algorithm>

namespace headgate {

InterruptedBanner::InterruptedBanner(
    ContextsService &contexts, OperationsService &operations, Banner *banner, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_operations(operations)
    , m_banner(banner)
{
    m_banner->hide();
    connect(&m_contexts, &ContextsService::currentChanged, this, &InterruptedBanner::look);
    connect(&m_operations, &OperationsService::operationsChanged, this, &InterruptedBanner::show);
    connect(m_banner, &Banner::acted, this, [this] {
        if (m_first) {
            Q_EMIT wanted(*m_first);
        }
    });
}

InterruptedBanner::~InterruptedBanner()
{
    m_stop.request_stop();
}

void InterruptedBanner::look()
{
    show();
    m_stop.request_stop();
    m_stop = {};
    if (const auto context = m_contexts.current(); !context.isEmpty()) {
        find(context);
    }
}

QCoro::Task<> InterruptedBanner::find(ContextId context)
{
    const QPointer<InterruptedBanner> self(this);
    auto found = co_await m_operations.findInterrupted(context, {std::chrono::seconds(20), m_stop.get_token()});
    if (!self || !found || found->empty() || context != m_contexts.current()) {
        co_return;
    }
    QStringList settled;
    for (const auto &each : *found) {
        if (each.outcome) {
            settled << tr("%1, interrupted before: %2").arg(operationTitle(each.request), outcomeWord(*each.outcome));
        }
    }
    show();
    const bool told = std::ranges::find(m_told, context) != m_told.end();
    const bool chooses = m_first
        && (m_first->request.kind == OperationKind::Replay || m_first->request.kind == OperationKind::Redrive);
    if (chooses && !told) {
        m_told.push_back(context);
        Q_EMIT choicesFound(*m_first);
    }
    if (!settled.isEmpty()) {
        Q_EMIT said(settled.join(QStringLiteral("; ")));
    }
}

void InterruptedBanner::show()
{
    QStringList titles;
    m_first.reset();
    for (const auto &each : m_operations.operations()) {
        if (each.interrupted && !each.outcome && each.request.connector.context == m_contexts.current()) {
            m_first = m_first ? m_first : each;
            titles << operationTitle(each.request);
        }
    }
    m_banner->setVisible(!titles.isEmpty());
    if (titles.isEmpty()) {
        return;
    }
    constexpr int mostTitles = 3;
    const auto more = titles.size() - mostTitles;
    const QString named = titles.mid(0, mostTitles).join(QStringLiteral(", "));
    m_banner->say(lookOf(Outcome::Unknown), tr("%n operation(s) interrupted:", nullptr, int(titles.size())),
        tr("%1. The outcome was not seen; nothing was sent again.")
            .arg(more > 0 ? tr("%1 and %2 more").arg(named).arg(more) : named),
        tr("Look now"));
}

} // namespace headgate
