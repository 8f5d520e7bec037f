// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rows.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"

#include <QApplication>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTextStream>
#include <QThread>

#include <cstdlib>

using namespace headgate::bench;

namespace {

struct Part
{
    const char *name;
    std::vector<Row> (*measure)();
};

constexpr Part parts[]
    = {{"refresh", refreshRows}, {"clusters", manyClusterRows}, {"brokers", brokerRows}, {"start", startRows},
        {"action", actionRows}, {"worker", workerRows}, {"stalls", stallRows}, {"replay", replayRows}};

//! The offscreen platform complains of every window.
void passOnMessages(QtMsgType, const QMessageLogContext &, const QString &text)
{
    if (!text.startsWith(QLatin1String("This plugin does not support"))) {
        QTextStream(stderr) << text << Qt::endl;
    }
}

double load()
{
    double minute = 0;
    ::getloadavg(&minute, 1);
    return minute;
}

} // namespace

//! Measured figures against their targets: bench [part...]. Fails when a blocking one is missed.
int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QTemporaryDir runtime;
    qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    qInstallMessageHandler(passOnMessages);
    QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true); // nobody's settings are read or written
    headgate::chooseApplicationFont();
    headgate::Theme::instance();
    const auto wanted = QApplication::arguments().mid(1);
    QTextStream out(stdout);
    out << "Headgate " << HEADGATE_VERSION << ", Qt " << qVersion() << ", " << QSysInfo::prettyProductName() << ", "
        << QThread::idealThreadCount() << " processors, load " << load()
        << "; other tools by the shape of their requests, over the same fake workers and brokers\n\n"
        << Qt::flush;
    bool good = true;
    for (const auto &[name, measure] : parts) {
        if (wanted.isEmpty() || wanted.contains(QLatin1String(name))) {
            good = print(measure()) && good;
        }
    }
    out << "\nload at the end " << load() << (good ? "" : "; a blocking figure was missed") << Qt::endl;
    return good ? 0 : 1;
}
