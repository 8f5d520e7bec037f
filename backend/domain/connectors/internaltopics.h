// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connectorstate.h"
#include "domain/kafka/kafkafacts.h"

#include <QHash>

#include <optional>
#include <vector>

namespace headgate {

// Connect's status and config topics, as KafkaStatusBackingStore and KafkaConfigBackingStore write them (compacted,
// JSON without schema). REST tells neither since when a state holds nor when a configuration changed: the times of
// these records do.

enum class InternalTopic { None, Status, Config, Offsets };

//! What a topic is by the keys of some of its records; None unless all of them fit one kind.
InternalTopic recogniseTopic(const std::vector<Record> &sample);

//! One record of the status topic. `removed`: a tombstone.
struct StatusRecord
{
    QString connector;
    std::optional<int> task; //!< absent: the connector itself
    State state;
    QString workerId;
    Instant at {};
    bool removed = false;

    bool operator==(const StatusRecord &) const = default;
};
//! Nothing for other keys (status-topic-...) and for what cannot be read. Traces stay behind: REST has them.
std::optional<StatusRecord> decodeStatus(const Record &record);

/*! One record of the config topic, without any value of a configuration: they hold passwords in clear. `session-key`, a
 * secret by itself, is not even looked into. */
struct ConfigRecord
{
    enum class Kind { Connector, Task, Commit, TargetState };
    Kind kind = Kind::Connector;
    QString connector;
    std::optional<int> task; //!< of Kind::Task
    QByteArray hash;         //!< SHA-256 over the sorted properties, for Connector and Task
    int taskCount = 0;       //!< of Kind::Commit
    QString targetState;     //!< of Kind::TargetState: STARTED, PAUSED, STOPPED
    Instant at {};
    bool removed = false;

    bool operator==(const ConfigRecord &) const = default;
};
std::optional<ConfigRecord> decodeConfig(const Record &record);

/*! Since when and last change, of all connectors of one cluster, from records in the order of their log. A value;
 * memory grows with connectors and tasks, not with records. */
class ConnectHistory
{
public:
    //! True when an answer of since() or changed() is another now.
    bool apply(const StatusRecord &record);
    bool apply(const ConfigRecord &record);

    //! When the state that is the newest in the log was first written in an unbroken row of equal states.
    std::optional<Instant> since(const QString &connector, std::optional<int> task = std::nullopt) const;
    std::optional<State> state(const QString &connector, std::optional<int> task = std::nullopt) const;
    //! When the configuration became what it is.
    std::optional<Instant> changed(const QString &connector) const;
    QStringList connectors() const; //!< of the status topic, sorted

    bool operator==(const ConnectHistory &) const = default;

private:
    struct Held
    {
        State state;
        Instant since;

        bool operator==(const Held &) const = default;
    };
    struct Configured
    {
        QByteArray hash;
        Instant at;

        bool operator==(const Configured &) const = default;
    };
    using Key = std::pair<QString, int>; //!< -1: the connector
    QHash<Key, Held> m_states;
    QHash<QString, Configured> m_configs;
};

} // namespace headgate
