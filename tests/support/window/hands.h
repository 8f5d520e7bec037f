// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/window/windowlab.h"

class QPushButton;

namespace headgate {

class OperationDialog;

//! What a person does with the window of a WindowLab, and where they look.

OperationRequest pauseOf(const WindowLab &lab, const char *connector);
//! Asks for it on the page that is shown; the dialog when its facts are there.
OperationDialog *openPreview(WindowLab &lab, const OperationRequest &request);

QPushButton *buttonNamed(const QWidget *parent, const QString &text); //!< nullptr: none reads so
//! Walks the focus by Tab until `wanted` has it; false when a whole round does not come by.
bool tabTo(QWidget *window, const QWidget *wanted);
//! A key to whoever has the focus.
void press(const WindowLab &lab, Qt::Key key, Qt::KeyboardModifiers modifiers = {});

template <class W> W *in(const QWidget *parent, const char *name)
{
    return parent->findChild<W *>(QString::fromLatin1(name));
}

} // namespace headgate
