// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

#include <QMap>

#include <optional>

namespace headgate::test {

//! A write about one connector with one task.
enum class Call {
    Create,
    Change,
    Pause,
    Resume,
    Stop,
    Restart,
    RestartAll,
    RestartFailed,
    RestartTask,
    RestartNoTask,
    Delete
};
inline constexpr int callCount = 11;

QString nameOf(Call call);
RestRequest requestFor(Call call, const QString &connector, const ConfigMap &config);

/*! What Connect (3.9 and 4.1 alike) answers to such calls in any order and where they lead, as recorded: random calls
 * on the local worker and on real Connect are held against it. A plain value. */
class CallModel
{
public:
    //! HTTP status of the answer; the model moves on.
    int apply(Call call, const QString &connector);
    //! As shape() tells it once all has settled; none: there is no such connector.
    std::optional<QString> shape(const QString &connector) const;

private:
    struct Known
    {
        QString state;
        bool task = false;    //!< runs, or is paused
        bool hadTask = false; //!< its configuration is still stored
    };
    QMap<QString, Known> m_known;
};

} // namespace headgate::test
