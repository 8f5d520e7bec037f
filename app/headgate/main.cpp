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

#include <cstdlib>

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

/*! Until the program runs. Where Qt finds no display it says why, and then aborts: here it ends with an exit code and
 * the next step. Where it stops for another reason its own words are told. */
void tellWhatStartFails(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    const bool noDisplay = text.contains(QLatin1String("no Qt platform plugin"));
    QTextStream(stderr) << (noDisplay ? headgate::noDisplaySentence() : QString(QStringLiteral("headgate: ") + text))
                        << Qt::endl;
    if (type == QtFatalMsg) {
        std::_Exit(1);
    }
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
    const auto usual = qInstallMessageHandler(tellWhatStartFails);
    QApplication application(argc, argv);
    qInstallMessageHandler(usual);
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
