// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/realkafka/realkafka.h"

typedef struct rd_kafka_s rd_kafka_t;

namespace headgate::test {

/*! Topics and records for tests, by librdkafka's blocking calls: a witness of its own beside the client under test.
 * Answers are empty or the fault. */
class KafkaFeeder
{
public:
    explicit KafkaFeeder(const QString &bootstrap);
    ~KafkaFeeder();
    Q_DISABLE_COPY_MOVE(KafkaFeeder)

    QString createTopic(const QString &topic, int partitions, int copies, const QStringList &config);
    QString produce(const QString &topic, int partition, const std::vector<RealKafka::Produced> &records);
    QString deleteRecordsBefore(const QString &topic, int partition, qint64 offset);

private:
    QString enqueue(QByteArray topic, int partition, const RealKafka::Produced &record, void *deliveries);

    rd_kafka_t *m_kafka = nullptr;
    QString m_fault;
};

} // namespace headgate::test
