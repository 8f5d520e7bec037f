// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <vector>

namespace headgate {

/*! The focus ring: 2 px with a gap of 1 px outside the focused control. A style sheet's outline has no gap and is cut
 * off by the control, so the ring is a widget of its own that lies over the control's parent and follows it. Item views
 * draw theirs in the cell. */
class FocusRing final : public QObject
{
    Q_OBJECT
public:
    explicit FocusRing(QObject *parent);
    ~FocusRing() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void moveTo(QWidget *control);
    void follow();

    QWidget *hostOf(const QWidget *control) const;

    QPointer<QWidget> m_control;
    std::vector<QPointer<QWidget>> m_between; //!< from the control's parent up to the ring's host: they move it, too
    QPointer<QWidget> m_ring;
};

} // namespace headgate
