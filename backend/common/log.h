// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

// All logging categories of the tree. spdlog is the sink (common/logsink); every line passes the redactor before it is
// formatted.
Q_DECLARE_LOGGING_CATEGORY(logConnect)
Q_DECLARE_LOGGING_CATEGORY(logKafka)
Q_DECLARE_LOGGING_CATEGORY(logSession)
Q_DECLARE_LOGGING_CATEGORY(logOperations)
Q_DECLARE_LOGGING_CATEGORY(logStorage)
Q_DECLARE_LOGGING_CATEGORY(logWorker)
Q_DECLARE_LOGGING_CATEGORY(logSandbox)
Q_DECLARE_LOGGING_CATEGORY(logApp)
