// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QStringList>

#include <vector>

namespace headgate {

//! One rule of ownership.yaml: first matching glob wins.
struct OwnershipRule {
    QString connectorGlob; //!< "*" and "?", whole name, case-sensitive
    QString team, owner, system, contact, rollbackOwner;

    bool operator==(const OwnershipRule &) const = default;
};

Result<std::vector<OwnershipRule>> parseOwnership(const QByteArray &yaml);
const OwnershipRule *ownerOf(const QString &connector, const std::vector<OwnershipRule> &rules);

} // namespace headgate
