// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/page.h"

#include <QListView>

class QStandardItemModel;

namespace headgate {

/*! The pages in their groups, 188 px; a rail of 48 px in narrow windows, where words become tool tips and badges small
 * numbers at the corner. Only pages that exist. */
class Navigation final : public QListView
{
    Q_OBJECT
public:
    explicit Navigation(QWidget *parent = nullptr);
    void addGroup(const QString &title);
    void addPage(PageId page, const QString &icon, const QString &title);
    void setCurrent(PageId page);
    //! 0 hides it. Red only for open failures.
    void setBadge(PageId page, int count, bool failing);
    void setRail(bool rail);
    bool isRail() const { return m_rail; }

Q_SIGNALS:
    void chosen(headgate::PageId page);

protected:
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    int wideWidth() const;
    QModelIndex indexOf(PageId page) const;

    QStandardItemModel *m_items;
    bool m_rail = false;
};

} // namespace headgate
