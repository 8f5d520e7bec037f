// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace headgate {

//! Colours of one state: fg for words and glyphs on bg or surface, graphic for lines, bars and marks.
struct ToneColours
{
    QColor fg, bg, border, graphic;
};
struct EnvironmentColours
{
    QColor fg, bg, border;
};

//! The roles of tokens.json, in its order (the generated initialisers rely on it). Names are roles, not hues.
struct ThemeColours
{
    QColor window, surface, sunken, raised, hover, text, textMuted, textDisabled, border, controlBorder, gridLine,
        accent, onAccent, accentHover, accentBg, accentBorder, focus, link;
    ToneColours ok, warn, fail, paused, stopped, unknown, stale;
    EnvironmentColours development, staging, production;
};

} // namespace headgate
