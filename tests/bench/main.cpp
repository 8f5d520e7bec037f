// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rows.h"

#include <QApplication>
#include <QSysInfo>
#include <QTextStream>
#include <QThread>

using namespace headgate::bench;

//! Measured figures against their targets. Fails when a blocking one is missed.
int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication app(argc, argv);
    QTextStream(stdout) << "Headgate " << HEADGATE_VERSION << ", Qt " << qVersion() << ", "
                        << QSysInfo::prettyProductName() << ", " << QThread::idealThreadCount()
                        << " processors; peers by their request shapes against the same fake worker\n\n"
                        << Qt::flush;
    bool good = true;
    for (const auto measure : {refreshRows, manyClusterRows, stallRows, workerRows}) {
        good = print(measure()) && good;
    }
    return good ? 0 : 1;
}
