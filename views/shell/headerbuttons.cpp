// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/headerbuttons.h"

#include "themetokens.h"
#include "views/common/environment.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"

#include <QFontMetrics>
#include <QPainter>

#include <cmath>

namespace headgate {

namespace {

constexpr int glyph = tokens::size::icon;
constexpr int padding = 12;
constexpr int gap = 7;
constexpr int around = 2 * padding + 20; //!< the switcher's paddings and chevron

int controlHeight()
{
    return std::max(32, QFontMetrics(fontOf(TextStyle::Body)).height() + 14);
}

QFont medium()
{
    auto font = fontOf(TextStyle::Body);
    font.setWeight(QFont::Medium);
    return font;
}

//! A square `x` from the leading edge.
QRect centred(const QPainter *p, const QRect &rect, int x, int side)
{
    return mirrored(p, rect, QRect(x, rect.y() + (rect.height() - side) / 2, side, side));
}

void paintFrame(QPainter *p, const QRect &rect, const QColor &fill, const QPen &pen)
{
    p->setRenderHint(QPainter::Antialiasing);
    p->setPen(pen);
    p->setBrush(fill);
    p->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::control, tokens::radius::control);
}

void paintChevron(QPainter *p, const QRect &rect)
{
    paintSymbol(
        p, centred(p, rect, rect.right() - padding - 12, 14), QStringLiteral("chevron-down"), colours().textMuted);
}

} // namespace

ContextSwitcher::ContextSwitcher(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("contextSwitcher"));
    setProperty("elides", true);
    setContext({}, {});
}

void ContextSwitcher::setContext(std::optional<Environment> environment, const QString &name)
{
    m_environment = environment;
    setText(environment ? name : tr("No context yet"));
    setToolTip(text());
    setAccessibleName(environment ? tr("Context %1 %2").arg(environmentWord(*environment), name) : text());
    update();
}

QSize ContextSwitcher::sizeHint() const
{
    const int tag = m_environment ? environmentTagWidth(*m_environment) : 0;
    const QFontMetrics metrics(fontOf(TextStyle::BodyStrong));
    const int name = std::min(metrics.horizontalAdvance(text()), metrics.averageCharWidth() * 24);
    return {std::max(264, tag + name + around), controlHeight()};
}

//! Environment and the beginning of the name: these never go.
int ContextSwitcher::leastWidth() const
{
    const int tag = m_environment ? environmentTagWidth(*m_environment) : 0;
    return tag + QFontMetrics(fontOf(TextStyle::BodyStrong)).averageCharWidth() * 6 + around;
}

void ContextSwitcher::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto &c = colours();
    const bool set = m_environment.has_value();
    paintFrame(
        &p, rect(), underMouse() ? c.hover : c.surface, QPen(c.controlBorder, 1, set ? Qt::SolidLine : Qt::DashLine));
    Lane lane(&p, rect().adjusted(1, 1, -1, -1));
    if (set) {
        paintEnvironmentTag(&p, lane.takeLeading(environmentTagWidth(*m_environment)), *m_environment);
    }
    lane.takeLeading(padding);
    lane.takeTrailing(padding + 20);
    p.setFont(fontOf(set ? TextStyle::BodyStrong : TextStyle::Body));
    p.setPen(set ? c.text : c.textMuted);
    paintName(&p, lane.rest(), text());
    paintChevron(&p, rect());
}

ModeButton::ModeButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("modeButton"));
}

void ModeButton::setMode(Mode mode, const QString &text)
{
    if (mode == m_mode && text == this->text()) {
        return;
    }
    m_mode = mode;
    setText(text);
    setAccessibleName(tr("Mode: %1").arg(text));
    updateGeometry();
    update();
}

QSize ModeButton::sizeHint() const
{
    const int word
        = QFontMetrics(m_mode == Mode::Armed ? fontOf(TextStyle::BodyStrong) : medium()).horizontalAdvance(text());
    return {padding + glyph + gap + word + gap + 14 + padding, controlHeight()};
}

void ModeButton::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto &c = colours();
    const bool armed = m_mode == Mode::Armed;
    const auto tone = armed ? c.warn : ToneColours {c.text, underMouse() ? c.hover : c.surface, c.border, c.text};
    paintFrame(&p, rect(), tone.bg, tone.border);
    paintSymbol(&p, centred(&p, rect(), padding, glyph), lookOf(m_mode).icon, tone.fg);
    p.setFont(armed ? fontOf(TextStyle::BodyStrong) : medium());
    p.setPen(tone.fg);
    p.drawText(mirrored(&p, rect(), rect().adjusted(padding + glyph + gap, 0, -padding - 14, 0)),
        int(Qt::AlignVCenter | Qt::AlignLeft), text());
    paintChevron(&p, rect());
}

CounterButton::CounterButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
}

void CounterButton::setCounter(const Counter &counter)
{
    if (counter == m_counter) {
        return;
    }
    m_counter = counter;
    setText(counter.word);
    setAccessibleName(tr("%1 %2, filter").arg(counter.text, counter.word));
    setToolTip(counter.toolTip);
    updateGeometry();
    update();
}

void CounterButton::setWordShown(bool shown)
{
    if (shown != m_wordShown) {
        m_wordShown = shown;
        updateGeometry();
        update();
    }
}

void CounterButton::setTight(bool tight)
{
    if (tight != m_tight) {
        m_tight = tight;
        updateGeometry();
        update();
    }
}

int CounterButton::side() const
{
    return m_tight ? 3 : 10;
}

QSize CounterButton::sizeHint() const
{
    const int word = m_wordShown ? 5 + QFontMetrics(fontOf(TextStyle::Body)).horizontalAdvance(m_counter.word) : 0;
    const int number = int(digitsWidth(fontOf(TextStyle::BodyStrong), m_counter.text) + 0.5);
    return {side() + glyph + gap + number + word + side(),
        std::max(28, QFontMetrics(fontOf(TextStyle::Body)).height() + 10)};
}

void CounterButton::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto &c = colours();
    const auto look = lookOf(m_counter.standing);
    if (isChecked()) {
        paintFrame(&p, rect(), c.accentBg, c.accentBorder);
    } else if (underMouse()) {
        paintFrame(&p, rect(), c.hover, QPen(Qt::NoPen));
    }
    const bool zero = m_counter.count == 0;
    paintSymbol(
        &p, centred(&p, rect(), side(), glyph), look.icon, zero ? c.textDisabled : toneColours(look.tone).graphic);
    p.setFont(fontOf(TextStyle::BodyStrong));
    p.setPen(zero ? c.textMuted : c.text);
    Lane lane(&p, rect());
    lane.takeLeading(side() + glyph + gap);
    const auto used = drawDigits(&p, lane.rest(), Qt::AlignLeft, m_counter.text);
    if (m_wordShown) {
        lane.takeLeading(int(std::ceil(used)) + 5);
        p.setFont(fontOf(TextStyle::Body));
        p.setPen(c.textMuted);
        p.drawText(lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft), m_counter.word);
    }
}

SearchButton::SearchButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("searchButton"));
    setText(tr("Search or run"));
    setAccessibleName(tr("Search or run a command"));
    setCursor(Qt::IBeamCursor);
}

void SearchButton::setShown(Shown shown)
{
    m_shown = shown;
    setToolTip(shown == Shown::All ? QString() : accessibleName());
    updateGeometry();
    update();
}

QString SearchButton::shortcut() const
{
    return tr("Ctrl K");
}

QSize SearchButton::sizeHint() const
{
    const int alone = padding + glyph + padding;
    const int keys = QFontMetrics(fontOf(TextStyle::Caption)).horizontalAdvance(shortcut()) + 22;
    const int words = QFontMetrics(fontOf(TextStyle::Body)).horizontalAdvance(text()) + 24;
    switch (m_shown) {
    case Shown::All:
        return {std::max(226, alone + keys + words), controlHeight()};
    case Shown::Keys:
        return {alone + keys, controlHeight()};
    case Shown::Glyph:
        return {alone, controlHeight()};
    }
    Q_UNREACHABLE();
}

void SearchButton::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto &c = colours();
    paintFrame(&p, rect(), c.surface, c.controlBorder);
    paintSymbol(&p, centred(&p, rect(), padding, glyph), QStringLiteral("search"), c.textMuted);
    if (m_shown != Shown::Glyph) {
        paintShortcut(&p, rect().adjusted(9, 0, -9, 0), Qt::AlignRight, shortcut());
    }
    if (m_shown == Shown::All) {
        p.setFont(fontOf(TextStyle::Body));
        p.setPen(c.textMuted);
        p.drawText(mirrored(&p, rect(), rect().adjusted(padding + glyph + 8, 0, -60, 0)),
            int(Qt::AlignVCenter | Qt::AlignLeft), text());
    }
}

KeysButton::KeysButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("keysButton"));
    setText(tr("keys on this page"));
    setAccessibleName(tr("Keys on this page"));
}

void KeysButton::setRail(bool rail)
{
    m_rail = rail;
    setToolTip(rail ? tr("Keys on this page") : QString());
    update();
}

QSize KeysButton::sizeHint() const
{
    return {tokens::size::icon, QFontMetrics(fontOf(TextStyle::Caption)).height() + 16};
}

void KeysButton::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto key = QStringLiteral("?");
    const int cap = QFontMetrics(fontOf(TextStyle::Caption)).horizontalAdvance(key) + 10;
    const int left = m_rail ? (width() - cap) / 2 : 16;
    Lane lane(&p, rect());
    lane.takeLeading(left);
    lane.takeLeading(paintShortcut(&p, lane.rest(), Qt::AlignLeft, key), gap);
    if (!m_rail) {
        p.setFont(fontOf(TextStyle::Caption));
        p.setPen(underMouse() ? colours().text : colours().textMuted);
        p.drawText(lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft),
            p.fontMetrics().elidedText(text(), Qt::ElideRight, lane.rest().width()));
    }
}

} // namespace headgate
