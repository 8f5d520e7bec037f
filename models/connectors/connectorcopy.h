// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"

namespace headgate {

//! How a connector's configuration is copied; Curl is the request that sets it.
enum class CopyForm { Json, Properties, Curl, StrimziV1, StrimziV1Beta2 };

struct ConnectorCopy
{
    QString text; //!< empty: nothing is copied
    QString said; //!< one sentence: what was copied, what is masked in it; or why not
};

QString copyFormName(CopyForm form); //!< "JSON", "Strimzi YAML (v1)"
//! Without secrets. A request is not made of masked values: it would set the mask.
ConnectorCopy copyOf(const ConnectorFacts &connector, CopyForm form, const ContextPicture &picture);

} // namespace headgate
