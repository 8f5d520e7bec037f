// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger/ledgerviewmodel.h"

#include "common/offload.h"

#include <QPointer>

namespace headgate {

LedgerViewModel::LedgerViewModel(
    ContextsService &contexts, OperationsService &operations, LedgerService &ledger, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_ledger(ledger)
{
    connect(&ledger, &LedgerService::written, this, [this](const ContextId &context) {
        if (context == m_contexts.current()) {
            touch();
        }
    });
    connect(&operations, &OperationsService::operationsChanged, this, &LedgerViewModel::touch);
    connect(&contexts, &ContextsService::currentChanged, this, &LedgerViewModel::forget);
}

LedgerViewModel::~LedgerViewModel()
{
    m_stop.request_stop();
}

//! Another context: nothing of the one before stays on screen.
void LedgerViewModel::forget()
{
    m_read.reset();
    m_fitting.clear();
    m_model.setEntries({}, now());
    m_state = {.text = m_state.text};
    touch();
    Q_EMIT changed();
}

void LedgerViewModel::touch()
{
    m_old = true;
    if (m_shown && !m_state.reading) {
        read();
    }
}

void LedgerViewModel::setShown(bool shown)
{
    m_shown = shown;
    if (shown && m_old) {
        touch();
    }
}

void LedgerViewModel::read()
{
    m_stop.request_stop();
    m_stop = {};
    m_old = false;
    m_state.reading = !m_contexts.current().isEmpty();
    m_state.error.reset();
    if (m_state.reading) {
        runRead(++m_number, m_contexts.current());
    }
    Q_EMIT changed();
}

QCoro::Task<> LedgerViewModel::runRead(quint64 number, ContextId context)
{
    const QPointer<LedgerViewModel> self(this);
    auto ledger = co_await m_ledger.read(std::move(context), {readDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    if (ledger) {
        m_state.total = int(ledger->size());
        m_read = sharedFreedInPool(*std::move(ledger));
        runFilter(++m_filterNumber, m_read, m_state.text);
        co_return;
    }
    m_state.reading = false;
    m_state.error = std::move(ledger.error());
    Q_EMIT changed();
}

void LedgerViewModel::search(const QString &text)
{
    m_state.text = text;
    if (m_read) {
        m_state.reading = true;
        runFilter(++m_filterNumber, m_read, text);
    }
    Q_EMIT changed();
}

//! In the pool: a ledger of years has tens of thousands of entries.
QCoro::Task<> LedgerViewModel::runFilter(quint64 number, Ledger ledger, QString text)
{
    const QPointer<LedgerViewModel> self(this);
    auto fitting = co_await offload([ledger, text] {
        std::vector<LedgerEntryPtr> found;
        for (const auto &entry : *ledger) {
            if (mentions(entry, text)) {
                found.emplace_back(ledger, &entry);
            }
        }
        return found;
    });
    if (!self || number != m_filterNumber) {
        co_return;
    }
    m_state.reading = false;
    m_state.known = true;
    m_fitting = std::move(fitting);
    m_model.setEntries(m_fitting, now());
    Q_EMIT changed();
    if (m_old) {
        touch(); // it was written while it was read
    }
}

std::vector<LedgerEntryPtr> LedgerViewModel::entries() const
{
    return m_fitting;
}

} // namespace headgate
