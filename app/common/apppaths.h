// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/contexts/contextsservice.h"

namespace headgate {

//! Where both programs keep their files: XDG base directories below "headgate". Nothing is made here.
struct AppPaths
{
    ContextsService::Paths contexts;
    QString operations; //!< logs of operations, one per context
    QString logs;
};
AppPaths appPaths();

} // namespace headgate
