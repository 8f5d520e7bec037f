// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "common/pause.h"
#include "services/session/flowtracker.h"

#include <QObject>

#include <functional>

namespace headgate {

/*! The brokers of a context on a lane of their own: metadata, positions, ends, members. Groups that cannot be read are
 * replaced by Connect's own /offsets, of the 20 worst or visible sinks. GUI thread; owned by the session. */
class KafkaLane : public QObject
{
    Q_OBJECT
public:
    struct Pace
    {
        Milliseconds tick {2000};
        Milliseconds slow {15'000};     //!< what is neither on screen nor in trouble; members; /offsets
        Milliseconds second {1000};     //!< after the first sample of what is new: a rate and a trend need two
        Milliseconds metadata {30'000}; //!< and start offsets
        Milliseconds deadline {10'000};
        Milliseconds longestBackOff {10'000};
    };
    using ReadOffsets = std::function<Task<std::vector<ConnectorOffset>>(ConnectorRef, CallOptions)>;

    //! `reader` may be null: then ages come from samples alone.
    KafkaLane(std::unique_ptr<KafkaAdmin> admin, std::unique_ptr<RecordReader> reader, ReadOffsets readOffsets,
        std::shared_ptr<Clock> clock, Pace pace);
    ~KafkaLane() override;

    void start();
    void setVisible(bool visible);
    void setTargets(std::vector<FlowTarget> targets);
    const KafkaPicture &picture() const { return m_picture; }
    const std::shared_ptr<RecordReader> &reader() const { return m_reader; }
    KafkaAdmin &admin() const { return *m_admin; }
    std::vector<TopicPartition> partitionsOf(const QStringList &topics) const;
    QCoro::Task<> close();

Q_SIGNALS:
    void changed();

private:
    using Positions = QHash<ConnectorRef, std::vector<PartitionOffset>>;
    QCoro::Task<> run();
    QCoro::Task<> round();
    QCoro::Task<bool> refreshMetadata();
    QCoro::Task<> readPositions(const std::vector<FlowTarget> *due, Positions *positions);
    QCoro::Task<> readPositionsFromConnect(const std::vector<FlowTarget> *due, Positions *positions);
    QCoro::Task<> readEnds(const std::vector<FlowTarget> *due, const Positions *positions);
    QCoro::Task<> readMembers();
    void tellAges(const std::vector<FlowTarget> &due);
    QCoro::Task<> readRecordTimes(std::vector<FlowTarget> of);
    std::vector<FlowTarget> dueTargets();
    Milliseconds untilNextRound(Monotonic begin) const;
    std::vector<FlowTarget> worst(std::vector<FlowTarget> targets, size_t count) const;
    void update(const std::vector<FlowTarget> &due, const Positions &positions);
    void publish();
    CallOptions options() const { return {.deadline = m_pace.deadline, .stop = m_stop.get_token()}; }
    bool isDue(const std::optional<Monotonic> &last, Milliseconds every) const;

    std::unique_ptr<KafkaAdmin> m_admin;
    std::shared_ptr<RecordReader> m_reader; // shared with a search that is under way
    ReadOffsets m_readOffsets;
    std::shared_ptr<Clock> m_clock;
    Pace m_pace;
    std::vector<FlowTarget> m_targets;
    std::optional<bool> m_hasGroups; // absent: nobody could tell
    QHash<QString, std::vector<TopicPartition>> m_topics;
    OffsetBook m_book;
    QHash<ConnectorRef, FlowTracker> m_trackers;
    struct Asked
    {
        Monotonic at;
        int times = 0;      // since it came or its configuration named other topics; counted to two
        bool isNew = false; // one of these two is this round
    };
    QHash<ConnectorRef, Asked> m_asked;
    std::optional<Monotonic> m_metadataAt, m_startsAt, m_membersAt, m_restOffsetsAt, m_recordTimesAt;
    KafkaPicture m_picture;
    bool m_visible = true;
    int m_failures = 0;
    Pause m_pause;
    std::stop_source m_stop;
    std::optional<QCoro::Task<>> m_loop, m_ages;
};

} // namespace headgate
