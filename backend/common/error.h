// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace headgate {

//! What went wrong, as far as code needs to tell it apart. Sentences for people are made in models/common/errortext
//! only.
enum class ErrorKind {
    Cancelled,            //!< a person or the owner of the call asked to stop
    DeadlineExceeded,     //!< no complete answer within the total deadline
    Unreachable,          //!< name not resolved, connection refused or lost before anything was answered
    TlsFailed,            //!< handshake or certificate, or TLS spoken to a plain port and the reverse
    AuthenticationFailed, //!< 401, SASL failure
    NotPermitted,         //!< 403, ACL
    NotFound,             //!< the thing does not exist (any more)
    Conflict,             //!< 409 that stays: name exists, plan is stale
    Rebalancing,          //!< 409 or 500 that passes: rebalance, stale configuration, no leader
    Starting,             //!< the worker answers, but has not read its topics yet
    NotSupported,         //!< the other side lacks this call
    InvalidInput,         //!< what a person or file gave is wrong
    InvalidAnswer,        //!< the other side's answer could not be read
    TooLarge,             //!< over one of our limits
    Redirected,           //!< 3xx: never followed
    Refused,              //!< the other side understood and said no (400, 4xx)
    ServerFailed,         //!< 5xx
    OutcomeUnknown,       //!< a write was sent, its answer is lost: it may still happen
    Locked,               //!< another operation or another process holds it
    StorageFailed,        //!< file, disk, database
    SecretsUnavailable,   //!< no secret service, or it is locked
    ModeForbids,          //!< the context's mode does not allow it
    Internal,             //!< a defect of ours
};

/*! One failure. Values only, so that it crosses threads.
 *
 * `message` is the cause in the words of whoever reported it (already redacted, plain text, never shown as markup). */
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString message;        //!< cause, one sentence, e.g. "Connection refused"
    QString target;         //!< who was asked, display form without credentials, e.g. "connect-eu-3:8083"
    QString request;        //!< what was asked, e.g. "PUT /connectors/a/pause"
    QString detail;         //!< longer evidence: body excerpt, library text
    int code = 0;           //!< HTTP status or rd_kafka_resp_err_t; 0 where there is none
    bool retryable = false; //!< asking the same again may help (reads only; writes are decided by the pipeline)

    bool operator==(const Error &) const = default;
};

template <class T> using Result = tl::expected<T, Error>;

//! Shorthand for `return failure({.kind = ..., .message = ...});`
inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace headgate
