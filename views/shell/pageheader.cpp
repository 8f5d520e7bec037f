// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/pageheader.h"

#include "themetokens.h"
#include "views/common/buttons.h"
#include "views/common/page.h"
#include "views/common/plainlabel.h"

#include <QAction>
#include <QHBoxLayout>

namespace headgate {

PageHeader::PageHeader(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel({}, TextStyle::Title, this))
    , m_summary(new PlainLabel(this))
    , m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("pageHeader"));
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_summary->setObjectName(QStringLiteral("pageSummary"));
    m_summary->muted();
    m_summary->setElided(true);
    m_row->setContentsMargins(16, 0, 16, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_title);
    m_row->addSpacing(4);
    m_row->addWidget(m_summary, 1);
    setMinimumHeight(tokens::size::pageHeader);
}

void PageHeader::setPage(Page *page)
{
    if (m_page) {
        m_page->disconnect(this);
    }
    m_page = page;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    m_title->setText(page->title());
    showSummary();
    connect(page, &Page::summaryChanged, this, &PageHeader::showSummary);
    for (auto *action : page->headerActions()) {
        auto *button = makeActionButton(action, ButtonKind::Normal, this);
        m_row->addWidget(button);
        m_buttons.push_back(button);
    }
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::showSummary()
{
    m_summary->setText(m_page->summary());
}

} // namespace headgate
