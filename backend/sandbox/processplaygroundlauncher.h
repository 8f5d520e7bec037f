// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/playground/playgroundlauncher.h"
#include "sandbox/embeddedplayground.h"
#include "sandbox/kafkaplayground.h"

#include <QTemporaryDir>

#include <map>
#include <memory>

namespace headgate {

/*! Playgrounds as child processes of this program. Main thread (the kernel ends children with the thread that started
 * them); owned by the application, which ends what it launched. */
class ProcessPlaygroundLauncher final : public PlaygroundLauncher
{
public:
    //! Empty paths: the worker beside the running program, and sandboxStateFile().
    explicit ProcessPlaygroundLauncher(QString workerProgram = {}, QString stateFile = {});
    ~ProcessPlaygroundLauncher() override;

    Task<Playground> launch(PlaygroundOptions options, CallOptions call) override;
    Task<Playground> attach() override;
    //! Also a kept one, which it asks by its pid. Unreachable when it has not gone after 5 s.
    Task<void> end(Playground playground) override;

    //! headgate-worker in the program's own folder, or in the folder beside it (build tree).
    static QString workerBeside(const QString &programDirectory);

private:
    struct RealKafka
    {
        QTemporaryDir directory;
        std::unique_ptr<KafkaPlayground> playground; //!< ends before its directory goes
    };
    Task<Playground> launchEmbedded(PlaygroundOptions options, CallOptions call);
    Task<Playground> launchKafka(PlaygroundOptions options, CallOptions call);

    QString m_program, m_stateFile;
    std::map<qint64, std::unique_ptr<EmbeddedPlayground>> m_owned;
    std::unique_ptr<RealKafka> m_kafka; //!< its processes are children of this one
};

} // namespace headgate
