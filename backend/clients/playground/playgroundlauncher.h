// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"
#include "domain/contexts/context.h"

namespace headgate {

enum class PlaygroundKind { Embedded, Kafka };
//! Of a real one: each is a Java process.
constexpr int mostPlaygroundBrokers = 5, mostPlaygroundWorkers = 5;
struct PlaygroundOptions
{
    PlaygroundKind kind = PlaygroundKind::Embedded;
    int brokers = 1, workers = 2; //!< of a real one; two, so that work can move
    bool keepRunning = false;     //!< `sandbox up`: ends by itself after 30 idle minutes, not with this process
};
//! A running playground. Its logins are random per run; `connectPassword` goes to the in-memory part of the secret
//! store.
struct Playground
{
    ContextConfig context;
    QByteArray connectPassword;
    QString logDirectory;
    QString ownershipFile;
    qint64 pid = 0;
};

/*! Starts and ends playgrounds as child processes; all end with their owner, also after a crash. */
class PlaygroundLauncher
{
public:
    virtual ~PlaygroundLauncher() = default;
    virtual Task<Playground> launch(PlaygroundOptions options, CallOptions call) = 0;
    virtual Task<Playground> attach() = 0; //!< the one of `sandbox up`; NotFound
    virtual Task<void> end(Playground playground) = 0;
};

} // namespace headgate
