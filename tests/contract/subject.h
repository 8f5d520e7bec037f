// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "domain/connectors/connectrequests.h"

#include <QCoroTask>

#include <memory>

namespace headgate::test {

/*! A Connect cluster that the contract suite runs against: the local worker, or real Kafka Connect of a version. */
class Subject
{
public:
    virtual ~Subject() = default;
    //! Empty, or why it cannot run here: the sentence for QSKIP.
    virtual QString whyNot() const = 0;
    virtual bool start() = 0;
    virtual QString error() const = 0;
    virtual ConnectClusterConfig cluster() const = 0; //!< with the login's user, its secret by reference
    virtual QByteArray password() const = 0;
    virtual QString bootstrap() const = 0;     //!< of the brokers, for clients on this machine
    virtual QString dataDirectory() const = 0; //!< files that FileStream may read and write
    //! One record to `topic`, which exists afterwards.
    virtual bool produce(const QString &topic, const QByteArray &value) = 0;
    virtual bool isReal() const = 0;
    virtual bool killAndRestart() { return false; } //!< the worker, by SIGKILL; false where it cannot be
    virtual bool atLeast41() const = 0;             //!< of the contract that it follows
};

//! The one that this program was built for.
std::unique_ptr<Subject> makeSubject();

//! The client under test, logged in with this password.
std::unique_ptr<ConnectClient> makeClient(const ConnectClusterConfig &cluster, const QByteArray &password);

//! Runs a call to its end.
template <class T> Result<T> wait(Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

inline const CallOptions patient {.deadline = std::chrono::seconds(30)};

//! "RUNNING[0:RUNNING,1:FAILED]"; the error's message where there is no status.
QString shape(const Result<ConnectorStatus> &status);

//! For QVERIFY2: what went wrong, with the worker's own words.
template <class T> QByteArray why(const Result<T> &result)
{
    return result
        ? QByteArrayLiteral("(there was an answer)")
        : QStringLiteral("kind %1, %2 %3 %4: %5 %6")
              .arg(static_cast<int>(result.error().kind))
              .arg(result.error().code)
              .arg(result.error().target, result.error().request, result.error().message, result.error().detail)
              .toUtf8();
}

} // namespace headgate::test
