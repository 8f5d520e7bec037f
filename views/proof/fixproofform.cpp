// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/proof/fixproofform.h"

#include "models/common/numberformat.h"
#include "views/common/formfield.h"
#include "views/common/segmentedchoice.h"

#include <QIntValidator>
#include <QLineEdit>
#include <QVBoxLayout>

namespace headgate {

FixProofForm::FixProofForm(QWidget *parent)
    : QWidget(parent)
    , m_tolerance(new SegmentedChoice(tr("Refused records"), this))
    , m_topic(new QLineEdit(this))
    , m_copies(new QLineEdit(this))
    , m_value(makeConverter(tr("Values"), "valueConverter"))
    , m_key(makeConverter(tr("Keys"), "keyConverter"))
    , m_records(new SegmentedChoice(tr("Records"), this))
{
    using Tolerance = FixChoices::Tolerance;
    m_tolerance->setObjectName(QStringLiteral("tolerance"));
    m_tolerance->add(int(Tolerance::Keep), tr("As it is"));
    m_tolerance->add(int(Tolerance::Stop), tr("Stop the task"));
    m_tolerance->add(int(Tolerance::SetAside), tr("Set aside"));
    m_topic->setObjectName(QStringLiteral("deadLetterTopic"));
    m_topic->setPlaceholderText(tr("as it is"));
    m_copies->setObjectName(QStringLiteral("copies"));
    m_copies->setValidator(new QIntValidator(1, 99, m_copies));
    m_copies->setPlaceholderText(tr("as it is"));
    m_records->setObjectName(QStringLiteral("records"));
    for (const int count : {ProofRequest::usualRecords, 2000, ProofRequest::mostRecords}) {
        m_records->add(count, fullNumber(count));
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(new FormField(tr("Refused records"), m_tolerance, {}, this));
    column->addWidget(new FormField(tr("Dead letter topic"), m_topic, {}, this));
    column->addWidget(new FormField(tr("Its copies"), m_copies, {}, this));
    column->addWidget(new FormField(tr("Values"), m_value, {}, this));
    column->addWidget(new FormField(tr("Keys"), m_key, {}, this));
    column->addWidget(new FormField(tr("Records"), m_records, {}, this));
    setChoices({});
}

SegmentedChoice *FixProofForm::makeConverter(const QString &name, const char *object)
{
    using Converter = FixChoices::Converter;
    auto *choice = new SegmentedChoice(name, this);
    choice->setObjectName(QLatin1String(object));
    choice->add(int(Converter::Keep), tr("As it is"));
    choice->add(int(Converter::Json), tr("JSON"));
    choice->add(int(Converter::JsonWithSchema), tr("JSON, schema"));
    choice->add(int(Converter::String), tr("String"));
    choice->add(int(Converter::Bytes), tr("Bytes"));
    return choice;
}

void FixProofForm::setChoices(const FixChoices &choices)
{
    m_tolerance->choose(int(choices.tolerance));
    m_topic->setText(choices.deadLetterTopic);
    m_copies->setText(choices.copies > 0 ? QString::number(choices.copies) : QString());
    m_value->choose(int(choices.value));
    m_key->choose(int(choices.key));
    m_records->choose(choices.records);
}

FixChoices FixProofForm::choices() const
{
    return {.tolerance = FixChoices::Tolerance(m_tolerance->chosen()),
        .deadLetterTopic = m_topic->text().trimmed(),
        .copies = m_copies->text().toInt(),
        .value = FixChoices::Converter(m_value->chosen()),
        .key = FixChoices::Converter(m_key->chosen()),
        .records = m_records->chosen()};
}

} // namespace headgate
