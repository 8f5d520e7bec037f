// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/subject.h"
#include "localworker/worker.h"
#include "support/realkafka/kafkafeeder.h"

#include <QTemporaryDir>

namespace headgate::test {

namespace {

//! The local worker, in this process; on its own mock brokers ("mock") or on a real broker ("kafka").
class LocalSubject final : public Subject
{
public:
    ~LocalSubject() override
    {
        if (m_worker) {
            QCoro::waitFor(m_worker->close());
        }
    }
    QString whyNot() const override { return onKafka() ? RealKafka::whyNot() : QString(); }
    bool start() override
    {
        if (onKafka() && !m_kafka.start()) {
            m_error = m_kafka.error();
            return false;
        }
        WorkerOptions options;
        options.bootstrap = onKafka() ? m_kafka.bootstrap() : QString();
        options.dataDirectory = m_directory.path();
        options.password = password();
        m_worker = std::make_unique<LocalWorker>(options);
        const auto at = QCoro::waitFor(m_worker->start());
        m_error = at ? QString() : at.error().message;
        m_at = at.value_or(WorkerAddress());
        return at.has_value();
    }
    QString error() const override { return m_error; }
    ConnectClusterConfig cluster() const override
    {
        ConnectClusterConfig config;
        config.name = {QStringLiteral("local")};
        config.workers = m_at.connectUrls;
        config.auth = RestAuth::Basic;
        config.user = m_at.user;
        config.secret = {QStringLiteral("headgate/test/connect-password")};
        return config;
    }
    QByteArray password() const override { return QByteArrayLiteral("pass: word/42="); }
    QString bootstrap() const override { return m_at.bootstrap; }
    QString dataDirectory() const override { return m_directory.path(); }
    bool produce(const QString &topic, const QByteArray &value) override
    {
        const auto fault = KafkaFeeder(m_at.bootstrap).produce(topic, 0, {{.key = {}, .value = value}});
        return fault.isEmpty();
    }
    bool isReal() const override { return false; }
    bool atLeast41() const override { return true; }

private:
    static bool onKafka() { return QStringLiteral(CONTRACT_SUBJECT) == QStringLiteral("kafka"); }

    QTemporaryDir m_directory;
    RealKafka m_kafka {{}};
    std::unique_ptr<LocalWorker> m_worker;
    WorkerAddress m_at;
    QString m_error;
};

} // namespace

std::unique_ptr<Subject> makeSubject()
{
    return std::make_unique<LocalSubject>();
}

} // namespace headgate::test
