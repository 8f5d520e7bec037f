// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

namespace headgate {

/*! The story that the real sandbox tells, as values: a healthy source, a slow sink whose lag grows, a sink whose task
 * failed at a bad record, a dead letter topic with a record, one paused and one stopped sink. Names are those of the
 * product's pictures; the classes are what really runs: Kafka's FileStream source and the sandbox's own plug-in. */
enum class CastTarget { Running, Paused, Stopped };
struct CastConnector
{
    QString name;
    ConfigMap config;
    CastTarget target = CastTarget::Running;
};

/*! `directory` holds the files that are read and delivered to; `copies` is the replication factor of topics, at most
 * the brokers. */
std::vector<CastConnector> kafkaCast(const QString &directory, int copies);

//! Lines of the file behind the topic `invoices`. The bad one is appended later, so that the sink has committed before
//! it fails.
QByteArray goodInvoices();
QByteArray badInvoice();
QString invoicesFile(const QString &directory);

//! ownership.yaml of the sandboxes, the embedded one's too.
QByteArray castOwnership();

} // namespace headgate
