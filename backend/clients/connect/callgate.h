// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QObject>

#include <functional>
#include <optional>

namespace headgate {

/*! Counts the calls in flight of something that must outlive them, and stops them when it closes. GUI thread. */
class CallGate final : public QObject
{
    Q_OBJECT

public:
    /*! One call in flight, in its coroutine's frame. Its stop token answers to the caller and to the closing gate. */
    class Scope
    {
    public:
        Scope(CallGate &gate, std::stop_token caller);
        ~Scope();
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;
        std::stop_token stop() const { return m_source.get_token(); }

    private:
        using Forward = std::stop_callback<std::function<void()>>;
        CallGate &m_gate;
        std::stop_source m_source;
        std::optional<Forward> m_fromCaller, m_fromGate;
    };

    ~CallGate() override;
    bool isClosing() const { return m_closing.stop_requested(); }
    QCoro::Task<> close(); //!< stops all calls and ends after the last

Q_SIGNALS:
    void idle();

private:
    std::stop_source m_closing;
    int m_inFlight = 0;
};

} // namespace headgate
