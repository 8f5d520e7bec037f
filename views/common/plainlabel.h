// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/fonts.h"

#include <QLabel>

namespace headgate {

/*! The only label of the window: never rich text, whatever stands in it, in a style of the type ladder that follows the
 * desktop's font. Muted text by `muted()`. */
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    explicit PlainLabel(QWidget *parent = nullptr)
        : PlainLabel({}, TextStyle::Body, parent)
    {
    }
    explicit PlainLabel(const QString &text, TextStyle style = TextStyle::Body, QWidget *parent = nullptr);

    PlainLabel *muted(); //!< the same label, for chaining
    void setStyleOfText(TextStyle style);
    //! Elides in the middle instead of growing; the whole text is the tool tip then.
    void setElided(bool elided);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    TextStyle m_style;
    bool m_elided = false;
};

} // namespace headgate
