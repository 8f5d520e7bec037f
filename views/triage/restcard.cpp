// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/triage/restcard.h"

#include "themetokens.h"
#include "views/common/glyph.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/plainlabel.h"
#include "views/common/symbolicon.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <numeric>

namespace headgate {

namespace {

constexpr int left = 46;
constexpr int right = 14;
constexpr int smallestRate = 52;
constexpr int bottom = 12;
constexpr int columnGap = 22;
constexpr int sparkWidth = 34;
constexpr int sparkPoints = 20; //!< more would paint as a block at this width

//! Means of neighbours: what a line of 34 px can show.
QList<float> thinned(const QList<float> &values)
{
    const qsizetype each = std::max<qsizetype>(1, values.size() / sparkPoints);
    QList<float> means;
    for (qsizetype i = 0; i + each <= values.size(); i += each) {
        means << std::accumulate(values.begin() + i, values.begin() + i + each, 0.0F) / float(each);
    }
    return means;
}

int headerHeight()
{
    return std::max(40, QFontMetrics(fontOf(TextStyle::Section)).height() + 16);
}

int lineHeight()
{
    return QFontMetrics(fontOf(TextStyle::Caption)).height() + 8;
}

} // namespace

RestCard::RestCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_summary((new PlainLabel)->muted())
{
    setObjectName(QStringLiteral("restCard"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(asRead(18, 0, right, 0));
    auto *header = new QWidget;
    header->setFixedHeight(headerHeight());
    header->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    auto *glyph = new Glyph(20);
    glyph->setLook(lookOf(Standing::Running));
    row->addWidget(glyph);
    m_title->setElided(true);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row->addWidget(m_title);
    row->addStretch(1);
    m_summary->setElided(true);
    m_summary->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row->addWidget(m_summary);
    column->addWidget(header);
    column->addStretch(1);
    hide();
}

void RestCard::setRest(const HealthyRest &rest)
{
    if (rest == m_rest) {
        return;
    }
    m_rest = rest;
    m_title->setText(rest.title);
    m_summary->setText(rest.summary);
    setVisible(!rest.title.isEmpty());
    QStringList spoken {QString(rest.title + QStringLiteral(". ") + rest.summary)};
    for (const auto &line : rest.lines) {
        spoken << QString(line.name + u' ' + line.rate);
    }
    setAccessibleName(spoken.join(QStringLiteral(". ")));
    m_rateWidth = smallestRate;
    for (const auto &line : rest.lines) {
        m_rateWidth = std::max(m_rateWidth, int(digitsWidth(fontOf(TextStyle::Caption), line.rate)) + 4);
    }
    fitHeight();
    update();
}

int RestCard::columns() const
{
    const double scale = fontScale();
    return width() > 720 * scale ? 3 : 2;
}

void RestCard::fitHeight()
{
    const int rows = (int(m_rest.lines.size()) + columns() - 1) / columns();
    setFixedHeight(headerHeight() + rows * lineHeight() + bottom);
}

QRect RestCard::lineRect(int line) const
{
    const int room = width() - left - right;
    const int each = (room - (columns() - 1) * columnGap) / columns();
    const QRect box(left + (line % columns()) * (each + columnGap), headerHeight() + (line / columns()) * lineHeight(),
        each, lineHeight());
    return QStyle::visualRect(layoutDirection(), rect(), box);
}

void RestCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    readAs(&painter, layoutDirection());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours().border);
    painter.setBrush(colours().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::card, tokens::radius::card);
    for (int i = 0; i < int(m_rest.lines.size()); ++i) {
        const auto &line = m_rest.lines[std::size_t(i)];
        const auto box = lineRect(i);
        Lane lane(&painter, box);
        const auto glyph = lane.takeLeading(14, 6);
        paintSymbol(&painter, QRect(glyph.x(), box.center().y() - 6, 14, 14), QStringLiteral("state-running"),
            colours().ok.graphic);
        painter.setFont(fontOf(TextStyle::Caption));
        painter.setPen(colours().text);
        drawDigits(&painter, lane.takeTrailing(m_rateWidth), Qt::AlignRight, line.rate);
        const auto spark = lane.takeTrailing(sparkWidth, 8);
        paintName(&painter, lane.rest(), line.name);
        paintSpark(&painter, QRectF(spark.x(), box.center().y() - 6, sparkWidth, 12), thinned(line.spark),
            colours().textMuted);
    }
}

void RestCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitHeight();
}

void RestCard::mouseReleaseEvent(QMouseEvent *event)
{
    for (int i = 0; i < int(m_rest.lines.size()); ++i) {
        const auto &connector = m_rest.lines[std::size_t(i)].connector;
        if (lineRect(i).contains(event->pos()) && !connector.name.isEmpty()) {
            Q_EMIT opened(connector);
        }
    }
}

} // namespace headgate
