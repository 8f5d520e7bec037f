// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger/ledgerviewmodel.h"
#include "views/common/page.h"

class QSortFilterProxyModel;
class QTableView;

namespace headgate {

class Banner;
class FaceCard;
class FilterEdit;
class LedgerPane;

/*! The offset ledger as the second half of Activity: this widget is its table with its faces; the row with the filter
 * and the pane stand where the page puts them. GUI thread; owned by the page. */
class LedgerView final : public QWidget
{
    Q_OBJECT
public:
    LedgerView(ContextsService &contexts, OperationsService &operations, LedgerService &ledger, QWidget *parent);
    ~LedgerView() override;

    QWidget *filterRow() const { return m_filterRow; }
    LedgerPane *pane() const { return m_pane; }
    QString summary() const;
    bool hasChosen() const { return chosen() != nullptr; }
    void setShown(bool shown); //!< hidden, it reads nothing
    void setNarrow(bool narrow);
    void enter(); //!< to the replay, or to the connector
    void enterFilter();
    void enterTable();
    bool clearFilter(); //!< false: it was empty

Q_SIGNALS:
    void changed(); //!< summary, selection
    void goTo(const headgate::Place &place);
    void said(const QString &sentence);
    void activated(); //!< Enter on a row

private:
    QWidget *makeFilterRow();
    void show();
    void showFace();
    void showSelected();
    void actOnFace();
    void exportAs(const QString &suffix);
    LedgerEntryPtr chosen() const;

    LedgerViewModel m_viewModel;
    QSortFilterProxyModel *m_sorted;
    QAction *m_jump, *m_replay, *m_back, *m_csv, *m_json;
    FilterEdit *m_filter;
    QTableView *m_table;
    LedgerPane *m_pane;
    Banner *m_banner;
    FaceCard *m_face;
    QWidget *m_faceSide;
    QWidget *m_filterRow;
};

} // namespace headgate
