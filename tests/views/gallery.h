// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace headgate {

//! All components with all their faces on one sheet, for the eye and for walks over widgets.
QWidget *makeGallery();

} // namespace headgate
