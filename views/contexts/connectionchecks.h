// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contexts/checktext.h"

#include <QWidget>

namespace headgate {

//! The lines of a connection test: glyph, what was tried, what came of it. Old results are muted.
class ConnectionChecks final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionChecks(QWidget *parent = nullptr);
    void setChecks(const std::vector<ConnectionCheck> &checks, bool old);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<CheckText> m_lines;
    bool m_old = false;
};

} // namespace headgate
