// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/http/httpparser.h"

#include <algorithm>

namespace headgate::localworker {

namespace {

bool isTokenChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

//! No blank, control or non-ASCII byte: such targets are where proxies and servers disagree.
bool isCleanTarget(const QByteArray &target)
{
    return target.startsWith('/')
        && std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

void HttpParser::feed(const QByteArray &bytes)
{
    m_buffer += bytes;
    if (m_state == State::Head) {
        m_state = readHead();
    }
}

HttpParser::State HttpParser::advance()
{
    if (m_state == State::Head) {
        m_state = readHead();
    }
    if (m_state == State::Body) {
        m_state = m_chunked ? readChunks() : readBody();
    }
    return m_state;
}

bool HttpParser::headIsNew()
{
    return std::exchange(m_headIsNew, false);
}

HttpRequest HttpParser::takeRequest()
{
    m_state = State::Head;
    return std::exchange(m_request, {});
}

bool HttpParser::expectsContinue() const
{
    return m_request.header("expect").value_or(QByteArray()).toLower() == "100-continue";
}

HttpParser::State HttpParser::broken(int status)
{
    m_brokenStatus = status;
    m_buffer.clear();
    return State::Broken;
}

HttpParser::State HttpParser::readHead()
{
    if (m_buffer.startsWith('\x16')) { // a TLS greeting holds no line end: it would wait for one until its deadline
        return broken(400);
    }
    const auto end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0) {
        return m_buffer.size() > maxHeadBytes ? broken(431) : State::Head;
    }
    if (end > maxHeadBytes) {
        return broken(431);
    }
    auto lines = m_buffer.left(end).split('\n');
    m_buffer.remove(0, end + 4);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        auto line = lines[i];
        if (i + 1 < lines.size()) {
            if (!line.endsWith('\r')) {
                return broken(400);
            }
            line.chop(1);
        }
        if (!(i == 0 ? parseRequestLine(line) : parseHeaderLine(line))) {
            return broken(m_brokenStatus == 0 ? 400 : m_brokenStatus);
        }
    }
    m_headIsNew = true;
    return decideBody() ? State::Body : broken(m_brokenStatus);
}

bool HttpParser::parseRequestLine(const QByteArray &line)
{
    const auto parts = line.split(' ');
    if (parts.size() != 3 || !isToken(parts[0]) || !isCleanTarget(parts[1])) {
        return false;
    }
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0") {
        m_brokenStatus = parts[2].startsWith("HTTP/") ? 505 : 400;
        return false;
    }
    m_request.method = parts[0];
    m_request.keepAlive = parts[2] == "HTTP/1.1";
    const auto mark = parts[1].indexOf('?');
    m_request.rawPath = mark < 0 ? parts[1] : parts[1].left(mark);
    m_request.rawQuery = mark < 0 ? QByteArray() : parts[1].mid(mark + 1);
    return true;
}

bool HttpParser::parseHeaderLine(const QByteArray &line)
{
    const auto colon = line.indexOf(':');
    const auto name = line.left(colon < 0 ? 0 : colon);
    const auto value = line.mid(colon + 1).trimmed();
    if (!isToken(name) || std::any_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\0'; })) {
        return false; // folded lines end here too: they begin with a blank
    }
    m_request.headers.append({name.toLower(), value});
    return m_request.headers.size() <= 100;
}

bool HttpParser::decideBody()
{
    m_bodyLeft = 0;
    m_chunked = false;
    if (const auto connection = m_request.header("connection")) {
        m_request.keepAlive
            = connection->toLower() != "close" && (m_request.keepAlive || connection->toLower() == "keep-alive");
    }
    const auto length = m_request.header("content-length");
    const auto encoding = m_request.header("transfer-encoding");
    m_brokenStatus = 400;
    if ((length && encoding) || m_request.headerCount("content-length") > 1
        || m_request.headerCount("transfer-encoding") > 1) {
        return false; // request smuggling begins with two opinions about the length
    }
    if (encoding) {
        m_chunked = encoding->toLower() == "chunked";
        m_brokenStatus = 501;
        return m_chunked;
    }
    if (length) {
        bool ok = !length->isEmpty()
            && std::all_of(length->begin(), length->end(), [](char c) { return c >= '0' && c <= '9'; });
        m_bodyLeft = ok ? length->toLongLong(&ok) : 0;
        if (!ok) {
            return false;
        }
        m_brokenStatus = 413;
        return m_bodyLeft <= maxBodyBytes;
    }
    return true;
}

HttpParser::State HttpParser::readBody()
{
    const auto take = std::min<qint64>(m_bodyLeft, m_buffer.size());
    m_request.body += m_buffer.left(take);
    m_buffer.remove(0, take);
    m_bodyLeft -= take;
    return m_bodyLeft == 0 ? State::Complete : State::Body;
}

HttpParser::State HttpParser::readChunks()
{
    for (;;) {
        const auto lineEnd = m_buffer.indexOf("\r\n");
        if (lineEnd < 0) {
            return m_buffer.size() > 64 ? broken(400) : State::Body;
        }
        bool ok = false;
        const auto size = m_buffer.left(lineEnd).toLongLong(&ok, 16); // chunk extensions are refused with the rest
        if (!ok || lineEnd > 16 || size < 0) {
            return broken(400);
        }
        if (m_request.body.size() + size > maxBodyBytes) {
            return broken(413);
        }
        if (m_buffer.size() < lineEnd + 2 + size + 2) {
            return State::Body;
        }
        if (m_buffer.mid(lineEnd + 2 + size, 2) != "\r\n") {
            return broken(400); // also trailers, which nobody here needs
        }
        m_request.body += m_buffer.mid(lineEnd + 2, size);
        m_buffer.remove(0, lineEnd + 2 + size + 2);
        if (size == 0) {
            return State::Complete;
        }
    }
}

} // namespace headgate::localworker
