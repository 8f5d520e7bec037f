// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/contextpicture.h"

#include <algorithm>

namespace headgate {

const ConnectorFacts *findConnector(const ContextPicture &picture, const ConnectorRef &ref)
{
    if (!picture.snapshot) {
        return nullptr;
    }
    const auto &rows = picture.snapshot->connectors;
    const auto at = std::ranges::lower_bound(rows, ref, {}, &ConnectorFacts::ref);
    return at != rows.end() && at->ref == ref ? &*at : nullptr;
}

const ConnectClusterFacts *findCluster(const ContextPicture &picture, const ClusterName &name)
{
    if (!picture.snapshot) {
        return nullptr;
    }
    const auto at = std::ranges::find(picture.snapshot->clusters, name, &ConnectClusterFacts::name);
    return at != picture.snapshot->clusters.end() ? &*at : nullptr;
}

} // namespace headgate
