// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/facecard.h"

#include "themetokens.h"
#include "views/common/buttons.h"
#include "views/common/glyph.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"

#include <QPainter>
#include <QVBoxLayout>

namespace headgate {

namespace {

//! Where rows will be, in the colour of grid lines.
class Bars final : public QWidget
{
public:
    Bars() { setFixedHeight(74); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        readAs(&painter, layoutDirection());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours().gridLine);
        for (int row = 0; row < 3; ++row) {
            Lane lane(&painter, QRect(0, 6 + row * 24, width(), 14));
            painter.drawEllipse(lane.takeLeading(14, 10));
            painter.drawRoundedRect(lane.takeLeading(width() * (5 - row) / 8).adjusted(0, 3, 0, -3), 3, 3);
            painter.drawRoundedRect(lane.takeTrailing(56).adjusted(0, 3, 0, -3), 3, 3);
        }
    }
};

} // namespace

FaceCard::FaceCard(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new Glyph(24))
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_text(new PlainLabel)
    , m_button(makeSmallButton({}))
    , m_bars(new Bars)
{
    setObjectName(QStringLiteral("faceCard"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    m_text->muted()->setAlignment(Qt::AlignHCenter);
    m_text->setWordWrap(true);
    column->addWidget(m_glyph, 0, Qt::AlignHCenter);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_bars);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    m_bars->hide();
    connect(m_button, &QPushButton::clicked, this, &FaceCard::acted);
}

void FaceCard::say(const StateLook &look, const QString &title, const QString &text, const QString &button)
{
    m_glyph->setLook(look);
    m_glyph->show();
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_bars->hide();
    setAccessibleName(this->text());
}

void FaceCard::sayLoading(const QString &title, const QString &button)
{
    say(lookOf(Standing::Restarting), title, {}, button);
    m_bars->show();
}

QString FaceCard::text() const
{
    return m_text->text().isEmpty() ? m_title->text()
                                    : QString(m_title->text() + QStringLiteral(". ") + m_text->text());
}

void FaceCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours().border);
    painter.setBrush(colours().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens::radius::card, tokens::radius::card);
}

} // namespace headgate
