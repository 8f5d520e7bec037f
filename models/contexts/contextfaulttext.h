// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/contextcheck.h"

namespace headgate {

//! The field of the form that a fault belongs to.
enum class ContextField {
    Name,
    ClusterName,
    Workers,
    User,
    Certificate,
    Key,
    Bootstrap,
    Mechanism,
    KafkaUser,
    Protocol,
    Registry,
    RegistryUser
};

ContextField fieldOf(ContextFaultKind kind);
//! What is wrong and what to type instead; one sentence, plain, translated.
QString contextFaultText(const ContextFault &fault);

} // namespace headgate
