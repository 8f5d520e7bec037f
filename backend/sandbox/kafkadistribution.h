// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/childprocess.h"

namespace headgate {

//! Kafka as packaging/sandbox.sh leaves it, and the Java that runs it.
struct KafkaDistribution
{
    QString version; //!< "4.1.0"
    QString home;    //!< holds libs/ and plugins/
    QString java;    //!< program

    QString pluginPath() const; //!< FileStream and, where it could be compiled, the sandbox's own plug-in
    bool hasSandboxPlugin() const;

    struct JavaProgram
    {
        QString mainClass;
        QStringList arguments;
        QStringList properties; //!< "-Dkey=value"
        QString directory;      //!< working directory; the log and the logging configuration are in it
        QString name;           //!< of the log: <name>.log
        int heapMegabytes = 256;
    };
    //! Writes the logging configuration into the directory; the rest is values.
    Result<ChildProcess::Command> command(const JavaProgram &program) const;

    bool operator==(const KafkaDistribution &) const = default;
};

/*! Looks at $HEADGATE_KAFKA_HOME, then for deps/kafka-<version> in the folders above the program, then in the user's
 * data folder. NotFound: Kafka or Java is not there; the message says how to get it. */
Result<KafkaDistribution> findKafkaDistribution(const QString &version = QStringLiteral("4.1.0"));

} // namespace headgate
