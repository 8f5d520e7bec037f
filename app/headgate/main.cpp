// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"
#include "models/common/language.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"

#include <QApplication>
#include <QTextStream>

int main(int argc, char **argv)
{
    const auto options = headgate::parseCommandLine(argc, argv);
    if (options.exitCode) {
        QTextStream(*options.exitCode == 0 ? stdout : stderr) << options.message;
        return *options.exitCode;
    }
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("headgate"));
    QApplication::setApplicationName(QStringLiteral("headgate"));
    QApplication::setApplicationDisplayName(QStringLiteral("Headgate"));
    QApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    // Closing asks first and then waits for the services, so Qt's own quitting is off.
    QApplication::setQuitOnLastWindowClosed(false);
    headgate::installLanguage(application);
    headgate::chooseApplicationFont();
    headgate::Theme::instance();
    headgate::Application headgate(options);
    const auto running = headgate.begin();
    return QApplication::exec();
}
