// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/statelook.h"

#include <QWidget>

namespace headgate {

//! One symbol as a widget, in the colour of a tone or of muted text; 12 14 16 20 24 px.
class Glyph final : public QWidget
{
public:
    explicit Glyph(int side = 16, QWidget *parent = nullptr);
    void setLook(const StateLook &look);
    void setSymbol(const QString &name, TextRole role = TextRole::Muted);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_symbol;
    TextRole m_role = TextRole::Muted;
    std::optional<Tone> m_tone;
};

} // namespace headgate
