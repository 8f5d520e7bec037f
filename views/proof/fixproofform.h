// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/proof/fixproofviewmodel.h"

#include <QWidget>

class QLineEdit;

namespace headgate {

class SegmentedChoice;

//! What is to be tried: tolerance, dead letter topic, converters, how many records.
class FixProofForm final : public QWidget
{
    Q_OBJECT
public:
    explicit FixProofForm(QWidget *parent = nullptr);
    void setChoices(const FixChoices &choices);
    FixChoices choices() const;

private:
    SegmentedChoice *makeConverter(const QString &name, const char *object);

    SegmentedChoice *m_tolerance;
    QLineEdit *m_topic, *m_copies;
    SegmentedChoice *m_value, *m_key, *m_records;
};

} // namespace headgate
