// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/operationpane.h"

#include "models/common/agetext.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/operations/interruptedbox.h"
#include "views/operations/operationlook.h"

#include <QAction>
#include <QFrame>
#include <QGridLayout>
#include <QPainter>

namespace headgate {

namespace {

QString seenText(const Operation &operation)
{
    if (operation.error) {
        return errorText(*operation.error).sentence();
    }
    if (!operation.observed.isEmpty()) {
        return shownText(operation.observed, 600);
    }
    return operation.outcome ? QString() : phaseText(operation.phase);
}

} // namespace

OperationPane::OperationPane(QList<QAction *> actions, InterruptedBox *interrupted, QWidget *parent)
    : QWidget(parent)
    , m_content(new QWidget(this))
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_chip(new Chip)
    , m_seen(new SpansLabel)
    , m_requests(new PlainLabel({}, TextStyle::Code))
    , m_who(new PlainLabel)
    , m_reason(new PlainLabel)
    , m_when(new PlainLabel)
    , m_where(new PlainLabel)
    , m_interrupted(interrupted)
    , m_nothing(
          new PlainLabel(tr("Choose an operation to see its requests and what was observed"), TextStyle::Body, this))
{
    setObjectName(QStringLiteral("operationPane"));
    m_title->setWordWrap(true);
    m_requests->setWordWrap(true);
    m_requests->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *frame = new QFrame;
    frame->setProperty("kind", QStringLiteral("inset"));
    auto *inFrame = new QVBoxLayout(frame);
    inFrame->setContentsMargins(10, 8, 10, 8);
    inFrame->addWidget(m_requests);

    auto *facts = new QGridLayout;
    facts->setColumnMinimumWidth(0, 90);
    facts->setColumnStretch(1, 1);
    const std::pair<QString, PlainLabel *> rows[] {
        {tr("Who"), m_who}, {tr("Reason"), m_reason}, {tr("When"), m_when}, {tr("Where"), m_where}};
    int row = 0;
    for (const auto &[caption, value] : rows) {
        value->setWordWrap(true);
        facts->addWidget((new PlainLabel(caption))->muted(), row, 0, Qt::AlignTop);
        facts->addWidget(value, row++, 1);
    }
    auto *buttons = new QHBoxLayout;
    for (auto *action : actions) {
        buttons->addWidget(makeActionButton(action, ButtonKind::Normal, m_content));
    }
    buttons->addStretch(1);

    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_chip, 0, Qt::AlignLeft);
    column->addWidget(m_seen);
    column->addWidget(m_interrupted);
    column->addWidget(new PlainLabel(tr("Requests"), TextStyle::BodyStrong));
    column->addWidget(frame);
    column->addLayout(facts);
    column->addStretch(1);
    column->addLayout(buttons);
    m_nothing->muted()->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 16, 16, 12);
    outer->addWidget(m_content, 1);
    outer->addWidget(m_nothing, 1);
    setOperation(nullptr, {});
}

void OperationPane::setOperation(const Operation *operation, Instant now)
{
    m_content->setVisible(operation != nullptr);
    m_nothing->setVisible(operation == nullptr);
    if (!operation) {
        return;
    }
    m_title->setText(operationTitle(operation->request));
    m_chip->setLook(lookOf(*operation));
    m_seen->setSpans({{.text = seenText(*operation)}});
    m_interrupted->setOperation(*operation);
    QStringList lines;
    for (const auto &request : operation->requests) {
        lines << QString::fromUtf8(request.method + ' ' + request.path);
    }
    m_requests->setText(lines.isEmpty() ? tr("nothing was sent") : lines.join(QLatin1Char('\n')));
    m_who->setText(shownText(operation->person, 120));
    m_reason->setText(
        operation->request.reason.isEmpty() ? tr("none given") : shownText(operation->request.reason, 400));
    m_when->setText(operation->endedAt == Instant {}
            ? tr("%1, not ended").arg(momentText(operation->startedAt, now))
            : tr("%1 to %2").arg(momentText(operation->startedAt, now), momentText(operation->endedAt, now)));
    m_where->setText(tr("%1, Connect cluster %2")
            .arg(shownText(operation->request.connector.context.text, 80),
                shownText(operation->request.connector.cluster.text, 80)));
}

void OperationPane::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.fillRect(rect(), colours().surface);
    readAs(&p, layoutDirection());
    p.fillRect(Lane(&p, rect()).takeLeading(1), colours().border);
}

} // namespace headgate
