// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/kafkaerrors.h"

#include <QRegularExpression>

namespace headgate {

ErrorKind kindOf(rd_kafka_resp_err_t code)
{
    switch (static_cast<int>(code)) { // hundreds of codes: only those we act on are named
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        return ErrorKind::DeadlineExceeded;
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
        return ErrorKind::Unreachable;
    case RD_KAFKA_RESP_ERR__SSL:
        return ErrorKind::TlsFailed;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
        return ErrorKind::AuthenticationFailed;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
        return ErrorKind::NotPermitted;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND:
        return ErrorKind::NotFound;
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
        return ErrorKind::NotSupported;
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
    case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR__NOENT: // ListOffsets: "No leaders found"
        return ErrorKind::Rebalancing;
    case RD_KAFKA_RESP_ERR__BAD_MSG:
        return ErrorKind::InvalidAnswer;
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
        return ErrorKind::InvalidInput;
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
        return ErrorKind::TooLarge;
    }
    return code > 0 ? ErrorKind::Refused : ErrorKind::Internal;
}

QString nameOf(rd_kafka_resp_err_t code)
{
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ? QString() : QString::fromLatin1(rd_kafka_err2name(code));
}

bool isLeaderChange(rd_kafka_resp_err_t code)
{
    return kindOf(code) == ErrorKind::Rebalancing;
}

bool hungUpAtFirst(const QString &text)
{
    // How the end shows is chance: the read ends, or the write meets a socket that is closed already. TLS listeners
    // close before they tell their versions; SASL listeners tell them, then close at the first request proper.
    static const QRegularExpression words(QStringLiteral("(Disconnected|Send failed|Receive failed).*"
                                                         "(in state APIVERSION_QUERY|after \\d{1,2}ms in state UP)"));
    // Sometimes the state is not told; a connection that was up says so.
    const bool unsaid
        = text.contains(QLatin1String("Send failed: Broken pipe")) && !text.contains(QLatin1String("in state"));
    return unsaid || words.match(text).hasMatch();
}

QString causeOf(rd_kafka_resp_err_t code, const QString &text)
{
    if (code == RD_KAFKA_RESP_ERR__TRANSPORT && hungUpAtFirst(text)) {
        return QStringLiteral("The broker closes the connection at the first request: check the security protocol");
    }
    if (code == RD_KAFKA_RESP_ERR__BAD_MSG && text.contains(QLatin1String("1213486160"))) { // 0x48545450 = "HTTP"
        return QStringLiteral("The port answers HTTP, not Kafka's protocol");
    }
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) { // the library often gives no other reason for plain text on a
                                                       // TLS or SASL port
        return QStringLiteral("No broker could be reached; check address, port and security protocol");
    }
    static const QRegularExpression origin(QStringLiteral("^(?:[a-z]+://)?\\S+/(?:bootstrap|\\d+): "));
    static const QRegularExpression state(QStringLiteral(" ?\\(after \\d+ms in state .*$"));
    static const QRegularExpression address(QStringLiteral("Connect to ipv[46]#(\\S+) failed"));
    auto cause = text.left(600);
    return cause.remove(origin).remove(state).replace(address, QStringLiteral("connection to \\1 failed")).trimmed();
}

Error kafkaError(rd_kafka_resp_err_t code, const QString &text, QString target, QString request)
{
    const auto kind = kindOf(code);
    const bool passes
        = kind == ErrorKind::DeadlineExceeded || kind == ErrorKind::Unreachable || kind == ErrorKind::Rebalancing;
    return {.kind = kind,
        .message = causeOf(code, text.isEmpty() ? QString::fromUtf8(rd_kafka_err2str(code)) : text),
        .target = std::move(target),
        .request = std::move(request),
        .detail = nameOf(code),
        .code = static_cast<int>(code),
        .retryable = passes};
}

} // namespace headgate
