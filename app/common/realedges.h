// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/sessionsecrets.h"
#include "services/edges.h"

namespace headgate {

/*! The edges that leave the process, as both programs compose them. `edges.secrets` is `secrets`: logins that must not
 * outlive this run are kept there. */
struct RealEdges
{
    std::shared_ptr<SessionSecrets> secrets;
    Edges edges;
};
RealEdges makeRealEdges();

} // namespace headgate
