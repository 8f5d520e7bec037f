// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/throwable.h"

namespace headgate::localworker {

std::string Throwable::trace() const
{
    auto text = heading() + "\n\tat " + at + "(headgate-worker)\n";
    for (auto inner = cause; inner; inner = inner->cause) {
        text += "Caused by: " + inner->heading() + "\n\tat " + inner->at + "(headgate-worker)\n";
    }
    return text;
}

Throwable connectException(std::string message, std::string at)
{
    return {.type = "org.apache.kafka.connect.errors.ConnectException",
        .message = std::move(message),
        .at = std::move(at),
        .cause = {}};
}

} // namespace headgate::localworker
