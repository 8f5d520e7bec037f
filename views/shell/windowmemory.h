// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace headgate {

class MainWindow;

/*! What the window keeps from start to start: its size (where it stands is the desktop's affair), the splitters of its
 * pages, the columns wanted, light or dark. Restores when it is made (after the pages), saves when the window agrees to
 * close. In QSettings: it belongs to the person and the machine, not to a context. GUI thread; owned by the
 * application. */
class WindowMemory final : public QObject
{
    Q_OBJECT
public:
    explicit WindowMemory(MainWindow &window);
    void save() const;

private:
    void restore();

    MainWindow &m_window;
};

} // namespace headgate
