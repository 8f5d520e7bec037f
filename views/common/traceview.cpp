// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/traceview.h"

#include "models/common/showntext.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace headgate {

namespace {

constexpr int padding = 10;
constexpr qsizetype mostColumns = 1'000'000; //!< reachable by the scroll bar; longer lines are cut there, Copy has all

int rowHeight(const QFontMetrics &metrics)
{
    return metrics.height() + 2;
}

} // namespace

TraceView::TraceView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("trace"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
}

void TraceView::setText(const QString &text, const QString &firstCause)
{
    m_text = text;
    m_firstCause = firstCause;
    m_starts.assign(1, 0);
    m_longest = 0;
    for (qsizetype i = m_text.indexOf(u'\n'); i >= 0; i = m_text.indexOf(u'\n', i + 1)) {
        m_longest = std::max(m_longest, i - m_starts.back());
        m_starts.push_back(i + 1);
    }
    m_longest = std::min(std::max(m_longest, m_text.size() - m_starts.back()), mostColumns);
    setAccessibleName(tr("Trace, %n line(s)", nullptr, lineCount()));
    setAccessibleDescription(shownText(m_text.left(2000)));
    updateBars();
    viewport()->update();
}

QStringView TraceView::line(int index) const
{
    const auto from = m_starts[std::size_t(index)];
    const auto to = std::size_t(index) + 1 < m_starts.size() ? m_starts[std::size_t(index) + 1] - 1 : m_text.size();
    return QStringView(m_text).sliced(from, to - from);
}

bool TraceView::isFirstCause(QStringView text) const
{
    if (m_firstCause.isEmpty()) {
        return false;
    }
    constexpr QLatin1String causedBy("Caused by: ");
    const auto cause = text.startsWith(causedBy) ? text.sliced(causedBy.size()) : text;
    return cause.startsWith(m_firstCause) && !text.startsWith(u'\t');
}

void TraceView::copyAll() const
{
    QGuiApplication::clipboard()->setText(m_text);
}

void TraceView::updateBars()
{
    const QFontMetrics metrics(fontOf(TextStyle::Code));
    const int rows = std::max(1, viewport()->height() / rowHeight(metrics));
    verticalScrollBar()->setRange(0, std::max(0, lineCount() - rows));
    verticalScrollBar()->setPageStep(rows);
    const int columns = std::max(1, (viewport()->width() - 2 * padding) / std::max(1, metrics.horizontalAdvance(u'0')));
    setHorizontalScrollBarPolicy(m_longest > columns ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    horizontalScrollBar()->setRange(0, int(std::max<qsizetype>(0, m_longest - columns)));
    horizontalScrollBar()->setPageStep(columns);
    horizontalScrollBar()->setSingleStep(4);
}

void TraceView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colours().sunken);
    const QFontMetrics metrics(fontOf(TextStyle::Code));
    const int height = rowHeight(metrics);
    const int rows = viewport()->height() / height + 1;
    const int columns = horizontalScrollBar()->pageStep() + 2;
    const int first = verticalScrollBar()->value();
    for (int i = first; i < std::min(lineCount(), first + rows); ++i) {
        const auto text = line(i);
        const auto from = std::min<qsizetype>(horizontalScrollBar()->value(), text.size());
        const bool isFirst = isFirstCause(text);
        const bool frame = text.startsWith(u'\t');
        painter.setFont(fontOf(isFirst ? TextStyle::CodeStrong : TextStyle::Code));
        painter.setPen(isFirst ? colours().fail.fg : frame ? colours().textMuted : colours().text);
        painter.drawText(padding, padding + (i - first) * height + metrics.ascent(),
            shownLine(text.sliced(from, std::min<qsizetype>(columns, text.size() - from))));
    }
}

void TraceView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
}

void TraceView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyAll();
        return;
    }
    if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        verticalScrollBar()->setValue(event->key() == Qt::Key_Home ? 0 : verticalScrollBar()->maximum());
        return;
    }
    if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        const int pages = event->key() == Qt::Key_PageUp ? -1 : 1;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + pages * verticalScrollBar()->pageStep());
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void TraceView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateBars();
    }
}

} // namespace headgate
