// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/operations/operationsservice.h"

#include <QObject>

namespace headgate {

/*! View model of one act from preview to intent: asks for the preview, takes what the person types, starts it. The
 * operation itself lives in the service and goes on when the dialog is closed. GUI thread; owned by whoever shows it.
 *
 * One state, one signal. An answer to an older question is dropped by its number. */
class OperationViewModel final : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Idle,
        Asking,   //!< the preview is on its way
        Ready,    //!< preview there, may be confirmed
        Starting, //!< checked again, intent goes to disk
        Started,  //!< the service runs it; `id`
        Failed    //!< nothing was sent; `error`
    };
    struct State
    {
        Phase phase = Phase::Idle;
        OperationRequest request;
        std::optional<OperationPreview> preview;
        std::optional<Error> error;
        OperationId id;
        Monotonic askedAt {};

        bool operator==(const State &) const = default;
    };
    static constexpr Milliseconds previewDeadline {10'000};

    explicit OperationViewModel(OperationsService &operations, QObject *parent = nullptr);
    ~OperationViewModel() override;

    const State &state() const { return m_state; }
    void ask(OperationRequest request);
    void askAgain() { ask(m_state.request); }
    //! Stops asking. What was started goes on.
    void cancel();

    //! How many letters of the typed name are missing; 0 = it fits or none is needed; -1 = it is another name.
    int lettersToGo(const QString &typed) const;
    //! What is missing before the act can be started, one clause; empty = nothing.
    QString missing(const Confirmation &confirmation) const;
    void run(Confirmation confirmation);

Q_SIGNALS:
    void changed();
    void started(const headgate::OperationId &id);

private:
    QCoro::Task<> fetch(quint64 number, OperationRequest request);
    QCoro::Task<> start(quint64 number, OperationPreview preview, Confirmation confirmation);
    void fail(Error error);

    OperationsService &m_operations;
    State m_state;
    quint64 m_number = 0;
    std::stop_source m_stop;
};

} // namespace headgate
