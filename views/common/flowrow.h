// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace headgate {

/*! A row that goes on in the next line where it does not fit: buttons and notes in large fonts and wordy languages. An
 * item wider than the whole row gets the row's width (its text elides or wraps). Mirrors itself right to left. */
class FlowRow final : public QLayout
{
public:
    explicit FlowRow(QWidget *parent = nullptr);
    ~FlowRow() override;

    //! This item stands at the far end of its line; only the last one can.
    void setTrailing(const QWidget *widget) { m_trailing = widget; }

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    void setGeometry(const QRect &rect) override;

private:
    using Line = std::vector<std::pair<QLayoutItem *, QSize>>;
    std::vector<Line> linesFor(int width) const;
    void placeLine(const Line &line, const QRect &room) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    const QWidget *m_trailing = nullptr;
};

} // namespace headgate
