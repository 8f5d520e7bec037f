// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"
#include "domain/triage/snapshot.h"

namespace headgate {

/*! The last-known picture of one context on disk, from which its pages open before the network answers. GUI thread;
 * owned by the session; files are read and written in the pool. */
class LastKnown
{
public:
    LastKnown(const QString &directory, ContextId context); //!< empty directory: nothing is kept

    //! NotFound: none was kept, or not of this context; InvalidAnswer: it was damaged and moved aside.
    Task<PlatformSnapshot> load() const;
    //! Nothing to do where the picture was saved already, holds nothing, or comes from disk itself. Failures go to the
    //! log.
    QCoro::Task<> save(SnapshotPtr picture, Monotonic now);
    bool isDue(Monotonic now) const; //!< 30 s after the last time

private:
    QString m_path;
    ContextId m_context;
    std::uint64_t m_savedGeneration = 0;
    Monotonic m_savedAt {};
};

} // namespace headgate
