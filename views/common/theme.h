// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "models/common/spans.h"
#include "views/common/themecolours.h"

#include <QObject>

namespace headgate {

//! Which tint a chip, banner or bar has. Neutral is for what is no state at all.
enum class Tone { Neutral, Accent, Ok, Warn, Fail, Paused, Stopped, Unknown, Stale };

/*! The colours in use, from resources/tokens/tokens.json, light or dark. GUI thread; one per application, owned by it.
 *
 * Sets style, palette and style sheet of the application. Whoever paints asks colours() each time and caches nothing
 * beyond generation(); themeChanged() comes after everything is set. */
class Theme final : public QObject
{
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    //! The application's theme; made on first use, which must be after the QApplication.
    static Theme &instance();

    void choose(Choice choice);
    Choice choice() const { return m_choice; }
    bool isDark() const { return m_dark; }
    const ThemeColours &colours() const;
    int generation() const { return m_generation; }

    /*! While it lives, the application has no style sheet. With one, each widget that finds its parent is styled anew
     * with everything in it, which is a third of the program's start: whoever builds a window holds it. */
    class Unstyled
    {
    public:
        Unstyled();
        ~Unstyled();
        Q_DISABLE_COPY_MOVE(Unstyled)

    private:
        QString m_sheet;
    };

Q_SIGNALS:
    void themeChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit Theme(QObject *parent);
    void apply();

    Choice m_choice = Choice::System;
    bool m_systemDark = false;
    bool m_dark = false;
    int m_generation = 0;
};

//! Shorthand for the roles in use.
const ThemeColours &colours();
ToneColours toneColours(Tone tone);
QColor colourOf(TextRole role);
const EnvironmentColours &environmentColours(Environment environment);

} // namespace headgate
