// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations/activityviewmodel.h"
#include "views/common/page.h"

class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace headgate {

class Banner;
class FaceCard;
class FilterEdit;
class LedgerService;
class LedgerView;
class OperationPane;
class SegmentedChoice;

/*! Activity and audit: what was done from here, by whom and how it ended, searched over the whole operations log of the
 * context; whether that log is intact; interrupted operations to be looked at. Its other half is the offset ledger. */
class ActivityPage final : public Page
{
    Q_OBJECT
public:
    ActivityPage(
        ContextsService &contexts, OperationsService &operations, LedgerService &ledger, QWidget *parent = nullptr);
    ~ActivityPage() override;

    QString title() const override;
    QString summary() const override;
    QList<QAction *> headerActions() const override;
    std::vector<KeyHint> keys() const override;
    void setPicture(const ContextPicture &picture) override;
    void showPlace(const Place &place) override;
    void enterFilter() override;
    bool goBack() override;
    void setNarrow(bool narrow) override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum Half { Operations, Ledger };
    Half half() const;
    void choose(Half half);
    void addOpening(const QString &id, const QString &text, Half half);
    QWidget *makeOperations();
    QWidget *makeStrip();
    void show();
    void showSelected();
    const Operation *chosen() const;
    void enter();
    void jump();
    void addClosing(const QString &id, const QString &text, const QString &icon, Outcome outcome);
    void showActions();

    ActivityViewModel m_viewModel;
    QSortFilterProxyModel *m_sorted;
    FilterEdit *m_filter;
    QTableView *m_table;
    OperationPane *m_pane;
    Banner *m_banner;
    FaceCard *m_empty;
    QWidget *m_emptySide;
    QAction *m_verify, *m_jump, *m_back, *m_lookAgain, *m_stopWaiting;
    QList<QAction *> m_closing; //!< an interrupted operation: confirmed, refused, unknown
    Mode m_mode = Mode::ReadOnly;
    bool m_narrow = false;
    bool m_detailOpen = false; //!< narrow windows: the pane in place of the table
    QWidget *m_side;
    LedgerView *m_ledger;
    SegmentedChoice *m_half;
    QStackedWidget *m_filters;
    QWidget *m_operationsBody;
};

} // namespace headgate
