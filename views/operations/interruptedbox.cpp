// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/interruptedbox.h"

#include "models/operations/operationtext.h"
#include "views/common/buttons.h"
#include "views/common/plainlabel.h"

#include <QAction>
#include <QVBoxLayout>

namespace headgate {

InterruptedBox::InterruptedBox(QAction *lookAgain, const QList<QAction *> &closing, QWidget *parent)
    : QFrame(parent)
    , m_text(new PlainLabel({}, TextStyle::Body, this))
{
    setObjectName(QStringLiteral("interruptedBox"));
    setProperty("kind", QStringLiteral("inset"));
    m_text->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 10);
    column->setSpacing(8);
    column->addWidget(m_text);
    column->addWidget(makeActionButton(lookAgain, ButtonKind::Primary, this), 0, Qt::AlignLeft);
    column->addWidget(new PlainLabel(tr("Or close it with what you know"), TextStyle::BodyStrong, this));
    for (auto *action : closing) {
        column->addWidget(makeActionButton(action, ButtonKind::Normal, this), 0, Qt::AlignLeft);
    }
}

void InterruptedBox::setOperation(const Operation &operation)
{
    setVisible(operation.interrupted && !operation.outcome);
    if (!operation.letGoBy.isEmpty()) {
        m_text->setText(tr("%1 stopped waiting. Nothing was sent since.").arg(personName(operation.letGoBy)));
        return;
    }
    m_text->setText(operation.observed.isEmpty()
            ? tr("Headgate ended before the outcome was seen. Nothing was sent again, and nobody looked since.")
            : tr("Headgate ended before the outcome was seen. Nothing was sent again; above is what the workers say "
                 "now."));
}

} // namespace headgate
