// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace headgate {

class Page;
class PlainLabel;

//! Title, one muted sentence that sums the page up, actions at the right: 52 px above every page.
class PageHeader final : public QWidget
{
    Q_OBJECT
public:
    explicit PageHeader(QWidget *parent = nullptr);
    void setPage(Page *page);
    void setTitle(const QString &title);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showSummary();
    void fitSummary();

    Page *m_page = nullptr;
    PlainLabel *m_title;
    PlainLabel *m_summary;
    QHBoxLayout *m_row;
    std::vector<QWidget *> m_buttons;
};

} // namespace headgate
