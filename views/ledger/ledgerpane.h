// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger/ledgermovesmodel.h"

#include <QWidget>

class QAction;
class QTableView;

namespace headgate {

class Chip;
class FactGrid;
class PlainLabel;
class SpansLabel;

//! One entry of the ledger in full: what happened, every partition with its proof, who, why and by which plan.
class LedgerPane final : public QWidget
{
    Q_OBJECT
public:
    explicit LedgerPane(QList<QAction *> actions, QWidget *parent = nullptr);
    void setEntry(const LedgerEntryPtr &entry, Instant now); //!< null: nothing is selected

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fitColumns();

    LedgerMovesModel m_moves;
    LedgerEntryPtr m_entry;
    QWidget *m_content;
    PlainLabel *m_title;
    Chip *m_chip;
    SpansLabel *m_sentence;
    PlainLabel *m_proof;
    PlainLabel *m_partitions;
    QTableView *m_table;
    FactGrid *m_facts;
    PlainLabel *m_nothing;
};

} // namespace headgate
