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
    fitSummary();
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    fitSummary();
}

void PageHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitSummary();
}

void PageHeader::showSummary()
{
    m_summary->setText(m_page->summary());
    fitSummary();
}

//! Three letters and dots tell nothing: with so little room beside the title the tool tip has the sentence.
void PageHeader::fitSummary()
{
    const auto margins = m_row->contentsMargins();
    int room = width() - margins.left() - margins.right() - m_title->sizeHint().width() - 3 * m_row->spacing();
    for (const auto *button : m_buttons) {
        room -= button->sizeHint().width() + m_row->spacing();
    }
    const bool fits = room >= 12 * m_summary->fontMetrics().averageCharWidth();
    m_summary->setVisible(fits);
    m_title->setToolTip(fits || !m_page ? QString() : m_page->summary());
}

} // namespace headgate
