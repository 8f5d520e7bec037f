// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <functional>
#include <memory>

namespace headgate {

/*! Where the program's log lines go: a rotating file (3 of 5 MB), and from warnings on, where wanted, the standard
 * error too. Takes the place of Qt's message handler as long as it lives; made and destroyed by main(), one at a time.
 * Lines come from any thread.
 *
 * One record is one line: control characters are escaped, so that no server's text can forge a record or steer a
 * terminal. Every line passes the redactor before it is formatted anywhere. */
class LogSink
{
public:
    using Redactor = std::function<QString(const QString &)>; //!< pure, any thread
    enum class Echo { Warnings, Nothing };                    //!< on the standard error

    //! StorageFailed: the file cannot be written. The folder is made where it is missing, readable by its owner alone.
    static Result<std::unique_ptr<LogSink>> install(const QString &path, Redactor redactor, Echo echo = Echo::Warnings);
    ~LogSink();
    Q_DISABLE_COPY_MOVE(LogSink)

private:
    struct Private;
    explicit LogSink(std::unique_ptr<Private> made);
    std::unique_ptr<Private> d;
};

//! Control characters as \n, \t, \x1b, ...; line and paragraph separators and direction marks as \u2028, ...
QString escapedLine(const QString &text);

} // namespace headgate
