// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/connectionchecks.h"

#include "views/common/lane.h"
#include "views/common/spanspainter.h"
#include "views/common/symbolicon.h"

#include <QPainter>

#include <cmath>

namespace headgate {

namespace {

constexpr int glyphColumn = 24;
constexpr int gap = 10;

Spans noteOf(const CheckText &line)
{
    return {{line.note, line.good ? TextRole::Muted : TextRole::Fail}};
}

} // namespace

ConnectionChecks::ConnectionChecks(QWidget *parent)
    : QWidget(parent)
{
    auto policy = sizePolicy();
    policy.setHeightForWidth(true);
    policy.setVerticalPolicy(QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void ConnectionChecks::setChecks(const std::vector<ConnectionCheck> &checks, bool old)
{
    m_lines.clear();
    QStringList spokenLines;
    for (const auto &check : checks) {
        m_lines.push_back(checkText(check));
        const auto &line = m_lines.back();
        spokenLines << plainText(line.what) + QStringLiteral(": ") + (line.good ? tr("passed") : tr("failed"))
                + QStringLiteral(". ") + line.note;
    }
    m_old = old;
    setAccessibleName(tr("Connection test"));
    setAccessibleDescription(spokenLines.join(u'\n'));
    updateGeometry();
    update();
}

int ConnectionChecks::heightForWidth(int width) const
{
    qreal height = 0;
    for (const auto &line : m_lines) {
        height += fontMetrics().height() + 4 + spansHeight(noteOf(line), fontOf(TextStyle::Body), width - glyphColumn)
            + gap;
    }
    return int(std::ceil(height));
}

QSize ConnectionChecks::sizeHint() const
{
    return {360, heightForWidth(std::max(200, width()))};
}

void ConnectionChecks::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    readAs(&painter, layoutDirection());
    painter.setOpacity(m_old ? 0.55 : 1.0);
    const auto at = [&painter, this](int x, int top, int w, int h) {
        return mirrored(&painter, rect(), QRect(x, top, w, h));
    };
    const auto body = fontOf(TextStyle::Body);
    qreal y = 0;
    for (const auto &line : m_lines) {
        const auto look = toneColours(line.good ? Tone::Ok : Tone::Fail);
        paintSymbol(&painter, at(0, int(y) + 1, 16, 16),
            line.good ? QStringLiteral("check") : QStringLiteral("state-failed"), look.graphic);
        const int lineHeight = fontMetrics().height() + 2;
        paintSpansLine(&painter, at(glyphColumn, int(y), width() - glyphColumn - 70, lineHeight), line.what, body);
        painter.setPen(colours().textMuted);
        painter.setFont(body);
        drawDigits(&painter, at(width() - 70, int(y), 70, lineHeight), Qt::AlignRight | Qt::AlignVCenter, line.took);
        y += lineHeight + 2;
        const auto height = spansHeight(noteOf(line), body, width() - glyphColumn);
        paintSpans(
            &painter, at(glyphColumn, int(y), width() - glyphColumn, int(std::ceil(height))), noteOf(line), body);
        y += height + gap;
    }
}

} // namespace headgate
