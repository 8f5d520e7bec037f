// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/errortext.h"

#include "models/common/showntext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

constexpr int longestCause = 240;

//! Who was asked, or a word that keeps the sentence whole where nobody was.
QString who(const Error &error)
{
    return error.target.isEmpty() ? Words::tr("The other side") : shownText(error.target, longestCause);
}

QString cause(const Error &error)
{
    return shownText(error.message, longestCause);
}

//! "what: cause." with exactly one mark at its end.
QString withCause(const QString &what, const Error &error)
{
    QString text = cause(error);
    while (text.endsWith(u'.')) {
        text.chop(1);
    }
    const bool ended = text.endsWith(u'?') || text.endsWith(u'!');
    return text.isEmpty() ? QString(what + u'.')
                          : QString(what + QStringLiteral(": ") + text + (ended ? QString() : QStringLiteral(".")));
}

bool isWrite(const Error &error)
{
    // Of the calls to brokers that people see the errors of, none changes anything.
    constexpr std::array<QLatin1String, 4> verbs {
        QLatin1String("PUT "), QLatin1String("POST "), QLatin1String("PATCH "), QLatin1String("DELETE ")};
    return std::ranges::any_of(verbs, [&error](QLatin1String verb) { return error.request.startsWith(verb); });
}

//! For failures before anything was understood: reads leave the old picture, writes did not happen.
QString untouched(const Error &error, Reader reader)
{
    return isWrite(error) || reader == Reader::Terminal ? Words::tr("Nothing was changed.")
                                                        : Words::tr("What is shown is what was seen last.");
}

QString what(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return Words::tr("Cancelled before an answer came.");
    case ErrorKind::DeadlineExceeded:
        return withCause(Words::tr("%1 is silent or too slow").arg(who(error)), error);
    case ErrorKind::Unreachable:
        return withCause(Words::tr("%1 cannot be reached").arg(who(error)), error);
    case ErrorKind::TlsFailed:
        return withCause(Words::tr("No encrypted connection to %1 came about").arg(who(error)), error);
    case ErrorKind::AuthenticationFailed:
        return withCause(Words::tr("%1 refused the login").arg(who(error)), error);
    case ErrorKind::NotPermitted:
        return withCause(Words::tr("%1 does not permit this login to do that").arg(who(error)), error);
    case ErrorKind::NotFound:
        return withCause(Words::tr("%1 does not know it").arg(who(error)), error);
    case ErrorKind::Conflict:
        return withCause(Words::tr("%1 holds something else by now").arg(who(error)), error);
    case ErrorKind::Rebalancing:
        return withCause(Words::tr("%1 is rebalancing").arg(who(error)), error);
    case ErrorKind::Starting:
        return withCause(Words::tr("%1 is starting and has not read its topics yet").arg(who(error)), error);
    case ErrorKind::NotSupported:
        return withCause(Words::tr("%1 lacks this call").arg(who(error)), error);
    case ErrorKind::InvalidInput:
        return withCause(Words::tr("This cannot be used"), error);
    case ErrorKind::InvalidAnswer:
        return withCause(Words::tr("The answer of %1 could not be read").arg(who(error)), error);
    case ErrorKind::TooLarge:
        return withCause(Words::tr("The answer of %1 is larger than Headgate reads").arg(who(error)), error);
    case ErrorKind::Redirected:
        return withCause(Words::tr("%1 points to another address").arg(who(error)), error);
    case ErrorKind::Refused:
        return withCause(Words::tr("%1 refused").arg(who(error)), error);
    case ErrorKind::ServerFailed:
        return withCause(Words::tr("%1 failed inside").arg(who(error)), error);
    case ErrorKind::OutcomeUnknown:
        return withCause(Words::tr("The request went to %1, its answer is lost").arg(who(error)), error);
    case ErrorKind::Locked:
        return withCause(Words::tr("Another operation holds it"), error);
    case ErrorKind::StorageFailed:
        return withCause(error.target.isEmpty() ? Words::tr("A file could not be read or written")
                                                : Words::tr("%1 could not be read or written").arg(who(error)),
            error);
    case ErrorKind::SecretsUnavailable:
        return withCause(Words::tr("The secret store gave nothing"), error);
    case ErrorKind::ModeForbids:
        return withCause(Words::tr("The mode of this context forbids it"), error);
    case ErrorKind::Internal:
        return withCause(Words::tr("Headgate made a mistake"), error);
    }
    return {};
}

QString state(const Error &error, Reader reader)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return isWrite(error) ? Words::tr("What was sent before may still happen.") : Words::tr("Nothing was changed.");
    case ErrorKind::OutcomeUnknown:
        return Words::tr("It may have happened or may still happen; it was not sent again.");
    case ErrorKind::DeadlineExceeded:
        return isWrite(error) ? Words::tr("It may still happen; it was not sent again.") : untouched(error, reader);
    case ErrorKind::Redirected:
        return Words::tr("Redirects are never followed, so that no login goes elsewhere.");
    case ErrorKind::SecretsUnavailable:
        return Words::tr("No login was tried.");
    case ErrorKind::StorageFailed:
        return Words::tr("Nothing was written there.");
    case ErrorKind::Locked:
    case ErrorKind::ModeForbids:
    case ErrorKind::InvalidInput:
        return Words::tr("Nothing was sent.");
    case ErrorKind::Unreachable:
    case ErrorKind::TlsFailed:
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::NotPermitted:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rebalancing:
    case ErrorKind::Starting:
    case ErrorKind::NotSupported:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::TooLarge:
    case ErrorKind::Refused:
    case ErrorKind::Internal:
        return untouched(error, reader);
    case ErrorKind::ServerFailed:
        return isWrite(error) ? Words::tr("It may have happened in part.") : untouched(error, reader);
    }
    return {};
}

QString next(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return Words::tr("Ask again when you are ready.");
    case ErrorKind::DeadlineExceeded:
        return isWrite(error) ? Words::tr("Look at its state before trying again.")
                              : Words::tr("Headgate asks again by itself.");
    case ErrorKind::Unreachable:
        return Words::tr("Check address, port and network, then ask again.");
    case ErrorKind::TlsFailed:
        return Words::tr("Check http or https, the port, and the certificate authority of this context.");
    case ErrorKind::AuthenticationFailed:
        return Words::tr("Check user and password of this context.");
    case ErrorKind::NotPermitted:
        return Words::tr("Ask the platform's owner for this right, or use another login.");
    case ErrorKind::NotFound:
        return Words::tr("It may have been deleted by somebody else; look at the list anew.");
    case ErrorKind::Conflict:
        return Words::tr("Look at what is there now, then make a new preview.");
    case ErrorKind::Rebalancing:
        return Words::tr("It passes, mostly within a minute; try again then.");
    case ErrorKind::Starting:
        return Words::tr("Wait until the worker is ready; its lists are not to be believed before.");
    case ErrorKind::NotSupported:
        return Words::tr("A newer Kafka Connect has it.");
    case ErrorKind::InvalidInput:
        return Words::tr("Correct it and try again.");
    case ErrorKind::InvalidAnswer:
        return Words::tr("Check that the address is Kafka Connect's REST port and not another service.");
    case ErrorKind::TooLarge:
        return Words::tr("Check that the address is Kafka Connect's REST port; narrow the question where you can.");
    case ErrorKind::Redirected:
        return Words::tr("If that is the worker, enter its address; if it is a login page, a login is missing here.");
    case ErrorKind::Refused:
        return Words::tr("Correct what it names and try again.");
    case ErrorKind::ServerFailed:
        return isWrite(error) ? Words::tr("Look at its state and the worker's log before trying again.")
                              : Words::tr("Look into the worker's log; Headgate asks again by itself.");
    case ErrorKind::OutcomeUnknown:
        return Words::tr("Look at its state; then decide.");
    case ErrorKind::Locked:
        return Words::tr("Wait until it ends; Activity shows it.");
    case ErrorKind::StorageFailed:
        return Words::tr("Check free space and rights of the folder.");
    case ErrorKind::SecretsUnavailable:
        return Words::tr("Unlock the key ring, or enter the password again.");
    case ErrorKind::ModeForbids:
        return Words::tr("Change the mode of this context first.");
    case ErrorKind::Internal:
        return Words::tr("Please report it with the log file.");
    }
    return {};
}

//! Where the window's step is none in a terminal; empty: it is the same.
QString nextInTerminal(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::DeadlineExceeded:
        return isWrite(error) ? QString() : Words::tr("Ask again; where it is slow, with a longer --timeout.");
    case ErrorKind::AuthenticationFailed:
        return Words::tr("Check user and password: of this context, or connect.user and connect.password in the file "
                         "of --config.");
    case ErrorKind::NotFound:
        return Words::tr("It may have been deleted by somebody else; \"headgatectl status\" lists what is there.");
    case ErrorKind::ServerFailed:
        return isWrite(error) ? QString() : Words::tr("Look into the worker's log, then ask again.");
    case ErrorKind::Locked:
        return Words::tr("Wait until it ends, then try again.");
    case ErrorKind::SecretsUnavailable:
        return Words::tr("Unlock the key ring, or give the login in the file of --config.");
    case ErrorKind::ModeForbids:
        return Words::tr("Set another mode in this context's file, or in the file of --config, first.");
    case ErrorKind::Internal:
        return Words::tr("Please report it with this line.");
    case ErrorKind::Cancelled:
    case ErrorKind::Unreachable:
    case ErrorKind::TlsFailed:
    case ErrorKind::NotPermitted:
    case ErrorKind::Conflict:
    case ErrorKind::Rebalancing:
    case ErrorKind::Starting:
    case ErrorKind::NotSupported:
    case ErrorKind::InvalidInput:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::TooLarge:
    case ErrorKind::Redirected:
    case ErrorKind::Refused:
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::StorageFailed:
        break;
    }
    return {};
}

} // namespace

QString ErrorText::sentence() const
{
    QStringList parts {what, state, next};
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

ErrorText errorText(const Error &error, Reader reader)
{
    if (error.kind == ErrorKind::NotFound && error.target.isEmpty()) {
        return {shownText(error.message, longestCause) + u'.', {}, {}}; // known here, nobody was asked
    }
    const bool ended = reader == Reader::Terminal;
    const auto elsewhere = ended ? nextInTerminal(error) : QString();
    return {what(error), state(error, reader), elsewhere.isEmpty() ? next(error) : elsewhere};
}

Spans errorSpans(const Error &error, const QString &more)
{
    const auto text = errorText(error);
    Spans spans {{.text = text.what, .strong = true}};
    for (const auto &sentence : {text.state, text.next, more}) {
        if (!sentence.isEmpty()) {
            spans.push_back({.text = QLatin1Char(' ') + sentence});
        }
    }
    return spans;
}

} // namespace headgate
