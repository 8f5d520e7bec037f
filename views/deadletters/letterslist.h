// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deadletters/deadletterviewmodel.h"

#include <QFrame>

class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace headgate {

class FilterEdit;
class PlainLabel;

//! The records of one cause: which of them are chosen, a filter over what is shown of them. GUI thread.
class LettersList final : public QFrame
{
    Q_OBJECT
public:
    explicit LettersList(DeadLetterViewModel &model, QWidget *parent = nullptr);
    void show(const DeadLetterViewModel::State &state);
    void toggleCurrent(); //!< the box of the current record
    void enterFilter();
    bool clearFilter(); //!< false: it was empty
    void setNarrow(bool narrow);

private:
    QLayout *makeHead();
    std::set<RecordAt> onList() const;
    void showCurrent();

    DeadLetterViewModel &m_model;
    QSortFilterProxyModel *m_rows;
    PlainLabel *m_title, *m_note;
    QPushButton *m_all, *m_none;
    FilterEdit *m_filter;
    QTableView *m_table;
    QString m_group;
};

} // namespace headgate
