// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"
#include "domain/records/jsonvalue.h"
#include "domain/triage/trace.h"

namespace headgate {

//! Converters of which it is known here what they refuse: Connect's own, and those that need a schema registry by the
//! frame around their bytes.
enum class StockConverter { String, Json, ByteArray, Boolean, Short, Integer, Long, Float, Double, Framed };

//! Which of a record's two sides. Stage names as Connect gives them: KEY_CONVERTER, VALUE_CONVERTER.
enum class RecordSide { Key, Value };
QString stageName(RecordSide side);

//! What a configuration sets for one side.
struct ConverterChoice
{
    RecordSide side = RecordSide::Value;
    QString className; //!< as configured; empty: the worker's own, of which REST tells nothing
    std::optional<StockConverter> stock;
    bool schemas = true; //!< JSON only: {"schema":..,"payload":..} around every value

    bool operator==(const ConverterChoice &) const = default;
};
ConverterChoice converterChoice(const ConfigMap &config, RecordSide side);

//! Why a converter does not take these bytes: as its exception and the causes of that, outermost first; never empty.
using Refusal = std::vector<TraceFrame>;

/*! The document, of an envelope its payload, as JsonConverter reads it (measured on 3.9.1 and 4.1.0): schema and
 * payload are checked against each other, values are not coerced. */
tl::expected<JsonValue, Refusal> readConnectJson(const QByteArray &bytes, bool schemas);

//! Nothing: it takes them, or (Framed) nothing speaks against it without the schema. Null passes every converter.
std::optional<Refusal> refusalOf(StockConverter converter, bool schemas, const std::optional<QByteArray> &bytes);

} // namespace headgate
