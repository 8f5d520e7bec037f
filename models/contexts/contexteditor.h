// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/contextcheck.h"
#include "models/contexts/contextdraft.h"

#include <QHash>
#include <QObject>

namespace headgate {

/*! View model of adding, editing and testing one context. GUI thread; owned by the page. One state, one signal; an
 * answer to an older test is dropped by its number, so that a slow network never overwrites a newer picture. */
class ContextEditor : public QObject
{
    Q_OBJECT
public:
    enum class Phase { Idle, Testing, Saving, Removing };
    struct State
    {
        Phase phase = Phase::Idle;
        bool isNew = true;
        ContextDraft draft, original;
        std::vector<ContextFault> faults;    //!< of the draft; shown once `faultsShown`
        bool faultsShown = false;            //!< quiet until the first test or save
        std::vector<ConnectionCheck> checks; //!< of the last test
        bool checksAreOld = false;           //!< the draft changed since
        std::optional<Error> error;          //!< saving or testing did not work
        Monotonic startedAt {};

        bool isModified() const { return !(draft == original); }
        bool operator==(const State &) const = default;
    };
    static constexpr Milliseconds testDeadline {15'000};

    explicit ContextEditor(ContextsService &contexts, QObject *parent = nullptr);
    ~ContextEditor() override;

    const State &state() const { return m_state; }
    //! @{ An empty form, or an existing context. What was typed and not saved waits and is there again on return.
    void begin();
    void begin(const ContextId &id);
    //! @}
    bool holdsUnsaved(const ContextId &id) const; //!< empty id: the new one
    void setDraft(ContextDraft draft);
    void revert();
    //! Nothing is sent while the draft has faults: they are shown instead.
    void test();
    void cancelTest();
    void save();
    void remove();

Q_SIGNALS:
    void changed();
    void saved(const headgate::ContextId &id);
    void removed();

private:
    void leave();
    bool showFaults();
    void setPhase(Phase phase);
    QCoro::Task<> runTest(quint64 number);
    QCoro::Task<> runSave(quint64 number);
    QCoro::Task<> runRemove(quint64 number);
    bool isCurrent(quint64 number) const { return number == m_number; }

    ContextsService &m_contexts;
    State m_state;
    QHash<ContextId, ContextDraft> m_waiting; //!< drafts of forms that were left, by context
    quint64 m_number = 0;
    std::stop_source m_stop;
};

} // namespace headgate
