// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/theme.h"

#include "themetokens.h"
#include "views/common/boxstyle.h"
#include "views/common/focusring.h"
#include "views/common/fonts.h"
#include "views/common/plaintooltips.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QPointer>
#include <QRegularExpression>

//! Outside any namespace: the macro declares a global function. The resources sit in a static library.
static void takeResources()
{
    Q_INIT_RESOURCE(look);
}

namespace headgate {

namespace {

//! The desktop's choice, before we set a palette of our own. Qt 6.4 has no better question.
bool paletteIsDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).value() <= 128;
}

QPalette paletteOf(const ThemeColours &c)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &active, const QColor &disabled) {
        p.setColor(QPalette::Active, role, active);
        p.setColor(QPalette::Inactive, role, active);
        p.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, c.window, c.window);
    set(QPalette::Base, c.surface, c.surface);
    set(QPalette::AlternateBase, c.sunken, c.sunken);
    set(QPalette::Button, c.surface, c.surface);
    set(QPalette::ToolTipBase, c.raised, c.raised);
    set(QPalette::ToolTipText, c.text, c.text);
    set(QPalette::PlaceholderText, c.textMuted, c.textDisabled);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText}) {
        set(role, c.text, c.textDisabled);
    }
    set(QPalette::Highlight, c.accentBg, c.accentBg);
    set(QPalette::HighlightedText, c.text, c.textDisabled);
    set(QPalette::Link, c.link, c.textDisabled);
    set(QPalette::LinkVisited, c.link, c.textDisabled);
    set(QPalette::Light, c.surface, c.surface);
    set(QPalette::Midlight, c.hover, c.hover);
    set(QPalette::Mid, c.border, c.border);
    set(QPalette::Dark, c.controlBorder, c.border);
    set(QPalette::Shadow, c.controlBorder, c.border);
    return p;
}

//! Replaces @role and @state.part of the style sheet. Longer names first is not needed: the pattern takes whole words.
QString styleSheetOf(const ThemeColours &c)
{
    const std::initializer_list<std::pair<QLatin1String, QColor>> roles {{QLatin1String("window"), c.window},
        {QLatin1String("surface"), c.surface}, {QLatin1String("sunken"), c.sunken}, {QLatin1String("raised"), c.raised},
        {QLatin1String("hover"), c.hover}, {QLatin1String("text"), c.text}, {QLatin1String("textMuted"), c.textMuted},
        {QLatin1String("textDisabled"), c.textDisabled}, {QLatin1String("border"), c.border},
        {QLatin1String("controlBorder"), c.controlBorder}, {QLatin1String("accent"), c.accent},
        {QLatin1String("onAccent"), c.onAccent}, {QLatin1String("accentHover"), c.accentHover},
        {QLatin1String("accentBg"), c.accentBg}, {QLatin1String("focus"), c.focus}, {QLatin1String("link"), c.link},
        {QLatin1String("fail.fg"), c.fail.fg}, {QLatin1String("fail.bg"), c.fail.bg},
        {QLatin1String("fail.graphic"), c.fail.graphic}, {QLatin1String("stale.fg"), c.stale.fg}};
    QFile file(QStringLiteral(":/theme.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QString sheet = QString::fromUtf8(file.readAll());
    for (const auto &[role, colour] : roles) {
        const QRegularExpression name(
            QLatin1Char('@') + QRegularExpression::escape(role) + QLatin1String("(?![\\w.])"));
        sheet.replace(name, colour.name());
    }
    return sheet;
}

} // namespace

Theme &Theme::instance()
{
    static QPointer<Theme> theme; // guarded: tests make and end several applications in a process
    if (!theme) {
        Q_ASSERT(qApp);
        theme = new Theme(qApp);
    }
    return *theme;
}

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_systemDark(paletteIsDark(QApplication::palette()))
{
    takeResources();
    QApplication::setStyle(new BoxStyle);
    m_dark = m_systemDark;
    new FocusRing(this);
    new PlainToolTips(this);
    apply();
    qApp->installEventFilter(this);
}

void Theme::choose(Choice choice)
{
    m_choice = choice;
    const bool dark = choice == Choice::Dark || (choice == Choice::System && m_systemDark);
    if (dark != m_dark) {
        m_dark = dark;
        apply();
    }
}

const ThemeColours &Theme::colours() const
{
    return m_dark ? tokens::dark : tokens::light;
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp && event->type() == QEvent::ApplicationFontChange) {
        ++m_generation;
        Q_EMIT themeChanged();
    }
    return false;
}

void Theme::apply()
{
    ++m_generation;
    QApplication::setPalette(paletteOf(colours()));
    qApp->setStyleSheet(styleSheetOf(colours()));
    Q_EMIT themeChanged();
}

Theme::Unstyled::Unstyled()
{
    Theme::instance(); // sets the sheet that is taken away here
    m_sheet = qApp->styleSheet();
    qApp->setStyleSheet({});
}

Theme::Unstyled::~Unstyled()
{
    qApp->setStyleSheet(m_sheet);
}

const ThemeColours &colours()
{
    return Theme::instance().colours();
}

ToneColours toneColours(Tone tone)
{
    const auto &c = colours();
    switch (tone) {
    case Tone::Neutral:
        return {c.textMuted, c.sunken, c.border, c.textMuted};
    case Tone::Accent:
        return {c.link, c.accentBg, c.accentBorder, c.accent};
    case Tone::Ok:
        return c.ok;
    case Tone::Warn:
        return c.warn;
    case Tone::Fail:
        return c.fail;
    case Tone::Paused:
        return c.paused;
    case Tone::Stopped:
        return c.stopped;
    case Tone::Unknown:
        return c.unknown;
    case Tone::Stale:
        return c.stale;
    }
    Q_UNREACHABLE();
}

QColor colourOf(TextRole role)
{
    const auto &c = colours();
    switch (role) {
    case TextRole::Text:
        return c.text;
    case TextRole::Muted:
        return c.textMuted;
    case TextRole::Disabled:
        return c.textDisabled;
    case TextRole::Link:
        return c.link;
    case TextRole::Accent:
        return c.accent;
    case TextRole::OnAccent:
        return c.onAccent;
    case TextRole::Ok:
        return c.ok.fg;
    case TextRole::Warn:
        return c.warn.fg;
    case TextRole::Fail:
        return c.fail.fg;
    case TextRole::Paused:
        return c.paused.fg;
    case TextRole::Stopped:
        return c.stopped.fg;
    case TextRole::Unknown:
        return c.unknown.fg;
    case TextRole::Stale:
        return c.stale.fg;
    }
    Q_UNREACHABLE();
}

const EnvironmentColours &environmentColours(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return colours().development;
    case Environment::Staging:
        return colours().staging;
    case Environment::Production:
        return colours().production;
    }
    Q_UNREACHABLE();
}

} // namespace headgate
