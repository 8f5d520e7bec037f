// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectordetail.h"

#include <QWidget>

namespace headgate {

/*! The tasks of one connector: number, state, worker, lag. Painted; failed ones come first where there are more than
 * fit a pane, the rest is counted. */
class TaskList final : public QWidget
{
    Q_OBJECT
public:
    explicit TaskList(QWidget *parent = nullptr);
    void setTasks(std::vector<TaskLine> tasks);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void measure();
    int lineHeight() const;
    void paintHeader(QPainter &painter, const QRect &row) const;
    void paintTask(QPainter &painter, const QRect &row, const TaskLine &task) const;

    std::vector<TaskLine> m_tasks;
    int m_stateWidth = 0, m_lagWidth = 0;
    int m_more = 0; //!< tasks that are not listed
};

} // namespace headgate
