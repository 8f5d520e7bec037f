// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QImage>
#include <QWidget>

namespace headgate::cast {

//! Saves what a widget looks like to $HEADGATE_PICTURES/<name>.png, where that is set; returns the picture.
inline QImage photograph(QWidget &widget, const QString &name)
{
    const auto image = widget.grab().toImage();
    if (const auto folder = qEnvironmentVariable("HEADGATE_PICTURES"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        image.save(QString(folder + u'/' + name + QStringLiteral(".png")));
    }
    return image;
}

} // namespace headgate::cast
