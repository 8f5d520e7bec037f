// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace headgate {

//! One pixel between two things, in the border's colour.
QFrame *makeHairline(Qt::Orientation orientation, QWidget *parent = nullptr);

} // namespace headgate
