// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QWidget>

namespace headgate::cast {

//! Saves what a widget looks like to $HEADGATE_PICTURES/<name>.png, where that is set; returns the picture.
inline QImage photograph(QWidget &widget, const QString &name)
{
    for (int turn = 0; turn < 3; ++turn) { // what was hidden or shown is laid out one level a turn
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    }
    const auto image = widget.grab().toImage();
    if (const auto folder = qEnvironmentVariable("HEADGATE_PICTURES"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        image.save(QString(folder + u'/' + name + QStringLiteral(".png")));
    }
    return image;
}

//! All words of what is shown that a person can read, painted ones by their accessible names.
inline QString words(const QWidget &page)
{
    QStringList all;
    for (const auto *widget : page.findChildren<QWidget *>()) {
        if (widget->isVisible()) {
            all << widget->accessibleName();
            if (const auto *label = qobject_cast<const QLabel *>(widget)) {
                all << label->text();
            }
        }
    }
    return all.join(u'\n');
}

} // namespace headgate::cast
