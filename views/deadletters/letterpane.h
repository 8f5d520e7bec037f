// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deadletters/deadletterviewmodel.h"

#include <QFrame>

class QPlainTextEdit;
class QPushButton;

namespace headgate {

class FactGrid;
class LinesBox;
class PlainLabel;
class SegmentedChoice;
class SpansLabel;

/*! One dead letter: its value decoded or in bytes, why it was refused, its headers. The value can be corrected to be
 * sent in place of the old one. GUI thread. */
class LetterPane final : public QFrame
{
    Q_OBJECT
public:
    explicit LetterPane(DeadLetterViewModel &model, QWidget *parent = nullptr);
    void show(const DeadLetterViewModel::State &state);
    void enter();           //!< the focus
    bool leaveCorrection(); //!< false: nothing is being corrected

Q_SIGNALS:
    void said(const QString &sentence);
    void correctedWanted(); //!< the record is chosen alone, its value set: a preview follows

private:
    QLayout *makeHead();
    QLayout *makeValueFoot();
    QWidget *makeReason();
    void showValue();
    void showReason();
    void showButtons();
    void correct();
    void send();

    DeadLetterViewModel &m_model;
    std::optional<DeadLetterViewModel::Shown> m_shown;
    bool m_correcting = false;
    QWidget *m_content;
    PlainLabel *m_title;
    SegmentedChoice *m_form;
    PlainLabel *m_from, *m_nothing, *m_keyForm, *m_valueForm;
    SpansLabel *m_error;
    LinesBox *m_key;
    QPlainTextEdit *m_value;
    QPushButton *m_copy, *m_correct, *m_send, *m_discard, *m_copyTrace;
    QWidget *m_reasonSide;
    FactGrid *m_reason;
    PlainLabel *m_noReason;
    LinesBox *m_headers;
    QWidget *m_headersSide;
};

} // namespace headgate
