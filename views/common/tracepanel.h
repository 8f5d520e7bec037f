// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace headgate {

class PlainLabel;
class TraceView;

//! A whole trace over the page: title, number of lines, Copy, Close. Esc closes. A page of its own, because 600 px are
//! narrow for traces.
class TracePanel final : public QFrame
{
    Q_OBJECT
public:
    explicit TracePanel(QWidget *parent = nullptr);
    void open(const QString &title, const QString &trace, const QString &firstCause);

Q_SIGNALS:
    void closed();
    void copied();

private:
    PlainLabel *m_title;
    PlainLabel *m_lines;
    TraceView *m_view;
};

} // namespace headgate
