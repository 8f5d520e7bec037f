// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

namespace headgate {

//! Whom one turns to about an error: coarser than its kind, the same in every place that sorts errors.
enum class ErrorArea {
    Network, //!< nobody answered in time
    Tls,
    Login,
    Right,    //!< logged in, and not allowed
    Starting, //!< answers, and is not ready yet
    Answer    //!< answered something else than asked for, or nothing of the above
};

inline ErrorArea areaOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::DeadlineExceeded:
        return ErrorArea::Network;
    case ErrorKind::TlsFailed:
        return ErrorArea::Tls;
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::SecretsUnavailable:
        return ErrorArea::Login;
    case ErrorKind::NotPermitted:
        return ErrorArea::Right;
    case ErrorKind::Starting:
    case ErrorKind::Rebalancing:
        return ErrorArea::Starting;
    case ErrorKind::Cancelled:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::NotSupported:
    case ErrorKind::InvalidInput:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::TooLarge:
    case ErrorKind::Redirected:
    case ErrorKind::Refused:
    case ErrorKind::ServerFailed:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::Locked:
    case ErrorKind::StorageFailed:
    case ErrorKind::ModeForbids:
    case ErrorKind::Internal:
        break;
    }
    return ErrorArea::Answer;
}

} // namespace headgate
