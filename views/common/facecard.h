// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/statelook.h"

#include <QFrame>

class QPushButton;

namespace headgate {

class Glyph;
class PlainLabel;

/*! What a page shows where its content would be: nothing there, filter without hit, being asked. One line and one
 * action each. */
class FaceCard final : public QFrame
{
    Q_OBJECT
public:
    explicit FaceCard(QWidget *parent = nullptr);
    //! An empty `button` hides it.
    void say(const StateLook &look, const QString &title, const QString &text, const QString &button = {});
    //! Bars in place of rows while somebody is asked: no shimmer.
    void sayLoading(const QString &title, const QString &button = {});
    QPushButton *button() const { return m_button; }
    QString text() const;

Q_SIGNALS:
    void acted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph *m_glyph;
    PlainLabel *m_title;
    PlainLabel *m_text;
    QPushButton *m_button;
    QWidget *m_bars;
};

} // namespace headgate
