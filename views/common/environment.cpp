// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/environment.h"

#include "models/common/showntext.h"
#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace headgate {

namespace {

constexpr int bandHeight = 4;
constexpr int glyph = 16;
constexpr int padding = 10;

QFont wordFont()
{
    auto font = fontOf(TextStyle::Caption);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.4);
    return font;
}

//! Length of dash and gap; no gap = solid.
std::pair<int, int> dashes(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return {4, 4};
    case Environment::Staging:
        return {20, 6};
    case Environment::Production:
        return {1, 0};
    }
    Q_UNREACHABLE();
}

} // namespace

void paintEnvironmentBand(QPainter *painter, const QRect &rect, std::optional<Environment> environment)
{
    if (!environment) {
        painter->fillRect(rect, colours().border);
        return;
    }
    const auto colour = environmentColours(*environment).border;
    const auto [dash, gap] = dashes(*environment);
    if (gap == 0) {
        painter->fillRect(rect, colour);
        return;
    }
    painter->fillRect(rect, colours().surface);
    for (int x = rect.left(); x <= rect.right(); x += dash + gap) {
        painter->fillRect(QRect(x, rect.top(), std::min(dash, rect.right() - x + 1), rect.height()), colour);
    }
}

int environmentTagWidth(Environment environment)
{
    return padding + glyph + 6 + QFontMetrics(wordFont()).horizontalAdvance(environmentWord(environment)) + padding;
}

void paintEnvironmentTag(QPainter *painter, const QRect &rect, Environment environment)
{
    const auto &c = environmentColours(environment);
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(c.bg);
    painter->setRenderHint(QPainter::Antialiasing);
    // Rounded on the leading side only: the tag is that part of a framed control.
    QPainterPath path;
    path.addRoundedRect(rect, tokens::radius::control, tokens::radius::control);
    path.addRect(mirrored(painter, QRectF(rect), QRectF(rect).adjusted(rect.width() / 2.0, 0, 0, 0)));
    path.setFillRule(Qt::WindingFill);
    painter->drawPath(path);
    Lane lane(painter, rect.adjusted(padding, 0, -padding, 0));
    const auto place = lane.takeLeading(glyph, 6);
    paintSymbol(
        painter, QRect(place.x(), rect.center().y() - glyph / 2 + 1, glyph, glyph), lookOf(environment).icon, c.fg);
    painter->setFont(wordFont());
    painter->setPen(c.fg);
    painter->drawText(
        lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip), environmentWord(environment));
    painter->restore();
}

EnvironmentBand::EnvironmentBand(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(bandHeight);
    setObjectName(QStringLiteral("environmentBand"));
}

void EnvironmentBand::setEnvironment(std::optional<Environment> environment)
{
    m_environment = environment;
    setAccessibleName(environment ? environmentWord(*environment) : tr("No environment"));
    update();
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    paintEnvironmentBand(&p, rect(), m_environment);
}

EnvironmentTag::EnvironmentTag(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("environmentTag"));
}

void EnvironmentTag::setContext(Environment environment, const QString &name)
{
    m_environment = environment;
    m_name = shownText(name, 40);
    setAccessibleName(environmentWord(environment) + QLatin1Char(' ') + m_name);
    updateGeometry();
    update();
}

QSize EnvironmentTag::sizeHint() const
{
    const QFontMetrics metrics(fontOf(TextStyle::Chip));
    const int name = m_name.isEmpty() ? 0 : metrics.horizontalAdvance(m_name) + 2 * padding;
    return {environmentTagWidth(m_environment) + name, std::max(24, metrics.height() + 8)};
}

void EnvironmentTag::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(environmentColours(m_environment).border);
    p.setBrush(colours().surface);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::control, tokens::radius::control);
    const int tag = environmentTagWidth(m_environment);
    Lane lane(&p, rect());
    paintEnvironmentTag(&p, lane.takeLeading(tag, padding), m_environment);
    p.setFont(fontOf(TextStyle::Chip));
    p.setPen(colours().text);
    paintName(&p, lane.rest(), m_name);
}

QString windowTitleOf(std::optional<Environment> environment, const QString &context, const QString &what)
{
    if (!environment) {
        return EnvironmentBand::tr("Headgate, %1").arg(what);
    }
    return EnvironmentBand::tr("%1 %2, %3").arg(environmentWord(*environment), shownText(context, 80), what);
}

} // namespace headgate
