// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deadletters/redrivebar.h"

#include "models/common/numberformat.h"
#include "views/common/buttons.h"
#include "views/common/flowrow.h"
#include "views/common/plainlabel.h"

#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace headgate {

RedriveBar::RedriveBar(DeadLetterViewModel &model, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_what(new PlainLabel({}, TextStyle::BodyStrong))
    , m_takes((new PlainLabel)->muted())
    , m_note((new PlainLabel({}, TextStyle::Caption))->muted())
    , m_target(new QLineEdit)
    , m_rate(new QSpinBox)
    , m_preview(makeButton(tr("Preview..."), ButtonKind::Primary))
{
    setObjectName(QStringLiteral("redriveBar"));
    setProperty("kind", QStringLiteral("surface"));
    m_what->setObjectName(QStringLiteral("redriveWhat"));
    m_target->setObjectName(QStringLiteral("redriveTarget"));
    m_target->setAccessibleName(tr("Topic to send to"));
    m_target->setPlaceholderText(tr("the topic each came from"));
    m_target->setMinimumWidth(190);
    m_rate->setObjectName(QStringLiteral("redriveRate"));
    m_rate->setAccessibleName(tr("Records a second"));
    m_rate->setRange(1, int(RedriveRequest::maxRate));
    m_rate->setSuffix(tr(" /s"));
    m_rate->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_rate->setKeyboardTracking(false);
    m_rate->setValue(int(m_model.state().request.perSecond));
    m_preview->setObjectName(QStringLiteral("redrivePreview"));
    setButtonSymbol(m_preview, QStringLiteral("replay"));
    m_note->setObjectName(QStringLiteral("redriveNote"));
    m_note->setWordWrap(true);
    auto *row = new FlowRow;
    row->setSpacing(8);
    row->addWidget(m_what);
    row->addWidget(new PlainLabel(tr("to")));
    row->addWidget(m_target);
    row->addWidget(new PlainLabel(tr("at")));
    row->addWidget(m_rate);
    row->addWidget(m_takes);
    row->addWidget(m_preview);
    row->setTrailing(m_preview);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_note);
    connect(m_target, &QLineEdit::textEdited, &m_model, &DeadLetterViewModel::setTarget);
    connect(m_rate, &QSpinBox::valueChanged, this, [this](int value) { m_model.setRate(value); });
    connect(m_preview, &QPushButton::clicked, this, &RedriveBar::previewWanted);
}

void RedriveBar::show(const DeadLetterViewModel::State &state)
{
    const int chosen = int(state.chosen.size());
    const bool busy = m_model.isBusy();
    m_what->setText(tr("Send %n record(s) again", nullptr, chosen));
    const auto seconds = std::ceil(chosen / std::max(state.request.perSecond, 1.0));
    m_takes->setText(chosen > 0 ? tr("takes %1").arg(durationText(Milliseconds(qint64(1000 * seconds)))) : QString());
    // A running one has a window to be opened again.
    const auto reason = busy ? QString()
        : chosen == 0        ? tr("no record is chosen")
        : size_t(chosen) > RedriveRequest::maxRecords
        ? tr("more than %1 records at once").arg(fullNumber(qint64(RedriveRequest::maxRecords)))
        : QString();
    m_preview->setText(busy ? tr("Look at it...") : tr("Preview..."));
    m_preview->setEnabled(reason.isEmpty());
    m_preview->setToolTip(reason);
    m_preview->setAccessibleDescription(reason);
    m_target->setEnabled(!busy);
    m_rate->setEnabled(!busy);
    m_note->setText(busy  ? tr("A redrive is running; it goes on when this page is left.")
            : chosen == 0 ? tr("Choose records to send them again. Those that are left stay in the queue.")
                          : tr("Keys, values and headers as they are. The queue stays as it is; what was sent goes to "
                               "the operations log."));
}

} // namespace headgate
