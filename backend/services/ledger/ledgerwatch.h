// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/storage/operationslog.h"
#include "common/pause.h"
#include "domain/replay/documentjump.h"
#include "services/ledger/ledgerobserver.h"
#include "services/operations/operationsservice.h"

#include <QPointer>

class QLockFile;

namespace headgate {

//! What a log holds for the ledger. Blocks: in the pool.
Result<LedgerRecords> readLedgerRecords(const OperationsLog &log);

/*! Looks at one session's pictures and writes what is new into the operations log. Asks for nothing but the offsets of
 * a source that has stopped. One of all programs of this person watches a context. GUI thread; owned by the ledger
 * service, which awaits close(). */
class LedgerWatch
{
public:
    struct Settings
    {
        Milliseconds every {2000};
        LedgerObserver::Policy policy;
    };
    LedgerWatch(ContextSession &session, OperationsService &operations, std::shared_ptr<Clock> clock, Settings settings,
        std::function<void()> written);
    ~LedgerWatch();
    Q_DISABLE_COPY_MOVE(LedgerWatch)

    bool watches(const ContextSession *session) const { return m_session == session; }
    QCoro::Task<> close(); //!< writes what it has seen

private:
    QCoro::Task<> run();
    QCoro::Task<bool> begin();
    QCoro::Task<> look();
    QCoro::Task<> compareDocuments(std::vector<PositionJump> *jumps);
    QCoro::Task<> readDocuments(std::vector<PeriodMark> *marks);
    QCoro::Task<> write(LedgerNews news);
    std::vector<Operation> replays() const;
    void warn(const QString &sentence);

    QPointer<ContextSession> m_session;
    OperationsService &m_operations;
    std::shared_ptr<Clock> m_clock;
    Settings m_settings;
    std::function<void()> m_written;
    ContextId m_context;
    OperationsLog m_log;
    std::unique_ptr<QLockFile> m_claim;
    std::optional<LedgerObserver> m_observer;
    SnapshotPtr m_seen;
    std::vector<QByteArray> m_unwritten;
    QHash<ConnectorRef, std::vector<ConnectorOffset>> m_documents; //!< of sources, as they stopped
    std::vector<KnownDocument> m_known;                            //!< before this run, not compared yet
    bool m_warned = false;
    Pause m_pause;
    std::stop_source m_stop;
    std::optional<QCoro::Task<>> m_loop;
};

} // namespace headgate
