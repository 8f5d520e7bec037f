// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace headgate {

class PlainLabel;

//! What stands in the window before there is a context: the doors that exist. Nothing is contacted.
class FirstRunPage final : public QWidget
{
    Q_OBJECT
public:
    explicit FirstRunPage(QWidget *parent = nullptr);
    //! While the sandbox starts, its door says so; an error of the start stands below the doors.
    void setStarting(bool starting);
    void setError(const QString &sentence);

Q_SIGNALS:
    void sandboxWanted();
    void contextWanted();

private:
    QPushButton *m_sandbox;
    PlainLabel *m_note;
    PlainLabel *m_error;
};

} // namespace headgate
