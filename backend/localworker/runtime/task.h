// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "localworker/runtime/connectorconfig.h"
#include "localworker/runtime/connectvalue.h"
#include "localworker/runtime/throwable.h"

#include <QCoroTask>

#include <functional>
#include <memory>
#include <stop_token>

namespace headgate::localworker {

//! What a connector class may touch. Values and owners that outlive every task.
struct TaskEnvironment
{
    Clock *clock = nullptr;
    QString dataDirectory;    //!< FileStream files live below it, nowhere else
    QStringList allowedHosts; //!< HTTP targets beyond loopback
};

struct TaskId
{
    std::string connector;
    int task = 0;
    std::string text() const { return connector + '-' + std::to_string(task); }
};

//! The offset stored for a source partition; null JSON when there is none.
using OffsetReader = std::function<Json(const Json &sourcePartition)>;

/*! A source connector's task: one instance per running task, on the event loop. Every wait ends when `stop` is
 * requested. */
class SourceTask
{
public:
    virtual ~SourceTask() = default;
    virtual Outcome<void> start(const OffsetReader &offsets) = 0;
    virtual QCoro::Task<Outcome<std::vector<SourceRecord>>> poll(std::stop_token stop) = 0;
};

//! A sink connector's task. A retriable failure of put() is tried again with the same records.
class SinkTask
{
public:
    virtual ~SinkTask() = default;
    virtual Outcome<void> start() = 0;
    virtual QCoro::Task<Outcome<void>> put(std::vector<SinkRecord> records, std::stop_token stop) = 0;
    virtual QCoro::Task<> close() { co_return; }
};

} // namespace headgate::localworker
