// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/errorframe.h"

#include "views/common/buttons.h"
#include "views/common/flowrow.h"
#include "views/common/keyhintsline.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/common/statelook.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace headgate {

namespace {

constexpr int severityBar = 4;

} // namespace

ErrorFrame::ErrorFrame(QWidget *parent)
    : QFrame(parent)
    , m_title(new SpansLabel)
    , m_trace(makeSmallButton(tr("Full trace"), ButtonKind::Link))
    , m_traceKey(new KeyHintsLine({{QStringLiteral("T"), {}}}))
    , m_cause(new SpansLabel)
    , m_record(new PlainLabel)
    , m_advice((new PlainLabel({}, TextStyle::Caption))->muted())
    , m_offers(new QWidget)
    , m_offerColumn(new QVBoxLayout(m_offers))
{
    setObjectName(QStringLiteral("errorBlock"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(6);
    auto *row = new QHBoxLayout;
    m_title->setMaxLines(1);
    m_trace->setObjectName(QStringLiteral("fullTrace"));
    m_trace->setToolTip(tr("T"));
    row->addWidget(m_title, 1);
    row->addWidget(m_trace);
    row->addWidget(m_traceKey);
    column->addLayout(row);
    column->addWidget(m_cause);
    m_record->setObjectName(QStringLiteral("errorRecord"));
    m_record->setWordWrap(true);
    column->addWidget(m_record);
    m_advice->setWordWrap(true);
    column->addWidget(m_advice);
    m_offerColumn->setContentsMargins(0, 2, 0, 0);
    m_offerColumn->setSpacing(6);
    column->addWidget(m_offers);
    connect(m_trace, &QPushButton::clicked, this, &ErrorFrame::traceRequested);
    hide();
}

void ErrorFrame::setError(const std::optional<ErrorBlock> &error)
{
    setVisible(error.has_value());
    if (!error || error == m_error) {
        m_error = error;
        return;
    }
    m_error = error;
    m_title->setTone(lookOf(error->tone).tone);
    m_title->setSpans({{error->title, TextRole::Text, true}});
    m_cause->setSpans(error->cause);
    m_record->setText(error->record);
    m_record->setVisible(!error->record.isEmpty());
    m_advice->setText(error->advice);
    m_advice->setVisible(!error->advice.isEmpty());
    m_trace->setVisible(!error->trace.isEmpty());
    m_traceKey->setVisible(!error->trace.isEmpty());
    showOffers();
    setAccessibleName(QStringList {error->title, plainText(error->cause), error->record}.join(QStringLiteral(". ")));
    update();
}

void ErrorFrame::showOffers()
{
    while (auto *item = m_offerColumn->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_offers->setVisible(!m_error->offers.empty());
    auto *line = new QWidget;
    auto *row = new FlowRow(line);
    row->setSpacing(8);
    m_offerColumn->addWidget(line);
    for (const auto &offer : m_error->offers) {
        auto *button = makeSmallButton(offer.label);
        button->setEnabled(offer.isEnabled());
        button->setAccessibleName(tr("Next step: %1").arg(offer.label));
        button->setAccessibleDescription(offer.isEnabled() ? offer.note : offer.reason);
        connect(button, &QPushButton::clicked, this, [this, request = offer.request] { Q_EMIT actRequested(request); });
        row->addWidget(button);
        const auto &said = offer.isEnabled() ? offer.note : offer.reason;
        if (!said.isEmpty()) {
            auto *note
                = (new PlainLabel(tr("%1: %2", "button: note").arg(offer.label, said), TextStyle::Caption))->muted();
            note->setWordWrap(true);
            m_offerColumn->addWidget(note);
        }
    }
}

void ErrorFrame::paintEvent(QPaintEvent *)
{
    if (!m_error) {
        return;
    }
    const auto tone = toneColours(lookOf(m_error->tone).tone);
    QPainter painter(this);
    painter.fillRect(rect(), tone.bg);
    readAs(&painter, layoutDirection());
    painter.fillRect(Lane(&painter, rect()).takeLeading(severityBar), tone.graphic);
    painter.fillRect(QRect(0, 0, width(), 1), tone.border);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tone.border);
}

} // namespace headgate
