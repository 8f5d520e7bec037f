// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/pagestack.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr std::size_t historyLength = 32;

} // namespace

PageStack::PageStack(QWidget *parent)
    : QStackedWidget(parent)
{
}

void PageStack::add(Page *page)
{
    m_pages.push_back(page);
    addWidget(page);
    page->setAccessibleName(page->title());
}

Page *PageStack::page(PageId id) const
{
    const auto at = std::ranges::find(m_pages, id, &Page::id);
    return at == m_pages.end() ? nullptr : *at;
}

Page *PageStack::current() const
{
    return qobject_cast<Page *>(currentWidget());
}

void PageStack::show(Page *page)
{
    if (const auto *shown = current(); shown && shown != page) {
        m_history.push_back(shown->id());
        if (m_history.size() > historyLength) {
            m_history.erase(m_history.begin());
        }
    }
    setCurrentWidget(page);
}

Page *PageStack::back()
{
    auto *shown = current();
    if ((shown && shown->goBack()) || m_history.empty()) {
        return nullptr;
    }
    auto *before = page(m_history.back());
    m_history.pop_back();
    setCurrentWidget(before);
    return before;
}

void PageStack::setPicture(const ContextPicture &picture)
{
    for (auto *page : m_pages) {
        page->setPicture(picture);
    }
}

void PageStack::setNarrow(bool narrow)
{
    for (auto *page : m_pages) {
        page->setNarrow(narrow);
    }
}

} // namespace headgate
