// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

/*! Is a worker that calls itself `serverVersion` (GET /) at least Apache Kafka `major.minor`? Confluent numbers its
 * builds otherwise: "7.6.0-ccs" is Kafka 3.6, "6.2.1-ce" is 2.8. An unreadable version is taken for a new one: the
 * worker then says no itself. */
bool isAtLeast(const QString &serverVersion, int major, int minor);

} // namespace headgate
