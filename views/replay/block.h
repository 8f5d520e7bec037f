// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace headgate {

class PlainLabel;

//! A numbered card of the replay page: number, title and a muted note in one line, its content below.
class Block : public QFrame
{
    Q_OBJECT
public:
    Block(int number, const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setNote(const QString &note);
    QHBoxLayout *head() const { return m_head; } //!< what is added stands at its far end
    QVBoxLayout *body() const { return m_body; }
    static constexpr int padding = 14;

private:
    int m_number;
    PlainLabel *m_title;
    PlainLabel *m_note;
    QHBoxLayout *m_head;
    QVBoxLayout *m_body;
};

} // namespace headgate
