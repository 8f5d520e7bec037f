// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/steplist.h"

#include "models/common/agetext.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/replay/replaytext.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/spanspainter.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"

#include <QPainter>

#include <cmath>

namespace headgate {

namespace {

constexpr int glyphColumn = 30;
constexpr int timeColumn = 92;
constexpr int gap = 9;
constexpr int circle = 20;

StateLook lookOfStep(StepState state)
{
    switch (state) {
    case StepState::Done:
        return {QStringLiteral("check"), {}, Tone::Ok};
    case StepState::Begun:
        return {QStringLiteral("state-restarting"), {}, Tone::Accent};
    case StepState::Failed:
        return {QStringLiteral("state-failed"), {}, Tone::Fail};
    case StepState::Unknown:
        return {QStringLiteral("state-unknown"), {}, Tone::Unknown};
    case StepState::Skipped:
        return {QStringLiteral("check"), {}, Tone::Stopped};
    case StepState::Waiting:
        break;
    }
    return {{}, {}, Tone::Neutral};
}

int titleHeight()
{
    return QFontMetrics(fontOf(TextStyle::Body)).height() + 2;
}

Spans noteSpans(const QString &note, StepState state)
{
    const bool bad = state == StepState::Failed || state == StepState::Unknown;
    return {{note, bad ? TextRole::Text : TextRole::Muted}};
}

} // namespace

StepList::StepList(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("replaySteps"));
    setAccessibleName(tr("Steps of the replay"));
    auto policy = sizePolicy();
    policy.setHeightForWidth(true);
    policy.setVerticalPolicy(QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void StepList::setSteps(std::vector<StepProgress> steps, bool running, Instant now)
{
    std::vector<Line> lines;
    QStringList spokenLines;
    for (const auto &step : steps) {
        Line line {replayStepText(step.step), shownText(step.detail, 300), momentText(step.at, now), step.state};
        if (step.state == StepState::Begun && !running) {
            line.state = StepState::Unknown;
            line.note = line.note.isEmpty() ? tr("begun, its end was not seen") : line.note;
        } else if (step.state == StepState::Begun) {
            line.time = tr("for %1").arg(durationText(std::chrono::duration_cast<Milliseconds>(now - step.at)));
        }
        spokenLines << QStringLiteral("%1: %2. %3").arg(line.title, stepStateText(line.state), line.note);
        lines.push_back(std::move(line));
    }
    if (lines != m_lines) {
        m_lines = std::move(lines);
        setAccessibleDescription(spokenLines.join(u'\n'));
        updateGeometry();
        update();
    }
}

int StepList::noteHeight(const Line &line, int width) const
{
    return line.note.isEmpty() ? 0
                               : int(std::ceil(spansHeight(noteSpans(line.note, line.state), fontOf(TextStyle::Caption),
                                     width - glyphColumn, 4)));
}

int StepList::heightForWidth(int width) const
{
    int height = 0;
    for (const auto &line : m_lines) {
        height += titleHeight() + noteHeight(line, width) + gap;
    }
    return height;
}

QSize StepList::sizeHint() const
{
    return {320, heightForWidth(std::max(200, width()))};
}

void StepList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    readAs(&painter, layoutDirection());
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &c = colours();
    int y = 0;
    for (size_t i = 0; i < m_lines.size(); ++i) {
        const auto &line = m_lines[i];
        const auto tone = toneColours(lookOfStep(line.state).tone);
        const int height = titleHeight() + noteHeight(line, width()) + gap;
        const auto round = mirrored(&painter, rect(), QRect(0, y - 1, circle, circle));
        if (i + 1 < m_lines.size()) {
            painter.setPen(QPen(c.border, 1.2));
            painter.drawLine(
                QPointF(round.center().x() + 0.5, y + circle), QPointF(round.center().x() + 0.5, y + height - 2));
        }
        const bool waits = line.state == StepState::Waiting;
        painter.setPen(waits ? QPen(c.controlBorder, 1, Qt::DashLine) : QPen(tone.graphic, 1));
        painter.setBrush(waits ? QBrush(Qt::NoBrush) : QBrush(tone.bg));
        painter.drawEllipse(QRectF(round).adjusted(0.5, 0.5, -0.5, -0.5));
        if (waits) {
            painter.setFont(fontOf(TextStyle::Caption));
            painter.setPen(c.textMuted);
            painter.drawText(round, Qt::AlignCenter, QString::number(i + 1));
        } else {
            paintSymbol(&painter, QRect(round.center().x() - 5, round.center().y() - 5, 12, 12),
                lookOfStep(line.state).icon, tone.fg);
        }
        const bool strongly
            = line.state == StepState::Begun || line.state == StepState::Failed || line.state == StepState::Unknown;
        const auto text
            = mirrored(&painter, rect(), QRect(glyphColumn, y, width() - glyphColumn - timeColumn, titleHeight()));
        painter.setFont(fontOf(strongly ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(waits ? c.textMuted : line.state == StepState::Failed ? tone.fg : c.text);
        painter.drawText(text, int(Qt::AlignVCenter | Qt::AlignLeft),
            painter.fontMetrics().elidedText(line.title, Qt::ElideRight, text.width()));
        painter.setFont(fontOf(TextStyle::Caption));
        painter.setPen(c.textMuted);
        drawDigits(&painter, mirrored(&painter, rect(), QRect(width() - timeColumn, y, timeColumn, titleHeight())),
            Qt::AlignRight, line.time);
        if (!line.note.isEmpty()) {
            paintSpans(&painter,
                mirrored(&painter, rect(),
                    QRect(glyphColumn, y + titleHeight(), width() - glyphColumn, noteHeight(line, width()))),
                noteSpans(line.note, line.state), fontOf(TextStyle::Caption), 4);
        }
        y += height;
    }
}

} // namespace headgate
