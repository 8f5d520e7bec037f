// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/page.h"

#include <QStackedWidget>

namespace headgate {

struct ContextPicture;

/*! The pages of the window, one of them shown, and the way back through those that were. GUI thread; owns its pages. */
class PageStack final : public QStackedWidget
{
    Q_OBJECT
public:
    explicit PageStack(QWidget *parent = nullptr);

    void add(Page *page); //!< takes it
    int pages() const { return count(); }
    Page *page(PageId id) const; //!< nullptr: there is none
    Page *current() const;       //!< nullptr: there is no page yet

    //! Makes it the current page and remembers the one before.
    void show(Page *page);
    //! Esc: what is open within the page closes, else the page before comes back; nullptr where none does.
    Page *back();

    void setPicture(const ContextPicture &picture);
    void setNarrow(bool narrow);

private:
    std::vector<Page *> m_pages;
    std::vector<PageId> m_history;
};

} // namespace headgate
