// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "services/contexts/connectiontest.h"
#include "services/session/contextsession.h"

#include <QObject>

namespace headgate {

/*! The contexts of this person: files below <config>/contexts, sessions of the opened ones, modes. GUI thread. */
class ContextsService : public QObject
{
    Q_OBJECT
public:
    struct Paths
    {
        QString contexts;  //!< directory of <id>.yaml
        QString cache;     //!< last-known snapshots
        QString workspace; //!< ownership.yaml
    };
    ContextsService(Edges edges, Paths paths, QObject *parent = nullptr);
    ~ContextsService() override;

    const std::vector<ContextConfig> &contexts() const;
    QStringList warnings() const;               //!< files that could not be read, with the reason
    QString faultOf(const QString &name) const; //!< the warning about this context's file; empty: there is none
    Task<void> load();                          //!< reads the directory in the pool
    //! Secrets first, then the file as a whole; an open session is closed and opened anew. InvalidInput,
    //! SecretsUnavailable, StorageFailed.
    Task<void> save(ContextConfig context, NewSecrets secrets);
    //! Closes its session, deletes its file and the secrets that it names.
    Task<void> remove(ContextId id);
    //! A playground's; never written to disk. `ownershipFile` takes the place of the workspace's.
    void addTransient(ContextConfig context, QString ownershipFile = {});

    ContextSession *open(const ContextId &id); //!< nullptr: no such context
    ContextSession *session(const ContextId &id) const;
    std::vector<ContextSession *> sessions() const;
    ContextId current() const;
    void setCurrent(const ContextId &id); //!< opens it; the one left loses its armed mode

    Mode mode(const ContextId &id) const;
    Monotonic armedUntil(const ContextId &id) const;
    //! Of this run only, never stored. Armed lasts 15 minutes and goes back to what was before. NotFound.
    Result<void> setMode(const ContextId &id, Mode mode);

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
