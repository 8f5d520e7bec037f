// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "models/shell/palettemodel.h"

class QAction;

namespace headgate {

class Page;

/*! Everything that the palette can find now: the actions given (all of the window, disabled ones too), the connectors
 * of the picture, the contexts. An entry's id is the action's object name, the connector's cluster and name, the
 * context's id. */
std::vector<PaletteEntry> paletteEntries(const QList<QAction *> &actions, const Page *shown,
    const std::optional<ContextPicture> &picture, const std::vector<ContextConfig> &contexts);

//! The connector that an entry of Kind::Connector stands for.
ConnectorRef connectorOf(const PaletteEntry &entry, const ContextId &context);

} // namespace headgate
