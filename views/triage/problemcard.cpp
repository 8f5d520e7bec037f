// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/triage/problemcard.h"

#include "themetokens.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/factlabel.h"
#include "views/common/flowrow.h"
#include "views/common/glyph.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace headgate {

namespace {

constexpr int textLeft = 46; //!< where everything but the title begins
constexpr int titleLeft = 18;
constexpr int glyphSide = 20;
constexpr int captionWidth = 100;
constexpr int fourColumnsFrom = 620;
constexpr int severityBar = 4;

QString buttonIcon(CardAct act)
{
    switch (act) {
    case CardAct::CopyReport:
        return QStringLiteral("copy");
    case CardAct::LookAtRecord:
    case CardAct::ReadTrace:
    case CardAct::ProveFix:
    case CardAct::ReplayPast:
    case CardAct::OpenConnector:
    case CardAct::ShowConnectors:
    case CardAct::Operate:
        break;
    }
    return {};
}

} // namespace

ProblemCard::ProblemCard(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new Glyph(glyphSide))
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_chip(new Chip)
    , m_since(new SpansLabel)
    , m_cause(new SpansLabel)
    , m_factsRow(new QWidget)
    , m_factsGrid(new QGridLayout(m_factsRow))
    , m_touchesCaption((new PlainLabel(tr("Touches")))->muted())
    , m_touches(new SpansLabel)
    , m_recovered(new SpansLabel)
    , m_buttonRow(new FlowRow)
{
    setObjectName(QStringLiteral("problemCard"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(asRead(0, 10, 14, 12));
    column->setSpacing(6);
    column->addWidget(makeTitleRow());
    auto *body = new QVBoxLayout;
    body->setContentsMargins(asRead(textLeft, 0, 0, 0));
    body->setSpacing(7);
    body->addWidget(m_cause);
    m_factsGrid->setContentsMargins(0, 1, 0, 1);
    m_factsGrid->setHorizontalSpacing(16);
    m_factsGrid->setVerticalSpacing(6);
    body->addWidget(m_factsRow);
    m_story = makeStory();
    body->addWidget(m_story);
    m_buttonRow->setContentsMargins(0, 3, 0, 0);
    m_buttonRow->setSpacing(8);
    body->addLayout(m_buttonRow);
    column->addLayout(body);
}

QWidget *ProblemCard::makeTitleRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(asRead(titleLeft, 0, 0, 0));
    layout->setSpacing(8);
    m_title->setElided(true);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_since->setMaxLines(1);
    auto *words = new FlowRow;
    words->setSpacing(8);
    words->addWidget(m_title);
    words->addWidget(m_chip);
    words->addWidget(m_since);
    words->setTrailing(m_since);
    layout->addWidget(m_glyph, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    return row;
}

QWidget *ProblemCard::makeStory()
{
    auto *story = new QWidget;
    auto *grid = new QGridLayout(story);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->setColumnMinimumWidth(0, captionWidth);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_touchesCaption, 0, 0, Qt::AlignTop);
    grid->addWidget(m_touches, 0, 1);
    grid->addWidget((new PlainLabel(tr("Recovered when")))->muted(), 1, 0, Qt::AlignTop);
    grid->addWidget(m_recovered, 1, 1);
    return story;
}

void ProblemCard::setCard(const TriageCard &card)
{
    if (card == m_card) {
        return;
    }
    const auto before = std::exchange(m_card, card);
    const auto look = lookOf(card.tone);
    m_glyph->setLook(look);
    m_title->setText(card.title);
    m_chip->setLook({look.icon, card.chip, look.tone});
    m_since->setSpans({{card.since + QStringLiteral(" · "), TextRole::Muted}, {card.duration, TextRole::Text, true}});
    m_cause->setSpans(card.cause);
    m_touches->setSpans(card.touches);
    m_touches->setVisible(!card.touches.empty());
    m_touchesCaption->setVisible(!card.touches.empty());
    m_recovered->setSpans(card.recoveredWhen);
    if (before.facts != card.facts) {
        showFacts();
    }
    if (before.buttons != card.buttons) {
        showButtons();
    }
    setAccessibleName(card.spoken());
    update();
}

void ProblemCard::showFacts()
{
    while (m_facts.size() > m_card.facts.size()) {
        delete m_facts.back();
        m_facts.pop_back();
    }
    while (m_facts.size() < m_card.facts.size()) {
        m_facts.push_back(new FactLabel);
        m_facts.back()->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // columns of one width in all cards
    }
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        const auto &fact = m_card.facts[i];
        m_facts[i]->setCaption(fact.caption);
        m_facts[i]->setSpans(fact.value);
        m_facts[i]->setSpark(fact.spark, toneColours(lookOf(m_card.tone).tone).graphic);
    }
    m_factsRow->setVisible(!m_facts.empty());
    placeFacts();
}

//! Four columns flow to two where four would elide numbers.
void ProblemCard::placeFacts()
{
    const double scale = fontScale();
    const int columns = width() - textLeft >= fourColumnsFrom * scale ? 4 : 2;
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        m_factsGrid->addWidget(m_facts[i], int(i) / columns, int(i) % columns);
    }
    for (int column = 0; column < 4; ++column) {
        m_factsGrid->setColumnStretch(column, column < columns ? 1 : 0);
    }
}

void ProblemCard::showButtons()
{
    while (auto *item = m_buttonRow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_buttons.clear();
    for (const auto &button : m_card.buttons) {
        auto *widget = makeSmallButton(button.text);
        widget->setObjectName(QStringLiteral("cardButton%1").arg(m_buttons.size() + 1));
        widget->setEnabled(button.reason.isEmpty());
        widget->setAccessibleName(QString(button.text + QStringLiteral(", ") + m_card.title));
        widget->setAccessibleDescription(button.reason.isEmpty() ? button.note : button.reason);
        if (const auto icon = buttonIcon(button.act); !icon.isEmpty()) {
            setButtonSymbol(widget, icon);
        }
        connect(widget, &QPushButton::clicked, this, [this, button] { Q_EMIT acted(button); });
        m_buttonRow->addWidget(widget);
        m_buttons.push_back(widget);
        if (const auto note = button.reason.isEmpty() ? button.note : button.reason; !note.isEmpty()) {
            m_buttonRow->addWidget((new PlainLabel(note, TextStyle::Caption))->muted());
        }
    }
    markPrimary();
}

void ProblemCard::markPrimary()
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        setButtonKind(m_buttons[i], m_selected && i == 0 ? ButtonKind::Primary : ButtonKind::Normal);
    }
}

void ProblemCard::setSelected(bool selected)
{
    if (selected != m_selected) {
        m_selected = selected;
        markPrimary();
        update();
    }
}

void ProblemCard::setFolded(bool folded)
{
    m_factsRow->setVisible(!folded && !m_facts.empty());
    m_story->setVisible(!folded);
}

void ProblemCard::press(int button)
{
    if (button >= 0 && button < int(m_buttons.size())) {
        m_buttons[std::size_t(button)]->click();
    }
}

void ProblemCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal inset = m_selected ? 1.0 : 0.5;
    QPainterPath outline;
    outline.addRoundedRect(
        QRectF(rect()).adjusted(inset, inset, -inset, -inset), tokens::radius::card, tokens::radius::card);
    painter.fillPath(outline, colours().surface);
    painter.setClipPath(outline);
    readAs(&painter, layoutDirection());
    const QRectF bar(0, 0, severityBar + inset, height());
    painter.fillRect(mirrored(&painter, QRectF(rect()), bar), toneColours(lookOf(m_card.tone).tone).graphic);
    painter.setClipping(false);
    painter.setPen(QPen(m_selected ? colours().accent : colours().border, m_selected ? 2 : 1));
    painter.drawPath(outline);
}

void ProblemCard::mousePressEvent(QMouseEvent *event)
{
    QFrame::mousePressEvent(event);
    Q_EMIT chosen();
}

void ProblemCard::mouseDoubleClickEvent(QMouseEvent *event)
{
    QFrame::mouseDoubleClickEvent(event);
    Q_EMIT opened();
}

void ProblemCard::focusInEvent(QFocusEvent *event)
{
    QFrame::focusInEvent(event);
    Q_EMIT chosen();
}

void ProblemCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeFacts();
}

} // namespace headgate
