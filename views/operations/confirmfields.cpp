// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/confirmfields.h"

#include "models/operations/person.h"
#include "views/common/fonts.h"
#include "views/common/plainlabel.h"
#include "views/operations/namefield.h"

#include <QVBoxLayout>

namespace headgate {

namespace {

//! A labelled field over the whole width.
QWidget *makeRow(const QString &caption, QWidget *field, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *label = new PlainLabel(caption, TextStyle::Body, row);
    label->muted()->setFixedWidth(int(96 * fontScale()));
    label->setWordWrap(true);
    label->setBuddy(field);
    field->setAccessibleName(caption);
    layout->addWidget(label);
    layout->addWidget(field, 1);
    return row;
}

} // namespace

ConfirmFields::ConfirmFields(QWidget *parent)
    : QWidget(parent)
    , m_person(new QLineEdit(this))
    , m_reason(new QLineEdit(this))
    , m_name(new NameField(this))
    , m_nameRow(new QWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_person->setObjectName(QStringLiteral("person"));
    m_person->setPlaceholderText(tr("Name <mail>, asked once"));
    m_reason->setObjectName(QStringLiteral("reason"));
    m_name->setObjectName(QStringLiteral("typedName"));
    m_name->setAccessibleName(tr("Type the connector's name to go on"));
    column->addWidget(m_personRow = makeRow(tr("Who"), m_person, this));
    column->addWidget(makeRow(tr("Reason"), m_reason, this));
    auto *name = new QVBoxLayout(m_nameRow);
    name->setContentsMargins(0, 4, 0, 0);
    name->addWidget(new PlainLabel(m_name->accessibleName(), TextStyle::BodyStrong, m_nameRow));
    name->addWidget(m_name);
    column->addWidget(m_nameRow);
    for (auto *field : {m_person, m_reason, static_cast<QLineEdit *>(m_name)}) {
        connect(field, &QLineEdit::textChanged, this, &ConfirmFields::changed);
    }
}

void ConfirmFields::setNeeds(bool reason, bool typedName)
{
    m_reasonNeeded = reason;
    m_personRow->setVisible(storedPerson().isEmpty());
    m_reason->setPlaceholderText(reason ? QString() : tr("optional"));
    m_nameRow->setVisible(typedName);
}

void ConfirmFields::setLettersToGo(int letters)
{
    m_name->setLettersToGo(letters);
}

Confirmation ConfirmFields::confirmation() const
{
    const auto stored = storedPerson();
    return {stored.isEmpty() ? m_person->text().simplified() : stored, m_reason->text().trimmed(), m_name->text()};
}

void ConfirmFields::keepPerson()
{
    if (storedPerson().isEmpty()) {
        storePerson(m_person->text().simplified());
    }
}

void ConfirmFields::clear()
{
    m_reason->clear();
    m_name->clear();
}

QWidget *ConfirmFields::firstEmpty() const
{
    for (auto *field : {m_person, m_reason, static_cast<QLineEdit *>(m_name)}) {
        const bool needed = field != m_reason || m_reasonNeeded;
        if (field->isVisibleTo(window()) && needed && field->text().isEmpty()) {
            return field;
        }
    }
    return nullptr;
}

} // namespace headgate
