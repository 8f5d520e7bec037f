// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/apppaths.h"
#include "app/common/exitorder.h"
#include "application.h"
#include "common/log.h"
#include "common/logsink.h"
#include "domain/connectors/secrets.h"
#include "models/common/language.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"

#include <QApplication>
#include <QTextStream>

namespace {

//! Without it the program runs all the same.
std::unique_ptr<headgate::LogSink> openLog()
{
    const QString path = headgate::appPaths().logs + QLatin1String("/headgate.log");
    auto log = headgate::LogSink::install(path, headgate::redacted);
    if (!log) {
        QTextStream(stderr) << "headgate: no log in " << path << ": " << log.error().message << Qt::endl;
        return nullptr;
    }
    qCInfo(logApp) << "headgate" << HEADGATE_VERSION << "with Qt" << qVersion();
    return *std::move(log);
}

} // namespace

int main(int argc, char **argv)
{
    const auto options = headgate::parseCommandLine(argc, argv);
    if (options.exitCode) {
        QTextStream(*options.exitCode == 0 ? stdout : stderr) << options.message;
        return *options.exitCode;
    }
    headgate::leaveOpenSslToTheSystem();
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("headgate"));
    QApplication::setApplicationName(QStringLiteral("headgate"));
    QApplication::setApplicationDisplayName(QStringLiteral("Headgate"));
    QApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    // Closing asks first and then waits for the services, so Qt's own quitting is off.
    QApplication::setQuitOnLastWindowClosed(false);
    const auto log = openLog();
    headgate::installLanguage(application);
    headgate::chooseApplicationFont();
    headgate::Theme::instance();
    headgate::Application headgate(options);
    const auto running = headgate.begin();
    return QApplication::exec();
}
