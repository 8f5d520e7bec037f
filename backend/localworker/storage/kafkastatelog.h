// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/recordproducer.h"
#include "localworker/runtime/brokers.h"
#include "localworker/storage/statelog.h"

namespace headgate::localworker {

/*! State in Connect's own three compacted topics on a real broker: `<group>-configs` (1 partition), `-offsets`,
 * `-status` (5 each). A real worker of that group could take them over, and the reverse. Made where they are missing;
 * read to their end at the start. */
class KafkaStateLog final : public StateLog
{
public:
    KafkaStateLog(const Brokers &brokers, std::string group, RecordProducer &producer);

    Task<std::map<StateTopic, StateMap>> load() override;
    Task<void> put(StateTopic topic, std::string key, std::optional<Json> value) override;
    void putLater(StateTopic topic, std::string key, std::optional<Json> value) override;
    QCoro::Task<> close() override;

private:
    std::string nameOf(StateTopic topic) const;

    const Brokers &m_brokers;
    std::string m_group;
    RecordProducer &m_producer;
};

} // namespace headgate::localworker
