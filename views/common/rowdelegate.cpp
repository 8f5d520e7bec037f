// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/rowdelegate.h"

#include "models/common/cellroles.h"
#include "models/common/showntext.h"
#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"
#include "views/common/tableheader.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

#include <cmath>

namespace headgate {

namespace {

constexpr int glyphGap = 6;
constexpr int barWidth = 3;
constexpr int checkSide = 16;

QColor problemColour(const QModelIndex &index)
{
    if (!index.data(ProblemRole).toBool()) {
        return {};
    }
    const auto standing = index.siblingAtColumn(0).data(StandingRole);
    return standing.isValid() ? toneColours(lookOf(Standing(standing.toInt())).tone).fg : colours().text;
}

//! Takes the leading end of the lane.
void paintGlyph(QPainter *p, Lane &lane, const QString &icon, const QColor &colour)
{
    constexpr int side = tokens::size::icon;
    const auto place = lane.takeLeading(side, glyphGap);
    paintSymbol(p, QRect(place.x(), place.y() + (place.height() - side) / 2, side, side), icon, colour);
}

void paintState(QPainter *p, const QRect &inner, const StateLook &look)
{
    // A healthy screen is calm: Running keeps its green glyph and muted word; only failures are heavy.
    const bool calm = look.tone == Tone::Ok;
    const auto tone = toneColours(look.tone);
    Lane lane(p, inner);
    paintGlyph(p, lane, look.icon, calm ? tone.graphic : tone.fg);
    p->setFont(fontOf(look.tone == Tone::Fail ? TextStyle::BodyStrong : TextStyle::Body));
    p->setPen(calm ? colours().textMuted : tone.fg);
    p->drawText(lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft),
        p->fontMetrics().elidedText(look.word, Qt::ElideRight, lane.rest().width()));
}

void paintNumberCell(QPainter *p, const QRect &inner, const QModelIndex &index)
{
    const auto spark = index.data(SparkRole).value<QList<float>>();
    const auto problem = problemColour(index);
    const auto number = index.data(NumberRole).value<NumberText>();
    const auto font = fontOf(problem.isValid() ? TextStyle::BodyStrong : TextStyle::Body);
    const int width = std::min(52, inner.width() / 2);
    const bool fits
        = inner.width() - width - glyphGap >= numberWidth(number, font); // a stale one needs room for its age
    Lane lane(p, inner);
    if (!spark.isEmpty() && fits) {
        const auto place = lane.takeLeading(width, glyphGap);
        paintSpark(p, QRectF(place.left(), inner.center().y() - 8, width, 16), spark,
            problem.isValid() ? problem : colours().textMuted);
    }
    paintNumber(p, lane.rest(), Qt::AlignRight, number, font);
}

//! Digits at the trailing side; a tail stands back, a problem takes the colour of its row. "2/3" reads so everywhere.
void paintNumberText(QPainter *p, const QRect &inner, const QString &text, const QString &tail, const QColor &problem)
{
    if (tail.isEmpty()) {
        drawDigits(p, inner, Qt::AlignRight, text);
        return;
    }
    const auto strong = p->font();
    const auto own = p->pen();
    p->setFont(fontOf(TextStyle::Body));
    p->setPen(colours().textMuted);
    const auto head = text.chopped(tail.size());
    const int tailWidth = int(std::lround(digitsWidth(p->font(), tail)));
    const int headWidth = int(std::lround(digitsWidth(strong, head)));
    const auto block = Lane(p, inner).takeTrailing(headWidth + tailWidth);
    drawDigits(p, block.adjusted(headWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignAbsolute, tail);
    p->setFont(strong);
    p->setPen(problem.isValid() ? QPen(problem) : own);
    drawDigits(p, block, Qt::AlignLeft | Qt::AlignAbsolute, head);
}

void paintText(QPainter *p, QRect inner, const QModelIndex &index)
{
    if (const auto icon = index.data(SymbolRole).toString(); !icon.isEmpty()) {
        Lane lane(p, inner);
        paintGlyph(p, lane, icon, colours().textMuted);
        inner = lane.rest();
    }
    const auto problem = problemColour(index);
    p->setFont(fontOf(problem.isValid() ? TextStyle::BodyStrong : TextStyle::Body));
    p->setPen(index.data(MutedRole).toBool() ? colours().textMuted : colours().text);
    const auto text = index.data().toString();
    const auto second = index.data(SecondLineRole).toString();
    if (!second.isEmpty()) {
        const QRect lower(inner.x(), inner.center().y(), inner.width(), inner.height() / 2 - 2);
        inner.setBottom(inner.center().y());
        paintName(p, inner, text);
        p->setFont(fontOf(TextStyle::Caption));
        p->setPen(colours().textMuted);
        paintName(p, lower, second);
        return;
    }
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    if (alignment & Qt::AlignRight) {
        paintNumberText(p, inner, text, index.data(TailRole).toString(), problem);
    } else {
        paintName(p, inner, text);
    }
}

} // namespace

RowDelegate::RowDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void RowDelegate::paintBackground(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &c = colours();
    const bool selected = option.state & QStyle::State_Selected;
    if (selected) {
        painter->fillRect(option.rect, c.accentBg);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, c.hover);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), c.gridLine);
    if (selected && index.column() == 0) {
        painter->fillRect(Lane(painter, option.rect).takeLeading(barWidth), c.accent);
    }
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    readAs(painter, option.direction);
    paintBackground(painter, option, index);
    Lane lane(painter, option.rect.adjusted(0, 0, 0, -1));
    const auto [leading, trailing] = cellPaddings(option.widget, index.column());
    lane.takeLeading(leading);
    lane.takeTrailing(trailing);
    paintCell(painter, lane.rest(), option, index);
    painter->restore();
}

//! A box fills its cell for the mouse: nobody has to hit 16 pixels.
bool RowDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto checked = index.data(Qt::CheckStateRole);
    if (!checked.isValid()) {
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    }
    const bool clicked = event->type() == QEvent::MouseButtonRelease
        && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton
        && option.rect.contains(static_cast<QMouseEvent *>(event)->position().toPoint());
    return clicked
        && model->setData(index, checked.toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void RowDelegate::paintCell(
    QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (const auto checked = index.data(Qt::CheckStateRole); checked.isValid()) {
        auto box = option;
        box.rect = Lane(painter, inner).takeLeading(checkSide);
        box.state.setFlag(checked.toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off);
        const auto *widget = option.widget;
        (widget ? widget->style() : QApplication::style())
            ->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, widget);
    } else if (const auto standing = index.data(StandingRole); standing.isValid()) {
        auto look = lookOf(Standing(standing.toInt()));
        if (const auto word = index.data().toString(); !word.isEmpty()) {
            look.word = word; // a state of tomorrow in the worker's own word
        }
        paintState(painter, inner, look);
    } else if (const auto spark = index.data(SparkRole); spark.isValid() && !index.data(NumberRole).isValid()) {
        paintSpark(painter, QRectF(inner).adjusted(0, 8, 0, -8), spark.value<QList<float>>(), colours().textMuted);
    } else if (index.data(NumberRole).isValid()) {
        paintNumberCell(painter, inner, index);
    } else if (const auto outcome = index.data(OutcomeRole); outcome.isValid() && outcome.toInt() >= 0) {
        paintState(painter, inner, lookOf(Outcome(outcome.toInt())));
    } else {
        paintText(painter, inner, index);
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool twoLines = index.data(SecondLineRole).isValid();
    const int text = QFontMetrics(fontOf(TextStyle::Body)).height();
    const int height = twoLines ? std::max(tokens::size::rowTwoLine, 2 * text + 8) : std::max(m_rowHeight, text + 10);
    return {QStyledItemDelegate::sizeHint(option, index).width(), height};
}

bool RowDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip) {
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }
    const auto tip = index.data(Qt::ToolTipRole).toString();
    QToolTip::showText(event->globalPos(), neverMarkup(tip), view, option.rect);
    return true;
}

RowDelegate *setUpTable(QTableView *table, const QString &accessibleName)
{
    auto *delegate = new RowDelegate(table);
    table->setItemDelegate(delegate);
    table->setAccessibleName(accessibleName);
    table->setHorizontalHeader(new TableHeader(Qt::Horizontal, table));
    table->setShowGrid(false);
    table->setAlternatingRowColors(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setSortingEnabled(true);
    table->setMouseTracking(true);
    table->setAttribute(Qt::WA_Hover);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(std::max(28, QFontMetrics(fontOf(TextStyle::Body)).height() + 10));
    return delegate;
}

} // namespace headgate
