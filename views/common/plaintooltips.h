// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace headgate {

/*! Tool tips have no switch for plain text: Qt guesses, and a connector named "<table>..." would be laid out as a
 * document. This filter shows every widget's tool tip itself, in a form that is never taken for markup. Views' cells go
 * through RowDelegate. */
class PlainToolTips final : public QObject
{
    Q_OBJECT
public:
    explicit PlainToolTips(QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace headgate
