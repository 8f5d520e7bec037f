// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace headgate::fake {

using std::chrono::milliseconds;

struct FakeTask
{
    QString state = QStringLiteral("RUNNING");
    QString trace;
    QString worker;
};

//! One connector of the fake cluster, as REST would show it, and how it behaves when it is touched.
struct FakeConnector
{
    QString name;
    QString type = QStringLiteral("source");
    QString state = QStringLiteral("RUNNING");
    QString trace;
    QString worker;
    std::vector<std::pair<QString, QString>> config;
    std::vector<FakeTask> tasks = std::vector<FakeTask>(1);
    QStringList topics;
    QByteArray offsets = "[]"; //!< the array inside {"offsets": ...}
    bool failsAgain = false;   //!< a restarted task runs for `greenFlash` and then fails with its old trace
};

struct FakeAnswer
{
    int status = 200;
    QByteArray body;
    QByteArray location;
};

/*! The state of a fake Connect cluster: connectors, target states that converge with a delay, and the answers of the
 * REST resources. Not thread-safe: FakeConnect locks around it. Transitions become due by the time given to each call;
 * nothing runs by itself. */
class FakeCluster
{
public:
    struct Delays
    {
        milliseconds connector {20};   //!< until the connector's own state follows a request
        milliseconds tasks {60};       //!< until its tasks follow
        milliseconds greenFlash {300}; //!< how long a hopeless task reads RUNNING after a restart
    };
    Delays delays;
    QString version = QStringLiteral("4.1.0");
    QString commit = QStringLiteral("0123456789abcdef");
    QString kafkaClusterId = QStringLiteral("fake-kafka-cluster");
    bool expands = true; //!< false: like Connect below 2.3
    bool topicTracking = true;
    QByteArray pluginsJson;  //!< answer of GET /connector-plugins
    QByteArray validateJson; //!< answer of PUT .../validate

    FakeCluster();
    void put(FakeConnector connector);
    void change(const QString &name, const std::function<void(FakeConnector &)> &edit);
    bool remove(const QString &name);
    FakeConnector get(const QString &name, milliseconds now); //!< empty name: there is none
    QStringList names() const { return m_entries.keys(); }

    /*! What a worker with this state answers. `path` is as on the wire (encoded, with query), `now` any monotonic time.
     */
    FakeAnswer answer(const QByteArray &method, const QByteArray &path, const QByteArray &body, milliseconds now);

private:
    struct Entry
    {
        FakeConnector connector;
        size_t configuredTasks = 1;
        QByteArray statusJson, infoJson; // caches, cleared by every change
    };
    struct Due
    {
        milliseconds at;
        QString name;
        std::function<void(FakeConnector &)> edit;
    };

    void applyDue(milliseconds now);
    void later(milliseconds at, const QString &name, std::function<void(FakeConnector &)> edit);
    FakeAnswer collection(const QByteArray &method, const QByteArray &query, const QByteArray &body);
    FakeAnswer connectorResource(const QByteArray &method, const QStringList &segments, const QByteArray &query,
        const QByteArray &body, milliseconds now);
    FakeAnswer changeState(const QString &name, const QString &action, milliseconds now);
    FakeAnswer restart(Entry &entry, const QByteArray &query, milliseconds now);
    FakeAnswer restartTask(Entry &entry, const QString &id, milliseconds now);
    void restartTaskLater(const QString &name, size_t index, milliseconds now);
    FakeAnswer putConfig(const QString &name, const QByteArray &body);
    FakeAnswer create(const QByteArray &body);
    FakeAnswer setLogger(const QString &logger, const QByteArray &query, const QByteArray &body);
    FakeAnswer other(
        const QByteArray &method, const QStringList &segments, const QByteArray &query, const QByteArray &body);
    const QByteArray &statusOf(Entry &entry) const;
    const QByteArray &infoOf(Entry &entry) const;

    QMap<QString, Entry> m_entries;
    std::vector<Due> m_due;
    QMap<QString, QString> m_loggers;
};

//! {"error_code":N,"message":"..."} as Connect writes it.
FakeAnswer connectError(int status, const QString &message);

} // namespace headgate::fake
