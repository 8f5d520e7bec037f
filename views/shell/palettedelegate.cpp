// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/palettedelegate.h"

#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/spanspainter.h"
#include "views/common/symbolicon.h"

#include <QPainter>

#include <algorithm>

namespace headgate {

namespace {

constexpr int padding = 16;
constexpr int glyph = 16;

//! The entry's words with the matched letters heavy.
Spans withMatches(const PaletteEntry &entry, QList<QPair<int, int>> matches)
{
    const auto role = entry.reason.isEmpty() ? TextRole::Text : TextRole::Disabled;
    std::sort(matches.begin(), matches.end());
    Spans spans;
    int from = 0;
    for (const auto &[start, length] : matches) {
        if (start < from) {
            continue; // overlaps the one before
        }
        spans.push_back({.text = entry.text.mid(from, start - from), .role = role});
        spans.push_back({.text = entry.text.mid(start, length), .role = role, .strong = true});
        from = start + length;
    }
    spans.push_back({.text = entry.text.mid(from), .role = role});
    if (!entry.note.isEmpty() && entry.reason.isEmpty()) {
        spans.push_back({.text = QLatin1String("   ") + entry.note, .role = TextRole::Muted});
    }
    return spans;
}

//! Shortcut or reason, at the trailing end; returns the width used.
int paintTrailing(QPainter *p, const QRect &inner, const PaletteEntry &entry)
{
    if (entry.reason.isEmpty()) {
        return entry.keys.isEmpty() ? 0 : paintShortcut(p, inner, Qt::AlignRight, entry.keys) + 8;
    }
    p->setFont(fontOf(TextStyle::Caption));
    p->setPen(colours().textMuted);
    const auto text = p->fontMetrics().elidedText(entry.reason, Qt::ElideRight, inner.width() / 2);
    const int width = p->fontMetrics().horizontalAdvance(text);
    p->drawText(inner, int(Qt::AlignVCenter | Qt::AlignRight), text);
    Lane lane(p, inner);
    lane.takeTrailing(width, 6);
    const auto info = lane.takeTrailing(14);
    paintSymbol(p, QRect(info.x(), inner.center().y() - 6, 14, 14), QStringLiteral("info"), colours().textMuted);
    return width + 28;
}

} // namespace

PaletteDelegate::PaletteDelegate(const PaletteModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    readAs(painter, option.direction);
    const auto &c = colours();
    const auto *entry = m_model.entryAt(index.row());
    if (!entry) {
        painter->setFont(strong(fontOf(TextStyle::Caption)));
        painter->setPen(c.textMuted);
        painter->drawText(option.rect.adjusted(padding, 0, -padding, -4), int(Qt::AlignBottom | Qt::AlignLeft),
            index.data().toString());
        painter->restore();
        return;
    }
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, c.accentBg);
        painter->fillRect(Lane(painter, option.rect).takeLeading(3), c.accent);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, c.hover);
    }
    Lane lane(painter, option.rect.adjusted(padding, 0, -padding, 0));
    const auto place = lane.takeLeading(glyph, 8);
    paintSymbol(painter, QRect(place.left(), place.center().y() - glyph / 2 + 1, glyph, glyph), entry->icon,
        entry->reason.isEmpty() ? c.textMuted : c.textDisabled);
    lane.takeTrailing(paintTrailing(painter, lane.rest(), *entry));
    paintSpansLine(painter, lane.rest(),
        withMatches(*entry, index.data(PaletteModel::MatchRole).value<QList<QPair<int, int>>>()),
        fontOf(TextStyle::Body));
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int text = QFontMetrics(fontOf(TextStyle::Body)).height();
    return {0, m_model.entryAt(index.row()) ? std::max(34, text + 16) : text + 14};
}

bool PaletteDelegate::helpEvent(QHelpEvent *, QAbstractItemView *, const QStyleOptionViewItem &, const QModelIndex &)
{
    return true; // everything is said in the row
}

} // namespace headgate
