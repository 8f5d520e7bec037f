// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace headgate {

/*! What every test of views starts from and leaves behind: the language, font and light theme of the program, and
 * settings of its own that are empty. */
class ViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
};

} // namespace headgate
