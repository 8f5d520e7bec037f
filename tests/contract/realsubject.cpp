// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/subject.h"
#include "support/realkafka/realkafka.h"

#include <QDir>

namespace headgate::test {

namespace {

//! Real Kafka Connect of the version that this program was built for, with the login of Connect's basic-auth extension.
class RealConnect final : public Subject
{
public:
    RealConnect()
        : m_kafka({.workers = 1,
              .connectVersion = QStringLiteral(CONTRACT_SUBJECT),
              .connectUser = QStringLiteral("headgate"),
              .connectPassword = password()})
    {
    }
    QString whyNot() const override
    {
        const auto why = RealKafka::whyNot(QStringLiteral("4.1.0"));
        return why.isEmpty() ? RealKafka::whyNot(QStringLiteral(CONTRACT_SUBJECT)) : why;
    }
    bool start() override { return QDir().mkpath(dataDirectory()) && m_kafka.start(); }
    QString error() const override { return m_kafka.error(); }
    ConnectClusterConfig cluster() const override
    {
        ConnectClusterConfig config;
        config.name = {QStringLiteral("connect-test")};
        config.workers = m_kafka.workerUrls();
        config.auth = RestAuth::Basic;
        config.user = QStringLiteral("headgate");
        config.secret = {QStringLiteral("headgate/test/connect-password")};
        return config;
    }
    QByteArray password() const override { return QByteArrayLiteral("pass: word/42="); }
    QString bootstrap() const override { return m_kafka.bootstrap(); }
    QString dataDirectory() const override { return m_kafka.directory() + QStringLiteral("/data"); }
    bool produce(const QString &topic, const QByteArray &value) override
    {
        return m_kafka.produce(topic, 0, {{.key = {}, .value = value}});
    }
    bool isReal() const override { return true; }
    bool killAndRestart() override
    {
        m_kafka.worker().process().kill();
        return m_kafka.restartWorker();
    }
    bool atLeast41() const override { return QStringLiteral(CONTRACT_SUBJECT) >= QStringLiteral("4.1"); }

private:
    RealKafka m_kafka;
};

} // namespace

std::unique_ptr<Subject> makeSubject()
{
    return std::make_unique<RealConnect>();
}

} // namespace headgate::test
