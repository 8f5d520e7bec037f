// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;

namespace headgate {

/*! Captions and values in two columns, as panes show facts. Values are selectable plain text; captions muted, as wide
 * as the widest. */
class FactGrid final : public QWidget
{
public:
    explicit FactGrid(QWidget *parent = nullptr);
    void setRows(const std::vector<std::pair<QString, QString>> &rows);
    //! At least so wide, in line with captions elsewhere.
    void setCaptionWidth(int width);
    //! The caption is code and the value too: configurations.
    void setCode(bool code) { m_code = code; }

private:
    QGridLayout *m_grid;
    std::vector<std::pair<QString, QString>> m_rows;
    bool m_code = false;
};

} // namespace headgate
