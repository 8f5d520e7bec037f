// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/commandpalette.h"

#include "models/common/showntext.h"
#include "themetokens.h"
#include "views/common/environment.h"
#include "views/common/keyhintsline.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"
#include "views/common/symbolicon.h"
#include "views/shell/palettedelegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>

namespace headgate {

namespace {

constexpr int fromTop = 96;
constexpr int listRows = 12;

QLineEdit *makeQueryField()
{
    auto *field = new QLineEdit;
    field->setObjectName(QStringLiteral("paletteQuery"));
    field->setAccessibleName(CommandPalette::tr("What to search or run"));
    field->setPlaceholderText(CommandPalette::tr("Search or run"));
    field->setFrame(false);
    field->setProperty("noFocusRing", true);
    field->setProperty("kind", QStringLiteral("bare"));
    return field;
}

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window)
    , m_band(new EnvironmentBand(this))
    , m_tag(new EnvironmentTag(this))
    , m_query(makeQueryField())
    , m_list(new QListView(this))
    , m_count(new PlainLabel({}, TextStyle::Caption, this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_model, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("What fits"));
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setProperty("kind", QStringLiteral("palette"));
    m_query->installEventFilter(this);
    window->installEventFilter(this);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(asRead(42, 10, 14, 10));
    top->addWidget(m_query, 1);
    top->addWidget(m_tag);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(14, 7, 14, 9);
    foot->addWidget(new KeyHintsLine({{tr("Up Down"), tr("choose")}, {tr("Enter"), tr("run")},
        {QStringLiteral(">"), tr("commands only")}, {QStringLiteral("@"), tr("contexts")}}));
    foot->addStretch(1);
    foot->addWidget(m_count->muted());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    connect(m_query, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    hide();
}

void CommandPalette::openWith(
    std::vector<PaletteEntry> entries, std::optional<Environment> environment, const QString &context)
{
    m_band->setEnvironment(environment);
    m_tag->setVisible(environment.has_value());
    if (environment) {
        m_tag->setContext(*environment, context);
    }
    setWindowTitle(windowTitleOf(environment, context, tr("Command palette")));
    m_model.setEntries(std::move(entries));
    m_query->clear();
    filter({});
    place();
    show();
    raise();
    m_query->setFocus();
}

void CommandPalette::setQuery(const QString &query)
{
    m_query->setText(query);
}

void CommandPalette::filter(const QString &text)
{
    m_model.setQuery(text);
    m_count->setText(tr("%1 of %2").arg(m_model.fitting()).arg(m_model.total()));
    m_list->setCurrentIndex(m_model.index(m_model.firstEntryRow()));
}

void CommandPalette::place()
{
    const auto *window = parentWidget();
    const int width = std::min(tokens::size::paletteWidth, window->width() - 32);
    const int row = std::max(34, QFontMetrics(fontOf(TextStyle::Body)).height() + 16);
    const int height = std::min(listRows * row + 110, window->height() - fromTop - 16);
    setGeometry((window->width() - width) / 2, fromTop, width, height);
}

void CommandPalette::move(int by)
{
    int row = m_list->currentIndex().row() + by;
    while (row >= 0 && row < m_model.rowCount() && !m_model.entryAt(row)) {
        row += by > 0 ? 1 : -1;
    }
    if (m_model.entryAt(row)) {
        m_list->setCurrentIndex(m_model.index(row));
    }
}

void CommandPalette::choose()
{
    const auto *entry = m_model.entryAt(m_list->currentIndex().row());
    if (!entry || !entry->reason.isEmpty()) {
        return; // it says why beside it
    }
    const auto taken = *entry; // hiding lets the entries go
    hide();
    Q_EMIT chosen(taken);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible()) {
            place();
        }
        return false;
    }
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() == Qt::MouseFocusReason) {
        hide();
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // or the window's Back would take it
        return true;
    }
    if (event->type() != QEvent::KeyPress) {
        return false;
    }
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-8);
        return true;
    case Qt::Key_PageDown:
        move(8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default: // any other key is text
        return false;
    }
}

void CommandPalette::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    Q_EMIT closed();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.fillRect(rect(), colours().raised);
    p.setPen(colours().controlBorder);
    p.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    readAs(&p, layoutDirection());
    const QRect glyph(16, m_query->geometry().center().y() - 7, 16, 16);
    paintSymbol(&p, mirrored(&p, rect(), glyph), QStringLiteral("search"), colours().textMuted);
    p.fillRect(QRect(1, m_list->y() - 1, width() - 2, 1), colours().border);
    p.fillRect(QRect(1, m_list->geometry().bottom() + 1, width() - 2, 1), colours().border);
}

} // namespace headgate
