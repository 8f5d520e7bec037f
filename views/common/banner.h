// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/spanspainter.h"
#include "views/common/statelook.h"

#include <QFrame>

class QPushButton;

namespace headgate {

/*! A sentence above a page's content that stays until its reason is gone; at most one per page. The first clause is
 * bold. */
class Banner final : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);
    //! `look` gives tint and glyph; an empty `button` hides it.
    void say(const StateLook &look, const QString &firstClause, const QString &rest, const QString &button = {});
    //! Empty space around its frame, there only while it is shown: a layout's margins would stay without it.
    void setRoom(const QMargins &room);
    QString text() const;
    QPushButton *button() const { return m_button; }

Q_SIGNALS:
    void acted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateLook m_look;
    QMargins m_room;
    SpansLabel *m_text;
    QPushButton *m_button;
};

} // namespace headgate
