// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations/activitymodel.h"
#include "views/common/page.h"

#include <QFrame>

class QSortFilterProxyModel;
class QTableView;

namespace headgate {

//! The dock of 220 px (Alt+0): what runs and ran in this session, each row a way to its connector.
class ActivityPanel final : public QFrame
{
    Q_OBJECT
public:
    explicit ActivityPanel(QWidget *parent = nullptr);
    void setOperations(
        const std::vector<Operation> &operations, const QHash<ContextId, QString> &contextNames, Instant now);
    void focusTable();

Q_SIGNALS:
    void goTo(const headgate::Place &place);
    void closeWanted();

private:
    ActivityModel m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
};

} // namespace headgate
