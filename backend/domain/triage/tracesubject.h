// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/tracerules.h"

namespace headgate {

//! Who refused or what is missing, as the messages name it, and in which frame; empty where none does.
struct TraceSubject
{
    QString text;
    int frame = -1;

    bool operator==(const TraceSubject &) const = default;
};
TraceSubject findSubject(const TraceText &trace, CauseKind kind);

//! The configuration key a message names ("Invalid value x for configuration tasks.max: ..."), or empty.
QString namedSetting(const TraceText &trace);

//! Topic, partition and offset where one message names all three.
struct NamedRecord
{
    TopicPartition tp;
    std::int64_t offset = 0;

    bool operator==(const NamedRecord &) const = default;
};
std::optional<NamedRecord> namedRecord(const TraceText &trace);

} // namespace headgate
