// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/replayviewmodel.h"
#include "views/replay/block.h"

class QLineEdit;
class QPushButton;

namespace headgate {

class MenuChoice;
class SegmentedChoice;

/*! Where a sink shall read next: by time, offset, count, from the ends of the log, past a record, before an earlier
 * replay; for all partitions or one. Tells the view model of each position that is understood. */
class PositionBlock final : public Block
{
    Q_OBJECT
public:
    explicit PositionBlock(ReplayViewModel &model, QWidget *parent = nullptr);
    void show(const ReplayViewModel::State &state);
    void editPartition(const TopicPartition &tp);
    void enter(); //!< the focus

private:
    void showScope();
    void showKind();
    void understand();
    void tell(const Position &position);
    std::optional<TopicPartition> scope() const; //!< nothing: all partitions
    Position positionInScope() const;
    PositionKind kind() const;

    ReplayViewModel &m_model;
    SegmentedChoice *m_kinds;
    MenuChoice *m_scope;
    MenuChoice *m_earlier;
    QLineEdit *m_value;
    PlainLabel *m_hint;
    QPushButton *m_asAll;
    ConnectorRef m_shown;
    Position m_told; //!< what the fields say, as it was understood
};

} // namespace headgate
