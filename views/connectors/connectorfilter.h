// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/filterexpression.h"

#include <QFrame>

class QAction;
class QMenu;

namespace headgate {

class FilterEdit;
class SegmentedChoice;

/*! The row above the connectors table: the filter line, all rows or faults only, which columns, export. Says what it
 * understood and what is wanted; who has the rows does it. */
class ConnectorFilter final : public QFrame
{
    Q_OBJECT
public:
    //! `columns` is taken; `save` belongs to the caller.
    ConnectorFilter(QMenu *columns, QAction *save, QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text); //!< as if typed, at once
    bool isFaultsOnly() const;
    void setFaultsOnly(bool faultsOnly);
    bool isNarrowing() const { return !text().isEmpty() || isFaultsOnly(); }
    void clear(); //!< text and faults only
    void enter(); //!< the focus goes into the line
    void setTotal(int rows);

Q_SIGNALS:
    //! Nothing is told of a text that is not understood: the rows stay as they are until it is.
    void filterChanged(const headgate::FilterExpression &filter);
    void faultsOnlyChanged(bool faultsOnly);
    void said(const QString &sentence);
    void leftDown(); //!< to the rows

private:
    void understand();

    FilterEdit *m_edit;
    SegmentedChoice *m_choice;
};

} // namespace headgate
