// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "domain/connectors/internaltopics.h"

#include <QSet>

namespace headgate {

/*! Follows the status and config topics of one Connect cluster: "since" of connectors and tasks, "changed" of
 * configurations. GUI thread; owned by the session, over an admin and a reader that outlive it.
 *
 * follow() reads what was written since the last call, in pieces; the first one reads everything. Where names are not
 * given they are found by the shape of keys, and among several clusters' topics by the connectors named in them. */
class HistoryReader
{
public:
    struct Topics
    {
        QString status, config; //!< empty: to be found
    };

    HistoryReader(KafkaAdmin &admin, RecordReader &reader, Topics topics)
        : m_admin(admin)
        , m_reader(reader)
        , m_topics(std::move(topics))
    {
    }

    /*! True when the history is another now. `connectors`: names of the cluster as REST lists them, to tell its topics
     * from other clusters'. Errors leave what is known as it is; NotFound: no such topic is readable. One call at a
     * time. */
    Task<bool> follow(QStringList connectors, CallOptions options);

    const ConnectHistory &history() const { return m_history; }
    const Topics &topics() const { return m_topics; }

private:
    Task<bool> followTopic(QString topic, InternalTopic kind, CallOptions options);
    Task<bool> readOn(TopicPartition tp, std::int64_t end, InternalTopic kind, CallOptions options);
    Task<bool> find(QStringList connectors, CallOptions options);
    Task<std::vector<Record>> sample(QString topic, int partitions, CallOptions options);
    bool apply(const Record &record, InternalTopic kind);

    KafkaAdmin &m_admin;
    RecordReader &m_reader;
    Topics m_topics;
    QSet<QString> m_otherTopics;      //!< looked at, are something else
    QHash<QString, int> m_partitions; //!< of the two topics
    QHash<TopicPartition, std::int64_t> m_next;
    ConnectHistory m_history;
};

} // namespace headgate
