// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace headgate {

class PlainLabel;

/*! One row of a form: label left, control right, below it a hint that a fault replaces (glyph and sentence, border of
 * the control in the fault's colour). The label is the control's buddy and accessible name. */
class FormField final : public QWidget
{
    Q_OBJECT
public:
    FormField(const QString &label, QWidget *control, const QString &hint = {}, QWidget *parent = nullptr);
    QWidget *control() const { return m_control; }
    void setHint(const QString &hint);
    //! Empty: no fault, the hint is back.
    void setFault(const QString &sentence);
    QString fault() const { return m_fault; }

private:
    void showNote();

    QWidget *m_control;
    QWidget *m_note;
    PlainLabel *m_noteText;
    QWidget *m_glyph;
    QString m_hint, m_fault;
};

} // namespace headgate
