// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QAbstractButton;
class QButtonGroup;

namespace headgate {

/*! A few exclusive choices side by side in one frame; the chosen one has the accent's tint and underline. Tab reaches
 * the chosen one, left and right move the choice. */
class SegmentedChoice final : public QFrame
{
    Q_OBJECT
public:
    explicit SegmentedChoice(const QString &accessibleName, QWidget *parent = nullptr);
    //! `value` is the caller's own number (often an enum's). `icon` names a symbol, empty for none.
    QAbstractButton *add(int value, const QString &text, const QString &icon = {});
    void setText(int value, const QString &text);
    int chosen() const;
    void choose(int value); //!< without signal

Q_SIGNALS:
    void chosenChanged(int value);

private:
    QButtonGroup *m_group;
};

} // namespace headgate
