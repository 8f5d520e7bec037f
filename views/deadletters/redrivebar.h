// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deadletters/deadletterviewmodel.h"

#include <QFrame>

class QLineEdit;
class QPushButton;
class QSpinBox;

namespace headgate {

class PlainLabel;

//! What is to be sent again: how many, to which topic, how fast. Its button only asks for a preview. GUI thread.
class RedriveBar final : public QFrame
{
    Q_OBJECT
public:
    explicit RedriveBar(DeadLetterViewModel &model, QWidget *parent = nullptr);
    void show(const DeadLetterViewModel::State &state);

Q_SIGNALS:
    void previewWanted();

private:
    DeadLetterViewModel &m_model;
    PlainLabel *m_what, *m_takes, *m_note;
    QLineEdit *m_target;
    QSpinBox *m_rate;
    QPushButton *m_preview;
};

} // namespace headgate
