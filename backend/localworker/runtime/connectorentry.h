// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/connectors/plugins.h"
#include "localworker/runtime/asynclock.h"
#include "localworker/runtime/workertask.h"

#include <set>

namespace headgate::localworker {

enum class TargetState { Started, Paused, Stopped };
enum class ConnectorState { Unassigned, Running, Paused, Stopped, Failed };

//! One connector as the herder knows it. Shared, so that a coroutine at work survives its deletion.
struct ConnectorEntry
{
    std::string name;
    ConnectorConfig config;
    TargetState target = TargetState::Started;
    ConnectorState state = ConnectorState::Unassigned;
    std::string trace;
    bool hasStatus = false;  //!< Connect answers 404 for the moment between creation and start
    bool configIsNew = true; //!< tasks must be made anew
    bool deleted = false;
    bool hadTasks = false; //!< before this start or this configuration: a paused one gets them back
    int knownTasks = 0;    //!< whose configurations are stored: a stop leaves them there
    std::vector<std::shared_ptr<WorkerTask>> tasks;
    std::set<std::string> topics;
    AsyncLock lock; //!< held while its tasks start or stop, or its positions change

    const Plugin *plugin() const { return findConnector(config.get("connector.class")); }
    bool isSink() const { return plugin() && plugin()->type == PluginType::Sink; }
};

const char *textOf(TargetState state); //!< as in target-state records: STARTED, PAUSED, STOPPED
const char *textOf(ConnectorState state);
const char *textOf(TaskState state);

} // namespace headgate::localworker
