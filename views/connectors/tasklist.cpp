// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/tasklist.h"

#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headgate {

namespace {

constexpr std::size_t mostLines = 24;
constexpr int numberWidthPx = 44;
constexpr int glyphWidth = 22;
constexpr int columnGap = 12;

} // namespace

TaskList::TaskList(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TaskList::setTasks(std::vector<TaskLine> tasks)
{
    m_more = tasks.size() > mostLines ? int(tasks.size() - mostLines) : 0;
    if (m_more > 0) {
        // Running ones last; within a state by number, as they came.
        const auto troubled = [](const TaskLine &task) {
            return task.state.run != RunState::Running;
        };
        std::vector<TaskLine> sorted;
        std::ranges::copy_if(tasks, std::back_inserter(sorted), troubled);
        std::ranges::remove_copy_if(tasks, std::back_inserter(sorted), troubled);
        sorted.resize(mostLines);
        tasks = std::move(sorted);
    }
    if (tasks == m_tasks) {
        return;
    }
    m_tasks = std::move(tasks);
    QStringList spokenLines;
    for (const auto &task : m_tasks) {
        spokenLines << tr("Task %1 %2 on %3").arg(QString::number(task.id), lookOf(task.state).word, task.worker);
    }
    setAccessibleName(spokenLines.join(QStringLiteral(". ")));
    measure();
    updateGeometry();
    update();
}

//! State and lag get what their words need; what is left is the worker's.
void TaskList::measure()
{
    const QFontMetrics caption(fontOf(TextStyle::Caption));
    const QFontMetrics strong(fontOf(TextStyle::BodyStrong));
    m_stateWidth = caption.horizontalAdvance(tr("State"));
    m_lagWidth = caption.horizontalAdvance(tr("Lag"));
    for (const auto &task : m_tasks) {
        const auto word = glyphWidth + strong.horizontalAdvance(lookOf(task.state).word);
        m_stateWidth = std::max(m_stateWidth, word);
        m_lagWidth = std::max(m_lagWidth, int(std::ceil(numberWidth(task.lag, fontOf(TextStyle::Body)))));
    }
    m_stateWidth += columnGap;
    m_lagWidth += columnGap;
}

int TaskList::lineHeight() const
{
    return std::max(27, QFontMetrics(fontOf(TextStyle::Body)).height() + 9);
}

QSize TaskList::sizeHint() const
{
    return {300, lineHeight() * (1 + std::max(1, int(m_tasks.size())) + (m_more > 0 ? 1 : 0))};
}

void TaskList::paintHeader(QPainter &painter, const QRect &row) const
{
    painter.setFont(fontOf(TextStyle::Caption));
    painter.setPen(colours().textMuted);
    const auto at = [&row, &painter](int left, int width) {
        return mirrored(&painter, row, QRect(row.left() + left, row.top(), width, row.height()));
    };
    painter.drawText(at(0, numberWidthPx), int(Qt::AlignLeft | Qt::AlignVCenter), tr("Task"));
    painter.drawText(at(numberWidthPx, m_stateWidth), int(Qt::AlignLeft | Qt::AlignVCenter), tr("State"));
    painter.drawText(at(numberWidthPx + m_stateWidth, row.width() - numberWidthPx - m_stateWidth),
        int(Qt::AlignLeft | Qt::AlignVCenter), tr("Worker"));
    painter.drawText(at(row.width() - m_lagWidth, m_lagWidth), int(Qt::AlignRight | Qt::AlignVCenter), tr("Lag"));
    painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), colours().gridLine);
}

void TaskList::paintTask(QPainter &painter, const QRect &row, const TaskLine &task) const
{
    const auto look = lookOf(task.state);
    const auto tone = toneColours(look.tone);
    const bool failed = look.tone == Tone::Fail;
    const auto at = [&row, &painter](int left, int width) {
        return mirrored(&painter, row, QRect(row.left() + left, row.top(), width, row.height()));
    };
    painter.setFont(fontOf(TextStyle::Body));
    painter.setPen(colours().text);
    drawDigits(&painter, at(0, numberWidthPx), Qt::AlignLeft, QString::number(task.id));
    Lane state(&painter, at(numberWidthPx, m_stateWidth));
    const auto glyph = state.takeLeading(16, glyphWidth - 16);
    paintSymbol(&painter, QRect(glyph.left(), glyph.center().y() - 8, 16, 16), look.icon,
        look.tone == Tone::Ok ? tone.graphic : tone.fg);
    painter.setFont(fontOf(failed ? TextStyle::BodyStrong : TextStyle::Body));
    painter.setPen(look.tone == Tone::Ok ? colours().text : tone.fg);
    painter.drawText(state.rest(), int(Qt::AlignLeft | Qt::AlignVCenter),
        painter.fontMetrics().elidedText(look.word, Qt::ElideRight, m_stateWidth - glyphWidth));
    painter.setFont(fontOf(TextStyle::Body));
    painter.setPen(colours().text);
    paintName(&painter, at(numberWidthPx + m_stateWidth, row.width() - numberWidthPx - m_stateWidth - m_lagWidth),
        task.worker);
    if (!task.lag.text.isEmpty()) {
        paintNumber(
            &painter, at(row.width() - m_lagWidth, m_lagWidth), Qt::AlignRight, task.lag, fontOf(TextStyle::Body));
    }
    painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), colours().gridLine);
}

void TaskList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    readAs(&painter, layoutDirection());
    QRect row(0, 0, width(), lineHeight());
    paintHeader(painter, row);
    for (const auto &task : m_tasks) {
        row.translate(0, lineHeight());
        paintTask(painter, row, task);
    }
    row.translate(0, lineHeight());
    painter.setFont(fontOf(TextStyle::Body));
    painter.setPen(colours().textMuted);
    if (m_tasks.empty()) {
        painter.drawText(row, int(Qt::AlignLeft | Qt::AlignVCenter), tr("No tasks."));
    } else if (m_more > 0) {
        painter.drawText(row, int(Qt::AlignLeft | Qt::AlignVCenter), tr("%n more task(s)", nullptr, m_more));
    }
}

} // namespace headgate
