// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaconnection.h"

#include <QStringList>

#include <deque>
#include <functional>

namespace headgate {

//! One request of the admin API, ready to be put on a handle.
struct AdminCall
{
    rd_kafka_admin_op_t op;
    QString request; //!< Kafka's name of it, for errors
    QString target;  //!< group, topic or broker; empty: the cluster
    std::function<void(rd_kafka_t *, const rd_kafka_AdminOptions_t *, rd_kafka_queue_t *)> issue;

    static AdminCall describeCluster();
    static AdminCall listGroups();
    static AdminCall describeGroups(const QStringList &groups); //!< all in one event
    static AdminCall committed(const QString &group);           //!< librdkafka takes exactly one group a call
    static AdminCall describeTopics(const QStringList &topics); //!< all in one event
    static AdminCall describeConfig(rd_kafka_ResourceType_t type, const QByteArray &name);
};

//! An answer without an event-level error. The handle is kept until the event is read.
struct AdminAnswer
{
    KafkaHandlePtr handle;
    rd::Event event;
};

/*! Sends admin calls and waits for their events under our own deadline. GUI thread; part of an admin.
 *
 * Calls to a group's coordinator are apart: when the library's own time-out of such a call expires while its broker is
 * away, the library aborts the process once the broker is back (issues 3663, 4605). They get the longest time-out there
 * is, are sent only to a cluster that answers, at most 200 at a time, and a handle on which one overran our deadline is
 * given up with it. */
class AdminCalls
{
public:
    explicit AdminCalls(KafkaConnection &connection)
        : m_connection(connection)
    {
    }

    Task<AdminAnswer> ask(AdminCall call, CallOptions options);
    Task<AdminAnswer> askCoordinator(AdminCall call, CallOptions options);

private:
    enum class Route { AnyBroker, Coordinator };

    Task<AdminAnswer> send(KafkaHandlePtr handle, AdminCall call, Route route, CallOptions options);
    Task<Done> enterWindow(CallOptions options);
    void leaveWindow();

    KafkaConnection &m_connection;
    int m_inFlight = 0;
    std::deque<std::shared_ptr<Reply<Done>>> m_queue; //!< waiting for a place in the window
};

} // namespace headgate
