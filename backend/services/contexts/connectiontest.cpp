// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/contexts/connectiontest.h"

#include "common/errorarea.h"
#include "services/session/workerwatch.h"

#include <algorithm>

namespace headgate {

namespace {

//! Knows what was typed, and asks the real store for the rest.
class TypedSecrets final : public SecretStore
{
public:
    TypedSecrets(NewSecrets typed, std::shared_ptr<SecretStore> stored)
        : m_typed(std::move(typed))
        , m_stored(std::move(stored))
    {
    }
    Task<QByteArray> lookup(SecretRef ref, CallOptions options) override
    {
        const auto found = std::ranges::find(m_typed, ref, &NewSecrets::value_type::first);
        if (found != m_typed.end()) {
            co_return Result<QByteArray>(found->second); // a plain lvalue would be moved from (QCoro 0.8)
        }
        const auto stored = m_stored; // outlives the call
        co_return co_await stored->lookup(ref, options);
    }
    Task<void> store(SecretRef, QString, QByteArray, CallOptions) override { co_return failure(readOnly()); }
    Task<void> remove(SecretRef, CallOptions) override { co_return failure(readOnly()); }
    bool isPersistent() const override { return false; }

private:
    static Error readOnly()
    {
        return {.kind = ErrorKind::NotSupported, .message = QStringLiteral("A connection test stores nothing")};
    }

    NewSecrets m_typed;
    std::shared_ptr<SecretStore> m_stored;
};

//! Which step it was that failed, told from how it failed.
QString failedStep(const Error &error)
{
    switch (areaOf(error.kind)) {
    case ErrorArea::Tls:
        return QStringLiteral("tls");
    case ErrorArea::Login:
    case ErrorArea::Right:
        return QStringLiteral("log in");
    case ErrorArea::Network:
    case ErrorArea::Starting:
    case ErrorArea::Answer:
        break;
    }
    return QStringLiteral("reach");
}

//! Every Connect knows GET /: who does not is another service, or another path of one.
Error rootError(Error error)
{
    if (error.kind == ErrorKind::NotSupported || error.kind == ErrorKind::NotFound) {
        error.kind = ErrorKind::InvalidAnswer;
        error.message = QStringLiteral("HTTP %1: Kafka Connect is not at this path").arg(error.code);
    }
    return error;
}

//! The lines of one subject, each with the time its step took.
class Lines
{
public:
    Lines(QString subject, std::shared_ptr<Clock> clock)
        : m_subject(std::move(subject))
        , m_clock(std::move(clock))
        , m_begin(m_clock->monotonic())
    {
    }
    void good(const QString &step, const QString &note) { add(step, std::nullopt, note); }
    void bad(const QString &step, const Error &error) { add(step, error, {}); }
    std::vector<ConnectionCheck> take() { return std::move(m_lines); }

private:
    void add(const QString &step, const std::optional<Error> &error, const QString &note)
    {
        const auto now = m_clock->monotonic();
        m_lines.push_back({m_subject, step, error, note, now - m_begin});
        m_begin = now;
    }

    QString m_subject;
    std::shared_ptr<Clock> m_clock;
    Monotonic m_begin;
    std::vector<ConnectionCheck> m_lines;
};

struct SubjectResult
{
    std::vector<ConnectionCheck> lines;
    QString kafkaClusterId; //!< empty: not learnt
};

QCoro::Task<SubjectResult> testWorker(
    ConnectClusterConfig config, std::shared_ptr<SecretStore> secrets, Edges edges, CallOptions options)
{
    Lines lines(displayAddress(config.workers.front()), edges.clock);
    const auto client = edges.connect(config, secrets);
    QString clusterId;
    const auto server = co_await client->fetchServerInfo(options);
    if (!server) {
        lines.bad(failedStep(server.error()), rootError(server.error()));
    } else {
        clusterId = server->kafkaClusterId;
        lines.good(QStringLiteral("reach"), QStringLiteral("Connect %1").arg(server->version));
        const auto listing = co_await client->fetchStatuses(options);
        if (!listing) {
            lines.bad(QStringLiteral("read"), listing.error());
        } else {
            lines.good(QStringLiteral("read"), QStringLiteral("%1 connectors").arg(listing->connectors.size()));
        }
        const auto health = co_await client->fetchHealth(config.workers.front(), options);
        if (!health && health.error().kind != ErrorKind::NotSupported) {
            lines.bad(QStringLiteral("health"), health.error());
        } else if (health && health->health != WorkerHealth::Healthy && health->health != WorkerHealth::NotSupported) {
            lines.bad(QStringLiteral("health"), {.kind = ErrorKind::ServerFailed, .message = health->message});
        } else {
            lines.good(QStringLiteral("health"),
                health ? health->message : QStringLiteral("this version has no health request"));
        }
    }
    co_await client->close();
    co_return SubjectResult {lines.take(), clusterId};
}

QCoro::Task<SubjectResult> testBrokers(
    KafkaConfig config, std::shared_ptr<SecretStore> secrets, Edges edges, CallOptions options)
{
    Lines lines(QStringLiteral("brokers"), edges.clock);
    const auto admin = edges.kafkaAdmin(config, secrets);
    QString clusterId;
    const auto cluster = co_await admin->fetchCluster(options);
    if (!cluster) {
        lines.bad(failedStep(cluster.error()), cluster.error());
    } else {
        clusterId = cluster->clusterId;
        lines.good(QStringLiteral("reach"),
            QStringLiteral("%1 brokers, %2 topics visible").arg(cluster->brokers.size()).arg(cluster->topics.size()));
        const auto groups = co_await admin->fetchGroups(options);
        if (!groups) {
            lines.bad(QStringLiteral("read"), groups.error());
        } else {
            lines.good(QStringLiteral("read"), QStringLiteral("%1 consumer groups").arg(groups->size()));
        }
    }
    co_await admin->close();
    co_return SubjectResult {lines.take(), clusterId};
}

//! Lag and members would be those of another platform.
void checkMatch(const QString &connectSide, const QString &brokerSide, std::vector<ConnectionCheck> &checks)
{
    if (connectSide.isEmpty() || brokerSide.isEmpty()) {
        return;
    }
    ConnectionCheck check {.subject = QStringLiteral("brokers"), .step = QStringLiteral("match"), .note = brokerSide};
    if (connectSide != brokerSide) {
        check.note.clear();
        check.error = Error {.kind = ErrorKind::InvalidInput,
            .message
            = QStringLiteral("The brokers are cluster %1, Connect works on cluster %2").arg(brokerSide, connectSide)};
    }
    checks.push_back(check);
}

} // namespace

Task<std::vector<ConnectionCheck>> testConnection(
    ContextConfig context, NewSecrets typed, Edges edges, CallOptions options)
{
    const auto secrets = std::make_shared<TypedSecrets>(std::move(typed), edges.secrets);
    std::vector<QCoro::Task<SubjectResult>> subjects; // all at once: one that hangs takes no time from the others
    for (const auto &cluster : context.connectClusters) {
        for (const auto &url : cluster.workers) {
            auto alone = cluster;
            alone.workers = QStringList {url};
            subjects.push_back(testWorker(alone, secrets, edges, options));
        }
    }
    const auto workers = subjects.size();
    if (!context.kafka.bootstrap.isEmpty() && edges.kafkaAdmin) {
        subjects.push_back(testBrokers(context.kafka, secrets, edges, options));
    }
    std::vector<ConnectionCheck> checks;
    QString connectSide, brokerSide;
    for (size_t i = 0; i < subjects.size(); ++i) {
        auto result = co_await subjects[i];
        checks.insert(checks.end(), result.lines.begin(), result.lines.end());
        auto &side = i < workers ? connectSide : brokerSide;
        side = side.isEmpty() ? result.kafkaClusterId : side;
    }
    checkMatch(connectSide, brokerSide, checks);
    co_return checks;
}

} // namespace headgate
