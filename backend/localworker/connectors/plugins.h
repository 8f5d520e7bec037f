// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/connectors/configdef.h"
#include "localworker/runtime/task.h"

namespace headgate::localworker {

//! The contract's level and our own: what GET / and every plug-in say.
inline const std::string workerVersion = "4.1.0-headgate-" HEADGATE_VERSION;

enum class PluginType { Source, Sink, Converter, HeaderConverter };

//! A class a connector's configuration can name. Connectors have keys of their own and make tasks.
struct Plugin
{
    std::string className;
    PluginType type = PluginType::Source;
    std::string taskClass;
    bool oneTask = false; //!< makes one task whatever tasks.max says
    std::vector<ConfigKey> keys;

    std::string typeName() const; //!< "source", "sink", "converter", "header_converter"
};

const std::vector<Plugin> &plugins();
//! By full name, simple name, or simple name without "Connector" (as Connect's aliases).
const Plugin *findPlugin(const std::string &name);
const Plugin *findConnector(const std::string &name); //!< sources and sinks only
//! "Failed to find any class that implements Connector and which name matches X, available connectors are: .."
std::string noSuchConnector(const std::string &name);

std::unique_ptr<SourceTask> makeSourceTask(
    const Plugin &plugin, const ConnectorConfig &config, TaskId id, TaskEnvironment environment);
std::unique_ptr<SinkTask> makeSinkTask(
    const Plugin &plugin, const ConnectorConfig &config, TaskId id, TaskEnvironment environment);

//! A connector's whole configuration, key by key, with what is wrong.
struct Validation
{
    std::vector<ValidatedKey> keys;
    std::vector<std::string> groups;

    std::vector<std::string> errors() const;
};
Validation validate(const Plugin &plugin, const ConnectorConfig &config, const TaskEnvironment &environment);

} // namespace headgate::localworker
