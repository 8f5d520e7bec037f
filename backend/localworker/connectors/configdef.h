// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/connectorconfig.h"

#include <functional>

namespace headgate::localworker {

enum class ConfigType { String, Int, Short, Long, Double, Boolean, List, Class, Password };

//! One entry of a connector's configuration definition, with the fields Connect's validate endpoint shows.
struct ConfigKey
{
    std::string name;
    ConfigType type = ConfigType::String;
    bool required = false;
    std::optional<std::string> fallback {}; //!< default value
    std::string importance = "HIGH", documentation {}, group {}, width = "NONE", displayName {};
    int order = -1;
    std::optional<std::int64_t> atLeast {}; //!< smallest allowed number
    std::vector<std::string> oneOf {};      //!< allowed texts, any letter case
    std::vector<std::string> recommended {};
};

struct ValidatedKey
{
    ConfigKey key;
    std::optional<std::string> value;
    std::vector<std::string> errors;
};

//! Each key with its value and what is wrong with it. Texts as Kafka's ConfigDef words them.
std::vector<ValidatedKey> validateKeys(const std::vector<ConfigKey> &keys, const ConnectorConfig &config);

//! Keys which every connector has, in Connect's order; a source's or a sink's own follow.
std::vector<ConfigKey> commonKeys(const std::string &version);
std::vector<ConfigKey> sourceKeys();
std::vector<ConfigKey> sinkKeys();

Json definitionJson(const ConfigKey &key);
Json validatedJson(const ValidatedKey &key);

} // namespace headgate::localworker
