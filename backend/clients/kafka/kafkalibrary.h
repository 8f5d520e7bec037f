// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

//! The librdkafka that runs, not the one it was compiled against: "2.14.2", "gzip,snappy,ssl,sasl_scram,...". Any
//! thread.
struct KafkaLibrary
{
    QString version;
    QString features;

    bool operator==(const KafkaLibrary &) const = default;
};
KafkaLibrary kafkaLibrary();

} // namespace headgate
