// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/statusstrip.h"

#include "themetokens.h"
#include "views/common/buttons.h"
#include "views/common/keyhintsline.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"

#include <QHBoxLayout>
#include <QPainter>

namespace headgate {

namespace {

constexpr int glyph = 14;

} // namespace

StatusStrip::StatusStrip(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel(this))
    , m_text(new SpansLabel(this))
    , m_activity(makeButton(tr("Activity"), ButtonKind::Link, this))
    , m_activityKey(new KeyHintsLine({{tr("Alt 0"), {}}}, this))
    , m_workers(new GlyphLabel(this))
    , m_brokers(new GlyphLabel(this))
    , m_nothing(new PlainLabel(tr("Nothing leaves this computer"), TextStyle::Small, this))
{
    setObjectName(QStringLiteral("statusStrip"));
    m_text->setMaxLines(1);
    m_text->setTextStyle(TextStyle::Small);
    m_text->setObjectName(QStringLiteral("statusText"));
    m_activity->setObjectName(QStringLiteral("statusActivity"));
    m_activity->setToolTip(tr("Alt+0"));
    m_activity->setFont(fontOf(TextStyle::Small));
    m_nothing->muted();
    m_nothing->setFont(fontOf(TextStyle::Small));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_glyph);
    row->addWidget(m_text);
    row->addWidget(m_activity);
    row->addWidget(m_activityKey);
    row->addStretch(1);
    row->addWidget(m_workers);
    row->addSpacing(6);
    row->addWidget(m_brokers);
    row->addWidget(m_nothing);
    connect(m_activity, &QPushButton::clicked, this, &StatusStrip::activityWanted);
    setState({});
}

void StatusStrip::setState(const std::optional<ShellState> &state)
{
    if (state == m_state && !m_text->spans().empty()) {
        return;
    }
    m_state = state;
    show();
}

void StatusStrip::say(const QString &sentence)
{
    m_sentence = sentence;
    show();
}

QString StatusStrip::text() const
{
    return plainText(m_text->spans());
}

void StatusStrip::show()
{
    const auto &c = colours();
    m_nothing->setVisible(!m_state);
    m_activity->setVisible(m_state.has_value());
    m_activityKey->setVisible(m_state.has_value());
    m_workers->setVisible(m_state && !m_state->workers.text.isEmpty());
    m_brokers->setVisible(m_state && !m_state->brokers.text.isEmpty());
    Spans spans;
    StateLook look;
    if (!m_sentence.isEmpty()) {
        look = {QStringLiteral("info"), {}, Tone::Accent};
        spans = {{.text = m_sentence}};
    } else if (!m_state) {
        spans = {{.text = tr("No context, nothing is asked"), .role = TextRole::Muted}};
    } else if (m_state->operation.kind == OperationLine::Kind::None) {
        spans = {{.text = tr("Nothing was changed in this session"), .role = TextRole::Muted}};
    } else {
        const auto &line = m_state->operation;
        const bool running = line.kind == OperationLine::Kind::Running;
        look = running ? lookOf(Standing::Restarting) : lookOf(line.outcome);
        spans = {{.text = line.what}, {.text = QLatin1String("  ") + line.note, .role = TextRole::Muted}};
    }
    m_glyph->setVisible(!look.icon.isEmpty());
    m_glyph->setContent(look.icon, toneColours(look.tone).graphic, {});
    m_text->setSpans(std::move(spans));
    if (m_state) {
        const auto &workers = m_state->workers;
        const auto &brokers = m_state->brokers;
        m_workers->setContent(
            QStringLiteral("worker"), workers.wrong ? c.unknown.graphic : c.textMuted, workers.text, workers.toolTip);
        m_brokers->setContent(
            QStringLiteral("broker"), brokers.wrong ? c.unknown.graphic : c.textMuted, brokers.text, brokers.toolTip);
    }
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.fillRect(rect(), colours().surface);
    p.fillRect(QRect(0, 0, width(), 1), colours().border);
}

GlyphLabel::GlyphLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void GlyphLabel::setContent(const QString &icon, const QColor &colour, const QString &text, const QString &toolTip)
{
    m_icon = icon;
    m_colour = colour;
    m_text = text;
    setToolTip(toolTip);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize GlyphLabel::sizeHint() const
{
    const QFontMetrics metrics(fontOf(TextStyle::Small));
    const int icon = m_icon.isEmpty() ? 0 : glyph + (m_text.isEmpty() ? 0 : 6);
    return {
        icon + metrics.horizontalAdvance(m_text) + (m_text.isEmpty() ? 0 : 2), std::max(glyph, metrics.height()) + 2};
}

void GlyphLabel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    Lane lane(&p, rect());
    if (!m_icon.isEmpty()) {
        const auto place = lane.takeLeading(glyph, 6);
        paintSymbol(&p, QRect(place.x(), (height() - glyph) / 2, glyph, glyph), m_icon, m_colour);
    }
    p.setFont(fontOf(TextStyle::Small));
    p.setPen(colours().textMuted);
    p.drawText(lane.rest(), int(Qt::AlignVCenter | Qt::AlignLeft), m_text);
}

} // namespace headgate
