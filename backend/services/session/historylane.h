// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/historyreader.h"
#include "common/pause.h"
#include "domain/contexts/context.h"
#include "services/session/snapshotbuilder.h"

#include <QObject>

#include <functional>
#include <memory>

namespace headgate {

/*! Follows Connect's own topics for "since" and "changed", which REST does not know. A change while we watch is seen in
 * the statuses sooner; the topics are for what happened before. GUI thread; owned by the session, over the Kafka lane's
 * admin and reader. */
class HistoryLane : public QObject
{
    Q_OBJECT
public:
    using Names = std::function<QStringList(const ClusterName &)>;

    HistoryLane(const std::vector<ConnectClusterConfig> &clusters, KafkaAdmin &admin, RecordReader &reader, Names names,
        std::shared_ptr<Clock> clock, Milliseconds every);
    ~HistoryLane() override;

    void start();
    void setVisible(bool visible);
    //! What the topics say of this connector, as far as its status is the one they speak of.
    ConnectorTimes timesOf(const ClusterName &cluster, const ConnectorStatus &status) const;
    QCoro::Task<> close();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> run();
    QCoro::Task<> followAll();

    struct Followed
    {
        ClusterName cluster;
        std::unique_ptr<HistoryReader> reader;
        Instant readAt {};
    };
    std::vector<Followed> m_followed;
    Names m_names;
    std::shared_ptr<Clock> m_clock;
    Milliseconds m_every;
    bool m_visible = true;
    Pause m_pause;
    std::stop_source m_stop;
    std::optional<QCoro::Task<>> m_loop;
};

} // namespace headgate
