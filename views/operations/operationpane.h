// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

#include <QWidget>

class QAction;

namespace headgate {

class Chip;
class InterruptedBox;
class PlainLabel;
class SpansLabel;

//! One operation in full: outcome, what was seen, exact requests, who and why.
class OperationPane final : public QWidget
{
    Q_OBJECT
public:
    //! `interrupted` stands among the facts while the operation is open.
    OperationPane(QList<QAction *> actions, InterruptedBox *interrupted, QWidget *parent = nullptr);
    void setOperation(const Operation *operation, Instant now); //!< nullptr: nothing is selected

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_content;
    PlainLabel *m_title;
    Chip *m_chip;
    SpansLabel *m_seen;
    PlainLabel *m_requests;
    PlainLabel *m_who, *m_reason, *m_when, *m_where;
    InterruptedBox *m_interrupted;
    PlainLabel *m_nothing;
};

} // namespace headgate
