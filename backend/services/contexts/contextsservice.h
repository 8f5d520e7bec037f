// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "services/session/contextsession.h"

#include <QObject>

namespace headgate {

//! One line of a connection test: what was tried, how it went, what to do.
struct ConnectionCheck {
    QString subject; //!< "connect-eu-1:8083", "brokers", "schema registry"
    QString step; //!< "reach", "tls", "log in", "read", "health"
    std::optional<Error> error;
    QString note; //!< "Connect 4.1.0, 22 connectors"
    Milliseconds took {0};

    bool operator==(const ConnectionCheck &) const = default;
};

//! Secrets typed anew, by the reference that the context's file holds. What is not named stays as it is stored.
using NewSecrets = std::vector<std::pair<SecretRef, QByteArray>>;

/*! The contexts of this person: files below <config>/contexts, sessions of the opened ones, modes. GUI thread. */
class ContextsService : public QObject
{
    Q_OBJECT
public:
    struct Paths {
        QString contexts; //!< directory of <id>.yaml
        QString cache; //!< last-known snapshots
        QString workspace; //!< ownership.yaml
    };
    ContextsService(Edges edges, Paths paths, QObject *parent = nullptr);
    ~ContextsService() override;

    const std::vector<ContextConfig> &contexts() const;
    QStringList warnings() const; //!< files that could not be read, with the reason
    Task<void> load(); //!< reads the directory in the pool
    Task<void> save(ContextConfig context, NewSecrets secrets);
    Task<void> remove(ContextId id);
    void addTransient(ContextConfig context); //!< a playground's; never written to disk

    ContextSession *open(const ContextId &id); //!< nullptr: no such context
    ContextSession *session(const ContextId &id) const;
    std::vector<ContextSession *> sessions() const;
    ContextId current() const;
    void setCurrent(const ContextId &id); //!< opens it; the one left loses its armed mode

    Mode mode(const ContextId &id) const;
    Monotonic armedUntil(const ContextId &id) const;
    Result<void> setMode(const ContextId &id, Mode mode); //!< Armed: 15 minutes

    //! Tries every worker and the brokers with `secrets` before the stored ones; nothing is saved.
    Task<std::vector<ConnectionCheck>> test(ContextConfig context, NewSecrets secrets, CallOptions options);
    const Edges &edges() const;
    QCoro::Task<> close();

Q_SIGNALS:
    void contextsChanged();
    void currentChanged();
    void modeChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate
