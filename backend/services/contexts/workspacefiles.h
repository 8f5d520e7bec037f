// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/connectors/ownership.h"
#include "domain/contexts/context.h"
#include "domain/triage/policy.h"

#include <QStringList>

namespace headgate {

//! What the files of a person say; what cannot be read is left out and named.
struct WorkspaceFiles
{
    std::vector<ContextConfig> contexts;
    std::vector<OwnershipRule> ownership; //!< ownership.yaml
    TriagePolicy policy;                  //!< triage.yaml; without it, or with a broken one, the shipped thresholds
    QStringList warnings;                 //!< one sentence a file
};

//! Blocking: for the pool. `contexts` holds <id>.yaml files, `workspace` the other two.
WorkspaceFiles readWorkspace(const QString &contexts, const QString &workspace);

//! NotFound, StorageFailed, InvalidInput. Blocking.
Result<std::vector<OwnershipRule>> readOwnership(const QString &path);

//! Keys of the present file that are not ours survive. Blocking.
Result<void> writeContext(const QString &path, const ContextConfig &context);

} // namespace headgate
