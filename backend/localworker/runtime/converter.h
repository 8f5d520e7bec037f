// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/connectorconfig.h"
#include "localworker/runtime/connectvalue.h"
#include "localworker/runtime/throwable.h"

namespace headgate::localworker {

enum class ConverterKind { String, Json, ByteArray };

/*! Bytes of a topic <-> values of a task, as Connect's three stock converters do it. A plain value. */
struct Converter
{
    ConverterKind kind = ConverterKind::Json;
    bool schemas = true; //!< JSON only: {"schema":..,"payload":..} around every value

    std::string className() const;
    Outcome<std::optional<QByteArray>> fromConnect(const ConnectValue &value) const;
    Outcome<ConnectValue> toConnect(const std::optional<QByteArray> &bytes) const;
};

//! `role` is "key", "value" or "header". Without a setting the worker's default: JSON with schemas. nullopt: class
//! unknown.
std::optional<Converter> converterFor(const ConnectorConfig &config, const std::string &role);

} // namespace headgate::localworker
