// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/page.h"

namespace headgate {

QString spokenHints(const std::vector<KeyHint> &hints);

//! Keys in their frames with what they do, in one line: foot of the palette and of pages. A hint without words is one
//! key beside a button; one without keys is a sentence.
class KeyHintsLine final : public QWidget
{
    Q_OBJECT
public:
    explicit KeyHintsLine(std::vector<KeyHint> hints = {}, QWidget *parent = nullptr);
    void setHints(std::vector<KeyHint> hints);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; } //!< the last hints go first

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<KeyHint> m_hints;
};

} // namespace headgate
