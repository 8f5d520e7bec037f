// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/navigation.h"

#include "models/common/showntext.h"
#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/symbolicon.h"
#include "views/common/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QToolTip>

namespace headgate {

namespace {

enum Role { PageRole = Qt::UserRole + 1, IconRole, BadgeRole, FailingRole };
constexpr int railWidth = 48;
constexpr int side = 8;
constexpr int aroundTitle = 2 * side + 33 + 36; //!< icon before it, badge behind it

void paintBadge(QPainter *p, const QRect &row, const QModelIndex &index, bool rail)
{
    const int count = index.data(BadgeRole).toInt();
    if (count == 0) {
        return;
    }
    const auto text = QString::number(count);
    p->setFont(fontOf(TextStyle::Caption));
    const bool failing = index.data(FailingRole).toBool();
    const int width = std::max(p->fontMetrics().horizontalAdvance(text) + 10, 18);
    const QRect box = mirrored(p, row,
        rail ? QRect(row.center().x() + 3, row.top() + 1, width - 3, 14)
             : QRect(row.right() - side - width - 2, row.center().y() - 8, width, 18));
    if (failing) {
        p->setRenderHint(QPainter::Antialiasing);
        p->setPen(Qt::NoPen);
        p->setBrush(rail ? colours().window : colours().fail.bg);
        p->drawRoundedRect(box, 9, 9);
        p->setFont(strong(p->font()));
    }
    p->setPen(failing ? colours().fail.fg : colours().textMuted);
    p->drawText(box, Qt::AlignCenter, text);
}

class NavigationDelegate final : public QStyledItemDelegate
{
public:
    explicit NavigationDelegate(Navigation *navigation)
        : QStyledItemDelegate(navigation)
        , m_navigation(navigation)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        readAs(painter, option.direction);
        if (index.data(PageRole).isValid()) {
            paintPage(painter, option, index);
        } else if (!m_navigation->isRail()) {
            painter->setFont(strong(fontOf(TextStyle::Caption)));
            painter->setPen(colours().textMuted);
            painter->drawText(
                option.rect.adjusted(16, 0, -16, -4), int(Qt::AlignBottom | Qt::AlignLeft), index.data().toString());
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const int text = QFontMetrics(fontOf(TextStyle::Body)).height();
        if (index.data(PageRole).isValid()) {
            return {0, std::max(tokens::size::navItem, text + 13) + 1};
        }
        return {0, m_navigation->isRail() ? (index.row() == 0 ? 8 : 12) : text + 20};
    }

    bool helpEvent(
        QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &, const QModelIndex &index) override
    {
        QToolTip::showText(
            event->globalPos(), m_navigation->isRail() ? neverMarkup(index.data().toString()) : QString(), view);
        return true;
    }

private:
    void paintPage(QPainter *p, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        const auto &c = colours();
        const QRect row = option.rect.adjusted(side, 0, -side, -1);
        const bool current = option.state & QStyle::State_Selected;
        p->setRenderHint(QPainter::Antialiasing);
        if (current || option.state & QStyle::State_MouseOver) {
            p->setPen(Qt::NoPen);
            p->setBrush(current ? c.accentBg : c.hover);
            p->drawRoundedRect(row, tokens::radius::control, tokens::radius::control);
        }
        if (current) {
            p->fillRect(mirrored(p, row, QRect(row.left(), row.top() + 6, 3, row.height() - 12)), c.accent);
        }
        if (current && option.state & QStyle::State_HasFocus) {
            p->setPen(QPen(c.focus, 2));
            p->setBrush(Qt::NoBrush);
            p->drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), tokens::radius::control, tokens::radius::control);
        }
        const int icon = tokens::size::icon;
        const int left = m_navigation->isRail() ? row.center().x() - icon / 2 + 1 : row.left() + 8;
        paintSymbol(p, mirrored(p, row, QRect(left, row.center().y() - icon / 2 + 1, icon, icon)),
            index.data(IconRole).toString(), current ? c.link : c.textMuted);
        if (!m_navigation->isRail()) {
            p->setFont(fontOf(current ? TextStyle::BodyStrong : TextStyle::Body));
            p->setPen(c.text);
            const auto words = row.adjusted(33, 0, index.data(BadgeRole).toInt() > 0 ? -36 : -4, 0);
            p->drawText(mirrored(p, row, words), int(Qt::AlignVCenter | Qt::AlignLeft), index.data().toString());
        }
        paintBadge(p, row, index, m_navigation->isRail());
    }

    Navigation *m_navigation;
};

} // namespace

Navigation::Navigation(QWidget *parent)
    : QListView(parent)
    , m_items(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setModel(m_items);
    setItemDelegate(new NavigationDelegate(this));
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFrameShape(NoFrame);
    viewport()->setAutoFillBackground(false);
    setRail(false);
}

void Navigation::addGroup(const QString &title)
{
    auto *item = new QStandardItem(title);
    item->setFlags(Qt::NoItemFlags);
    m_items->appendRow(item);
}

void Navigation::addPage(PageId page, const QString &icon, const QString &title)
{
    auto *item = new QStandardItem(title);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setData(int(page), PageRole);
    item->setData(icon, IconRole);
    item->setData(title, Qt::AccessibleTextRole);
    m_items->appendRow(item);
    setRail(m_rail); // the widest title decides
}

QModelIndex Navigation::indexOf(PageId page) const
{
    const auto found = m_items->match(m_items->index(0, 0), PageRole, int(page), 1, Qt::MatchExactly);
    return found.isEmpty() ? QModelIndex() : found.first();
}

void Navigation::setCurrent(PageId page)
{
    const QSignalBlocker quiet(this);
    setCurrentIndex(indexOf(page));
}

void Navigation::setBadge(PageId page, int count, bool failing)
{
    auto *item = m_items->itemFromIndex(indexOf(page));
    if (!item || (item->data(BadgeRole).toInt() == count && item->data(FailingRole).toBool() == failing)) {
        return;
    }
    item->setData(count, BadgeRole);
    item->setData(failing, FailingRole);
    item->setData(
        count > 0 ? tr("%1, %n problem(s)", nullptr, count).arg(item->text()) : item->text(), Qt::AccessibleTextRole);
}

//! Room for icon, the longest title and a badge.
int Navigation::wideWidth() const
{
    const QFontMetrics metrics(fontOf(TextStyle::BodyStrong));
    int width = tokens::size::navWidth;
    for (int row = 0; row < m_items->rowCount(); ++row) {
        width = std::max(width, metrics.horizontalAdvance(m_items->item(row)->text()) + aroundTitle);
    }
    return width;
}

void Navigation::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        setRail(m_rail);
    }
}

void Navigation::setRail(bool rail)
{
    m_rail = rail;
    setFixedWidth(rail ? railWidth : wideWidth());
    scheduleDelayedItemsLayout();
}

void Navigation::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.data(PageRole).isValid()) {
        Q_EMIT chosen(PageId(current.data(PageRole).toInt()));
    }
}

} // namespace headgate
