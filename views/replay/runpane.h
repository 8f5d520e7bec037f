// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/replayviewmodel.h"

#include <QFrame>

class QPushButton;

namespace headgate {

class Chip;
class ConfirmFields;
class PlainLabel;
class RequestView;
class SpansLabel;
class StepList;

/*! The right side of the replay page: the steps, what is asked before they begin or after they were interrupted, the
 * exact requests, the way back. */
class RunPane final : public QFrame
{
    Q_OBJECT
public:
    explicit RunPane(ReplayViewModel &model, QWidget *parent = nullptr);
    void show(const ReplayViewModel::State &state);
    void enter(); //!< the focus: what is missing first, else the act

Q_SIGNALS:
    void cancelled();
    void copied();

private:
    QLayout *makeHead();
    QLayout *makeButtons();
    QWidget *makeWayBack();
    void showHead(const ReplayViewModel::State &state);
    void showSeen(const ReplayViewModel::State &state);
    void showButtons();
    void showWayBack(const ReplayViewModel::State &state);
    void act(void (ReplayViewModel::*how)(const Confirmation &));

    //! What the fields were filled in for.
    struct Asked
    {
        ConnectorRef connector;
        OperationId operation, restores;
        bool running = false;

        bool operator==(const Asked &) const = default;
    };

    ReplayViewModel &m_model;
    PlainLabel *m_note;
    Chip *m_chip;
    StepList *m_steps;
    PlainLabel *m_seen;
    SpansLabel *m_error;
    ConfirmFields *m_fields;
    PlainLabel *m_missing;
    QPushButton *m_cancel, *m_run, *m_lookAgain, *m_goOn, *m_putBack, *m_leave, *m_stopWaiting;
    QWidget *m_requestsSide;
    RequestView *m_requests;
    PlainLabel *m_wayBackText;
    QPushButton *m_wayBack;
    Asked m_asked;
};

} // namespace headgate
