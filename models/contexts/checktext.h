// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/spans.h"
#include "services/contexts/contextsservice.h"

namespace headgate {

//! One line of a connection test as a person reads it.
struct CheckText
{
    bool good = false;
    Spans what;   //!< "connect-eu-1:8083  log in"
    QString note; //!< what was found, or what failed and what to do next
    QString took; //!< "38 ms"

    bool operator==(const CheckText &) const = default;
};

CheckText checkText(const ConnectionCheck &check);
//! "4 of 5 checks passed. Brokers: log in failed."
QString checksSummary(const std::vector<ConnectionCheck> &checks);

} // namespace headgate
