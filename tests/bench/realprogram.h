// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <QProcess>
#include <QTemporaryDir>

namespace headgate::bench {

/*! The desktop program as a process of its own with an empty home, offscreen, watched by the probe plug-in. Ends with
 * its owner. GUI thread. */
class RealProgram
{
public:
    RealProgram();
    ~RealProgram();

    //! Where it looks for contexts/<id>.yaml, for operations logs and for the last pictures.
    QString contextsFolder() const { return m_home.filePath(QStringLiteral("config/headgate/contexts")); }
    QString operationsFolder() const { return m_home.filePath(QStringLiteral("data/headgate/operations")); }
    QString cacheFolder() const { return m_home.filePath(QStringLiteral("cache/headgate")); }

    //! Milliseconds from exec until a widget of that name was painted and the event loop turned; negative: never, in
    //! 30 s.
    double startUntilPainted(const QStringList &arguments, const QString &widget);
    void end();
    //! Resident megabytes of it and of each process it started: "headgate", "headgate-worker".
    std::vector<std::pair<QString, double>> residentMegabytes() const;

private:
    QTemporaryDir m_home;
    QProcess m_process;
};

//! Of one process; negative: it is not there.
double residentMegabytesOf(qint64 pid);

} // namespace headgate::bench
