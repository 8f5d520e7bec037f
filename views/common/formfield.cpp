// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/formfield.h"

#include "views/common/plainlabel.h"
#include "views/common/symbolicon.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace headgate {

namespace {

//! Of all fields, so that they stand in one column; longer words wrap.
int labelWidth()
{
    return int(132 * fontScale());
}

//! The cross in front of a fault.
class FaultGlyph final : public QWidget
{
public:
    explicit FaultGlyph(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(14, 16);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintSymbol(&painter, QRect(0, 2, 12, 12), QStringLiteral("state-failed"), toneColours(Tone::Fail).graphic);
    }
};

} // namespace

FormField::FormField(const QString &label, QWidget *control, const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_note(new QWidget(this))
    , m_noteText(new PlainLabel({}, TextStyle::Caption, this))
    , m_glyph(new FaultGlyph(m_note))
    , m_hint(hint)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    auto *name = new PlainLabel(label, TextStyle::Body, this);
    name->muted();
    name->setFixedWidth(labelWidth());
    name->setWordWrap(true);
    name->setMinimumHeight(30);
    name->setBuddy(control);
    row->addWidget(name, 0, Qt::AlignTop);

    auto *column = new QVBoxLayout;
    column->setSpacing(3);
    const bool narrow = control->sizePolicy().horizontalPolicy() == QSizePolicy::Maximum;
    column->addWidget(control, 0, narrow ? Qt::AlignLeft : Qt::Alignment());
    auto *note = new QHBoxLayout(m_note);
    note->setContentsMargins(0, 0, 0, 0);
    note->setSpacing(4);
    m_noteText->setWordWrap(true);
    note->addWidget(m_glyph, 0, Qt::AlignTop);
    note->addWidget(m_noteText, 1);
    column->addWidget(m_note);
    row->addLayout(column, 1);
    if (control->accessibleName().isEmpty()) {
        control->setAccessibleName(label);
    }
    showNote();
}

void FormField::setHint(const QString &hint)
{
    m_hint = hint;
    showNote();
}

void FormField::setFault(const QString &sentence)
{
    if (sentence == m_fault) {
        return;
    }
    m_fault = sentence;
    m_control->setProperty("fault", !sentence.isEmpty());
    m_control->setAccessibleDescription(sentence);
    m_control->style()->unpolish(m_control);
    m_control->style()->polish(m_control);
    showNote();
}

void FormField::showNote()
{
    m_noteText->setText(m_fault.isEmpty() ? m_hint : m_fault);
    m_noteText->setProperty("role", m_fault.isEmpty() ? QStringLiteral("muted") : QStringLiteral("fail"));
    m_noteText->style()->unpolish(m_noteText);
    m_noteText->style()->polish(m_noteText);
    m_glyph->setVisible(!m_fault.isEmpty());
    m_note->setVisible(!m_noteText->text().isEmpty());
}

} // namespace headgate
