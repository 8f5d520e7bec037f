// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/log.h"

Q_LOGGING_CATEGORY(logConnect, "headgate.connect", QtInfoMsg)
Q_LOGGING_CATEGORY(logKafka, "headgate.kafka", QtInfoMsg)
Q_LOGGING_CATEGORY(logSession, "headgate.session", QtInfoMsg)
Q_LOGGING_CATEGORY(logOperations, "headgate.operations", QtInfoMsg)
Q_LOGGING_CATEGORY(logStorage, "headgate.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(logWorker, "headgate.worker", QtInfoMsg)
Q_LOGGING_CATEGORY(logSandbox, "headgate.sandbox", QtInfoMsg)
Q_LOGGING_CATEGORY(logApp, "headgate.app", QtInfoMsg)
