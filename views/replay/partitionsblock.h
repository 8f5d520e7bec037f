// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/partitionsmodel.h"
#include "models/replay/replayviewmodel.h"
#include "views/replay/block.h"

class QPushButton;
class QTableView;

namespace headgate {

//! Each partition of a sink's plan with its place in the log, and the sum below.
class PartitionsBlock final : public Block
{
    Q_OBJECT
public:
    explicit PartitionsBlock(QWidget *parent = nullptr);
    void show(const ReplayViewModel::State &state);
    void enter();                //!< the focus
    void setNarrow(bool narrow); //!< the bars keep their room: no legend, closer columns

Q_SIGNALS:
    //! Somebody wants a position of its own for this one.
    void edited(const headgate::TopicPartition &tp);

private:
    void fit();

    PartitionsModel m_rows;
    QTableView *m_table;
    QWidget *m_legend;
    QPushButton *m_all; //!< every partition instead of three a topic
    PlainLabel *m_count;
    PlainLabel *m_sum;
    bool m_everyOne = false;
    std::optional<ReplayPlan> m_plan;
};

} // namespace headgate
