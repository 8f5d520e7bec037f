// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/block.h"

#include "views/common/plainlabel.h"

#include <QHBoxLayout>

namespace headgate {

Block::Block(int number, const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_number(number)
    , m_title(new PlainLabel({}, TextStyle::Section, this))
    , m_note(new PlainLabel({}, TextStyle::Caption, this))
    , m_head(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    setProperty("kind", QStringLiteral("card"));
    m_note->muted()->setElided(true);
    m_head->setContentsMargins(padding, 10, padding, 8);
    m_head->setSpacing(8);
    m_head->addWidget(m_title);
    m_head->addWidget(m_note, 1);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(m_head);
    column->addLayout(m_body);
    setTitle(title);
}

void Block::setTitle(const QString &title)
{
    m_title->setText(QStringLiteral("%1  %2").arg(m_number).arg(title));
    setAccessibleName(title);
}

void Block::setNote(const QString &note)
{
    m_note->setText(note);
}

} // namespace headgate
