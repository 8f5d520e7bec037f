// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/linesbox.h"

#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/spanspainter.h"
#include "views/common/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

#include <cmath>

namespace headgate {

namespace {

constexpr int horizontalPadding = 10;
constexpr int verticalPadding = 8;

int lineHeight()
{
    return int(std::ceil(QFontMetricsF(fontOf(TextStyle::Code)).height() * 1.25));
}

} // namespace

LinesBox::LinesBox(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LinesBox::setLines(std::vector<Spans> lines)
{
    if (lines == m_lines) {
        return;
    }
    m_lines = std::move(lines);
    setAccessibleName(text());
    setToolTip(text());
    updateGeometry();
    update();
}

QString LinesBox::text() const
{
    QStringList lines;
    for (const auto &line : m_lines) {
        lines << plainText(line);
    }
    return lines.join(u'\n');
}

QSize LinesBox::sizeHint() const
{
    return {240, int(m_lines.size()) * lineHeight() + 2 * verticalPadding};
}

void LinesBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    readAs(&painter, Qt::LeftToRight); // code and records read from the left everywhere
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours().border);
    painter.setBrush(colours().sunken);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::control, tokens::radius::control);
    QRectF line(horizontalPadding, verticalPadding, width() - 2 * horizontalPadding, lineHeight());
    for (const auto &spans : m_lines) {
        paintSpansLine(&painter, line, spans, fontOf(TextStyle::Code));
        line.translate(0, lineHeight());
    }
}

void LinesBox::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(QCoreApplication::translate("LinesBox", "Copy"), this,
        [this] { QGuiApplication::clipboard()->setText(text()); });
    menu.exec(event->globalPos());
}

} // namespace headgate
