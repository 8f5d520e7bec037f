// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

#include <QFrame>

class QAction;

namespace headgate {

class PlainLabel;

/*! What can be done about an operation whose program ended before its outcome was seen: look at the platform again, or
 * close it with what is known. Part of the operation pane; the acts belong to the page. */
class InterruptedBox final : public QFrame
{
    Q_OBJECT
public:
    InterruptedBox(QAction *lookAgain, const QList<QAction *> &closing, QWidget *parent = nullptr);
    //! Hidden unless the operation is interrupted and still open.
    void setOperation(const Operation &operation);

private:
    PlainLabel *m_text;
};

} // namespace headgate
