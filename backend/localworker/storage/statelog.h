// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"
#include "localworker/json.h"

#include <QCoroTask>

#include <map>
#include <optional>
#include <string>

namespace headgate::localworker {

//! Connect's three internal topics, and one of our own: sink positions where the brokers keep no groups (mock).
enum class StateTopic { Configs, Offsets, Status, SinkPositions };

using StateMap = std::map<std::string, Json>; //!< key text -> latest value; tombstones are gone

/*! Where the worker's state lives so that a kill -9 loses nothing: compacted topics of a real broker or one file. Keys
 * and values are the texts Connect itself writes. Event loop's thread; owned by the worker. */
class StateLog
{
public:
    virtual ~StateLog() = default;
    //! Everything written before, latest value per key.
    virtual Task<std::map<StateTopic, StateMap>> load() = 0;
    //! Appends one record; nullopt is a tombstone. Ends when it is kept.
    virtual Task<void> put(StateTopic topic, std::string key, std::optional<Json> value) = 0;
    //! The same without waiting: status and positions, where a lost last record is repaired by itself.
    virtual void putLater(StateTopic topic, std::string key, std::optional<Json> value) = 0;
    virtual QCoro::Task<> close() = 0;
};

} // namespace headgate::localworker
