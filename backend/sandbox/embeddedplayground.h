// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/playground/playgroundlauncher.h"
#include "sandbox/sandboxstate.h"

#include <QProcess>

#include <memory>

namespace headgate {

/*! The embedded sandbox: one headgate-worker with brokers and three Connect addresses inside it. Main thread; owned by
 * the launcher.
 *
 * An owned one ends with this process, however that ends, and says where it is through a pipe, so that its password
 * touches no disk. A kept one (`sandbox up`) is nobody's child any more and is found by its state file. */
class EmbeddedPlayground
{
public:
    explicit EmbeddedPlayground(QString program);
    ~EmbeddedPlayground();
    Q_DISABLE_COPY_MOVE(EmbeddedPlayground)

    //! NotFound: no such program. ServerFailed, with what it last said, when it ends before it is ready.
    Task<SandboxState> startOwned(CallOptions options);
    //! The same; where another worker keeps the state file already, that one's.
    Task<SandboxState> startKept(QString stateFile, CallOptions options);
    QCoro::Task<> end(CallOptions options); //!< of an owned one

private:
    QString m_program;
    std::unique_ptr<QProcess> m_process;
};

} // namespace headgate
