// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shell/picturesource.h"

namespace headgate {

PictureSource::PictureSource(ContextsService &contexts, OperationsService &operations, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_operations(operations)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    m_second.setInterval(1000);
    connect(&m_soon, &QTimer::timeout, this, &PictureSource::rebuild);
    connect(&m_second, &QTimer::timeout, this, &PictureSource::rebuild);
    connect(&contexts, &ContextsService::currentChanged, this, &PictureSource::follow);
    connect(&contexts, &ContextsService::contextsChanged, this, &PictureSource::follow);
    connect(&contexts, &ContextsService::modeChanged, this, &PictureSource::touch);
    connect(&operations, &OperationsService::operationsChanged, this, &PictureSource::touch);
    m_second.start();
    follow();
}

void PictureSource::follow()
{
    auto *session = m_contexts.session(m_contexts.current());
    if (session != m_session) {
        if (m_session) {
            m_session->disconnect(this);
        }
        m_session = session;
        m_since = m_contexts.edges().clock->monotonic();
        if (session) {
            connect(session, &ContextSession::snapshotChanged, this, &PictureSource::touch);
            connect(session, &ContextSession::problemsChanged, this, &PictureSource::touch);
        }
    }
    rebuild();
}

void PictureSource::touch()
{
    m_soon.start();
}

void PictureSource::rebuild()
{
    m_picture.reset();
    if (m_session) {
        const auto &id = m_session->context().id;
        ContextPicture picture;
        picture.context = m_session->context();
        picture.mode = m_contexts.mode(id);
        picture.snapshot = m_session->snapshot();
        picture.problems = std::make_shared<const std::vector<Problem>>(m_session->problems());
        picture.operations = std::make_shared<const std::vector<Operation>>(m_operations.operations());
        picture.wellSince = m_session->wellSince();
        picture.policy = m_session->policy();
        picture.now = m_contexts.edges().clock->now();
        picture.monotonicNow = m_contexts.edges().clock->monotonic();
        picture.askedSince = m_since;
        m_picture = std::move(picture);
    }
    Q_EMIT changed();
}

int PictureSource::failedIn(const ContextId &id) const
{
    const auto *session = m_contexts.session(id);
    return session ? countStandings(*session->snapshot()).failed : 0;
}

Monotonic PictureSource::armedUntil() const
{
    return m_contexts.armedUntil(m_contexts.current());
}

} // namespace headgate
