// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/session/snapshotbuilder.h"

namespace headgate {

//! A connector whose flow is to be watched.
struct FlowTarget
{
    ConnectorRef ref;
    ConnectorType type = ConnectorType::Unknown;
    QString group;
    QStringList topics;
    QString deadLetterTopic;
    bool urgent = false; //!< on screen or in trouble: each tick
    bool atRest = false; //!< paused or stopped

    bool operator==(const FlowTarget &) const = default;
};

//! Offsets by partition as they were last seen, with what is needed to tell ages from them. Main thread; a value.
struct OffsetBook
{
    QHash<TopicPartition, std::int64_t> starts, ends;
    QHash<TopicPartition, QString> errors; //!< a partition's own failure
    QHash<TopicPartition, EndOffsetHistory> histories;
    QHash<TopicPartition, std::pair<std::int64_t, Instant>>
        recordTimes; //!< committed offset -> time of the record there

    void addEnds(const std::vector<PartitionOffset> &offsets, Monotonic at);
    void addStarts(const std::vector<PartitionOffset> &offsets);
};

/*! What is known over time of one connector's flow: lag, rate, dead letters. No input or output; GUI thread; owned by
 * the session's Kafka lane. */
class FlowTracker
{
public:
    struct Moment
    {
        Monotonic at;
        Instant now;
    };
    //! Positions of a sink. `partitions`: those of its topics, so that one nobody committed yet is not forgotten.
    void setCommitted(const std::vector<PartitionOffset> &committed, const std::vector<TopicPartition> &partitions,
        const OffsetBook &book, const QString &source, Moment moment);
    //! End offsets of what a source writes.
    void setWritten(const std::vector<TopicPartition> &partitions, const OffsetBook &book, Moment moment);
    void setMembers(const GroupDescription &group, Instant at);
    void setDeadLetters(const std::vector<TopicPartition> &partitions, const OffsetBook &book, Moment moment);
    void setUnreadable(const Error &error); //!< positions cannot be read; the last value keeps its age

    void setSeconds(const OffsetBook &book, Moment moment); //!< anew, when the time of a record became known
    const ConnectorFlow &flow() const { return m_flow; }
    //! The partition with the largest lag whose age our own samples do not tell; its committed offset is in flow().
    std::optional<std::pair<TopicPartition, std::int64_t>> ageUnknown(const OffsetBook &book, Monotonic now) const;

private:
    void sample(Moment moment, const QString &source);
    void addRate(Moment moment, const QString &source);

    ConnectorFlow m_flow;
    QHash<TopicPartition, std::int64_t> m_positions; // to see what moved
    std::int64_t m_moved = 0;
    std::vector<std::pair<Monotonic, std::int64_t>> m_movements; // (at, moved so far), newest last
};

} // namespace headgate
