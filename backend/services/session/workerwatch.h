// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "common/pause.h"
#include "domain/triage/snapshot.h"

#include <QObject>

#include <functional>

namespace headgate {

/*! Asks one worker for its health: every 15 s, with its own deadline and one question in flight. Only this answer tells
 * a working worker from one that repeats RUNNING while its brokers are dead, or that has not read its topics yet. GUI
 * thread; owned by its cluster's lane. */
class WorkerWatch : public QObject
{
    Q_OBJECT
public:
    struct Pace
    {
        Milliseconds every {15'000};
        Milliseconds deadline {12'000};
        Milliseconds inDoubt {2000}; //!< while the lane needs to know
    };
    //! `herderProbe` gives the name of a connector to read where there is no /health (below Connect 3.9); empty: none,
    //! not asked.
    WorkerWatch(QString url, ConnectClient &client, std::shared_ptr<Clock> clock, Pace pace,
        std::function<QString()> herderProbe);
    ~WorkerWatch() override;

    void start();
    void setVisible(bool visible);
    void setInDoubt(bool inDoubt); //!< asks at once and then each tick
    const WorkerFacts &facts() const { return m_facts; }
    const QString &url() const { return m_url; }
    //! When the question was sent whose answer facts() holds.
    std::optional<Monotonic> askedAt() const { return m_askedAt; }
    void setWorkerId(const QString &id) { m_facts.workerId = id; }
    QCoro::Task<> close();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> run();
    QCoro::Task<> ask();
    Task<WorkerHealthReport> readThroughHerder();
    void take(const Result<WorkerHealthReport> &answer);

    QString m_url;
    ConnectClient &m_client;
    std::shared_ptr<Clock> m_clock;
    Pace m_pace;
    std::function<QString()> m_herderProbe;
    WorkerFacts m_facts;
    std::optional<Monotonic> m_askedAt;
    bool m_visible = true, m_inDoubt = false, m_noHealthCall = false;
    Pause m_pause;
    std::stop_source m_stop;
    std::optional<QCoro::Task<>> m_loop;
};

//! "http://worker-1:8083/" -> "worker-1:8083"; without credentials, path or query.
QString displayAddress(const QString &url);

} // namespace headgate
