// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger/ledgermodel.h"
#include "services/ledger/ledgerservice.h"

namespace headgate {

/*! View model of the offset ledger: reads the current context's when it is shown or was written, filters it by words.
 * GUI thread; owned by the view.
 *
 * One state, one signal. An answer to an older question is dropped by its number. */
class LedgerViewModel final : public QObject
{
    Q_OBJECT
public:
    struct State
    {
        QString text;         //!< filter
        bool reading = false; //!< an answer is on its way
        bool known = false;   //!< it was read at least once for this context
        int total = 0;        //!< entries without the filter
        std::optional<Error> error;

        bool operator==(const State &) const = default;
    };
    static constexpr Milliseconds readDeadline {20'000};

    LedgerViewModel(
        ContextsService &contexts, OperationsService &operations, LedgerService &ledger, QObject *parent = nullptr);
    ~LedgerViewModel() override;

    const State &state() const { return m_state; }
    LedgerModel &model() { return m_model; }
    const LedgerModel &model() const { return m_model; }
    void setShown(bool shown); //!< hidden, it reads nothing
    void search(const QString &text);
    void read();
    std::vector<LedgerEntryPtr> entries() const; //!< those that fit the filter, newest first
    Instant now() const { return m_contexts.edges().clock->now(); }

Q_SIGNALS:
    void changed();

private:
    using Ledger = std::shared_ptr<const std::vector<LedgerEntry>>;
    QCoro::Task<> runRead(quint64 number, ContextId context);
    QCoro::Task<> runFilter(quint64 number, Ledger ledger, QString text);
    void forget();
    void touch();

    ContextsService &m_contexts;
    LedgerService &m_ledger;
    LedgerModel m_model;
    State m_state;
    Ledger m_read;
    std::vector<LedgerEntryPtr> m_fitting;
    quint64 m_number = 0, m_filterNumber = 0;
    bool m_shown = false;
    bool m_old = true; //!< the log has more than was read
    std::stop_source m_stop;
};

} // namespace headgate
