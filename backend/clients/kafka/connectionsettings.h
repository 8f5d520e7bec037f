// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/contexts/context.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace headgate {

//! Secrets of one connection, looked up; they live as long as it takes to make a handle.
struct ConnectionSecrets
{
    QByteArray password;
    QByteArray keyPassword;
};

using ConnectionSettings = std::vector<std::pair<QByteArray, QByteArray>>;

/*! librdkafka's properties for a connection (CONFIGURATION.md). Never logged, never dumped (SE-05): they hold secrets.
 *
 * Errors: InvalidInput for no bootstrap address, and for a password that would travel in the clear to another machine.
 */
Result<ConnectionSettings> connectionSettings(const KafkaConfig &config, const ConnectionSecrets &secrets);

} // namespace headgate
