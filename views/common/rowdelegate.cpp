// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/rowdelegate.h"

#include "models/common/cellroles.h"
#include "models/common/showntext.h"
#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/paintings.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"
#include "views/common/tableheader.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

#include <cmath>

namespace headgate {

namespace {

constexpr int padding = 12;
constexpr int glyphGap = 6;
constexpr int barWidth = 3;

QColor problemColour(const QModelIndex &index)
{
    if (!index.data(ProblemRole).toBool()) {
        return {};
    }
    const auto standing = index.siblingAtColumn(0).data(StandingRole);
    return standing.isValid() ? toneColours(lookOf(Standing(standing.toInt())).tone).fg : colours().text;
}

void paintGlyph(QPainter *p, const QRect &inner, const QString &icon, const QColor &colour)
{
    constexpr int side = tokens::size::icon;
    paintSymbol(p, QRect(inner.x(), inner.y() + (inner.height() - side) / 2, side, side), icon, colour);
}

void paintState(QPainter *p, QRect inner, const StateLook &look)
{
    // A healthy screen is calm: Running keeps its green glyph and muted word; only failures are heavy.
    const bool calm = look.tone == Tone::Ok;
    const auto tone = toneColours(look.tone);
    paintGlyph(p, inner, look.icon, calm ? tone.graphic : tone.fg);
    inner.setLeft(inner.left() + tokens::size::icon + glyphGap);
    p->setFont(fontOf(look.tone == Tone::Fail ? TextStyle::BodyStrong : TextStyle::Body));
    p->setPen(calm ? colours().textMuted : tone.fg);
    p->drawText(inner, int(Qt::AlignVCenter | Qt::AlignLeft),
        p->fontMetrics().elidedText(look.word, Qt::ElideRight, inner.width()));
}

void paintNumberCell(QPainter *p, QRect inner, const QModelIndex &index)
{
    const auto spark = index.data(SparkRole).value<QList<float>>();
    const auto problem = problemColour(index);
    const auto number = index.data(NumberRole).value<NumberText>();
    const auto font = fontOf(problem.isValid() ? TextStyle::BodyStrong : TextStyle::Body);
    const int width = std::min(52, inner.width() / 2);
    const bool fits
        = inner.width() - width - glyphGap >= numberWidth(number, font); // a stale one needs room for its age
    if (!spark.isEmpty() && fits) {
        const QRectF place(inner.left(), inner.center().y() - 8, width, 16);
        paintSpark(p, place, spark, problem.isValid() ? problem : colours().textMuted);
        inner.setLeft(inner.left() + width + glyphGap);
    }
    paintNumber(p, inner, Qt::AlignRight, number, font);
}

//! Digits at the right; a tail stands back, a problem takes the colour of its row.
void paintRightText(QPainter *p, QRect inner, const QString &text, const QString &tail, const QColor &problem)
{
    if (tail.isEmpty()) {
        drawDigits(p, inner, Qt::AlignRight, text);
        return;
    }
    const auto strong = p->font();
    const auto own = p->pen();
    p->setFont(fontOf(TextStyle::Body));
    p->setPen(colours().textMuted);
    drawDigits(p, inner, Qt::AlignRight, tail);
    inner.setRight(inner.right() - int(std::lround(digitsWidth(p->font(), tail))));
    p->setFont(strong);
    p->setPen(problem.isValid() ? QPen(problem) : own);
    drawDigits(p, inner, Qt::AlignRight, text.chopped(tail.size()));
}

void paintText(QPainter *p, QRect inner, const QModelIndex &index)
{
    const auto icon = index.data(SymbolRole).toString();
    if (!icon.isEmpty()) {
        paintGlyph(p, inner, icon, colours().textMuted);
        inner.setLeft(inner.left() + tokens::size::icon + glyphGap);
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
        paintRightText(p, inner, text, index.data(TailRole).toString(), problem);
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
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), barWidth, option.rect.height()), c.accent);
    }
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    readLeftToRight(painter);
    paintBackground(painter, option, index);
    const int left = index.column() == 0 ? padding : padding / 2;
    paintCell(painter, option.rect.adjusted(left, 0, -padding / 2, -1), option, index);
    painter->restore();
}

void RowDelegate::paintCell(
    QPainter *painter, const QRect &inner, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (const auto standing = index.data(StandingRole); standing.isValid()) {
        auto look = lookOf(Standing(standing.toInt()));
        if (const auto word = index.data().toString(); !word.isEmpty()) {
            look.word = word; // a state of tomorrow in the worker's own word
        }
        paintState(painter, inner, look);
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
