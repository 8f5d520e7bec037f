// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

namespace headgate {

//! Asks where `bytes` go and writes them as one whole file; its suffix is `fileName`'s. `said` gets the sentence on how
//! it ended, nothing when nobody chose a place.
void exportFile(QWidget *parent, const QString &title, const QString &fileName, QByteArray bytes,
    std::function<void(const QString &sentence)> said);

} // namespace headgate
