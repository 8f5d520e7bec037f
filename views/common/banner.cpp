// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/banner.h"

#include "themetokens.h"
#include "views/common/buttons.h"
#include "views/common/lane.h"
#include "views/common/symbolicon.h"

#include <QHBoxLayout>
#include <QPainter>

namespace headgate {

namespace {

QMargins padding()
{
    return asRead(40, 8, 12, 8);
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_text(new SpansLabel(this))
    , m_button(makeSmallButton({}, ButtonKind::Normal, this))
{
    setObjectName(QStringLiteral("banner"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum); // a second line of text needs room
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(padding());
    row->setSpacing(12);
    row->addWidget(m_text, 1, Qt::AlignVCenter);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    connect(m_button, &QPushButton::clicked, this, &Banner::acted);
}

void Banner::say(const StateLook &look, const QString &firstClause, const QString &rest, const QString &button)
{
    m_look = look;
    Spans spans {{.text = firstClause, .strong = true}};
    if (!rest.isEmpty()) {
        spans.push_back({.text = QLatin1Char(' ') + rest});
    }
    m_text->setTone(look.tone);
    m_text->setSpans(std::move(spans));
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(text());
    update();
}

void Banner::setRoom(const QMargins &room)
{
    m_room = room;
    layout()->setContentsMargins(padding() + room);
    update();
}

QString Banner::text() const
{
    return plainText(m_text->spans());
}

void Banner::paintEvent(QPaintEvent *)
{
    const auto tone = toneColours(m_look.tone);
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(tone.border);
    p.setBrush(tone.bg);
    const auto frame = rect().marginsRemoved(m_room);
    p.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::card, tokens::radius::card);
    readAs(&p, layoutDirection());
    const QRect glyph(frame.left() + 14, frame.center().y() - 7, 16, 16);
    paintSymbol(&p, mirrored(&p, frame, glyph), m_look.icon, tone.fg);
}

} // namespace headgate
