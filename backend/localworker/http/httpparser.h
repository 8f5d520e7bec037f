// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/http/httpmessage.h"

namespace headgate::localworker {

/*! Reads HTTP/1.1 requests from a byte stream, strictly: what is not plainly right is refused, so that no two readers
 * can disagree about where a request ends.
 *
 * Owned by one connection, its thread. Own code instead of QtHttpServer because that one (6.4 and 6.8) takes a body of
 * any size into memory before anybody is asked, so neither a limit nor 401 before the body is possible with it. */
class HttpParser
{
public:
    enum class State { Head, Body, Complete, Broken };

    static constexpr qsizetype maxHeadBytes = 32 * 1024;
    static constexpr qsizetype maxBodyBytes = 1024 * 1024;

    //! Takes bytes and goes as far as they reach. After Head the caller may judge `request()` before any body is read.
    void feed(const QByteArray &bytes);
    //! Goes on with bytes already there; call it once the head was judged.
    State advance();
    State state() const { return m_state; }
    bool headIsNew(); //!< true once per request, when its head is complete
    const HttpRequest &request() const { return m_request; }
    HttpRequest takeRequest();                          //!< the complete request; the next one begins
    int brokenStatus() const { return m_brokenStatus; } //!< 400, 413, 431, 501, 505
    bool expectsContinue() const;
    bool hasPending() const { return !m_buffer.isEmpty(); }

private:
    State broken(int status);
    State readHead();
    State readBody();
    State readChunks();
    bool parseRequestLine(const QByteArray &line);
    bool parseHeaderLine(const QByteArray &line);
    bool decideBody();

    QByteArray m_buffer;
    HttpRequest m_request;
    State m_state = State::Head;
    qint64 m_bodyLeft = 0;
    bool m_chunked = false, m_headIsNew = false;
    int m_brokenStatus = 0;
};

} // namespace headgate::localworker
