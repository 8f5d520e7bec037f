// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "services/operations/operationsservice.h"

#include <QObject>
#include <QTimer>

namespace headgate {

/*! Follows the current context and puts everything that its pages show into one value. GUI thread; owned by the window.
 *
 * changed() comes once a turn of the event loop at most, when anything changed, and each second because ages grow. */
class PictureSource final : public QObject
{
    Q_OBJECT
public:
    PictureSource(ContextsService &contexts, OperationsService &operations, QObject *parent = nullptr);

    //! nullopt: there is no current context.
    const std::optional<ContextPicture> &picture() const { return m_picture; }
    //! Failed connectors of every opened context, for the switcher.
    int failedIn(const ContextId &id) const;
    //! Until when the current context is armed; only meaningful in Mode::Armed.
    Monotonic armedUntil() const;

Q_SIGNALS:
    void changed();

private:
    void follow();
    void touch();
    void rebuild();

    ContextsService &m_contexts;
    OperationsService &m_operations;
    QPointer<ContextSession> m_session;
    Monotonic m_since {}; //!< m_session is followed
    std::optional<ContextPicture> m_picture;
    QTimer m_second, m_soon;
};

} // namespace headgate
