// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QStringList>

#include <vector>

namespace headgate {

//! One rule of ownership.yaml: first matching glob wins.
struct OwnershipRule
{
    QString connectorGlob; //!< "*" and "?", whole name, case-sensitive
    QString team, owner, system, contact, rollbackOwner;

    bool operator==(const OwnershipRule &) const = default;
};

/*! Reads ownership.yaml:
 *
 *     owners:
 *       - connector: "invoices-*"
 *         team: Billing
 *         owner: D. Ferrari
 *         system: billing-db
 *         contact: "billing-oncall@example.org"
 *         rollbackOwner: L. Haas
 *
 * InvalidInput with the line for anything unreadable; a file without rules is empty, not wrong. */
Result<std::vector<OwnershipRule>> parseOwnership(const QByteArray &yaml);
//! The first rule whose glob matches, or nullptr: no owner known.
const OwnershipRule *ownerOf(const QString &connector, const std::vector<OwnershipRule> &rules);

} // namespace headgate
