// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/callgate.h"

#include <QCoroSignal>

namespace headgate {

CallGate::Scope::Scope(CallGate &gate, std::stop_token caller)
    : m_gate(gate)
{
    ++m_gate.m_inFlight;
    const auto forward = [this] {
        m_source.request_stop();
    };
    m_fromCaller.emplace(caller, forward);
    m_fromGate.emplace(m_gate.m_closing.get_token(), forward);
}

CallGate::Scope::~Scope()
{
    m_fromGate.reset();
    m_fromCaller.reset();
    if (--m_gate.m_inFlight == 0) {
        Q_EMIT m_gate.idle();
    }
}

CallGate::~CallGate()
{
    Q_ASSERT(m_inFlight == 0);
}

QCoro::Task<> CallGate::close()
{
    m_closing.request_stop();
    while (m_inFlight > 0) {
        co_await qCoro(this, &CallGate::idle);
    }
}

} // namespace headgate
