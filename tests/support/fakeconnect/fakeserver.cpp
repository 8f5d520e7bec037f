// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeconnect/fakeserver.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTimer>

namespace headgate::fake {

namespace {

QByteArray reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 307:
        return "Temporary Redirect";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 409:
        return "Conflict";
    case 500:
        return "Internal Server Error";
    default:
        return "Status";
    }
}

QByteArray headers(const FakeDelivery &delivery, const QByteArray &framing)
{
    const int status = delivery.answer.status;
    QByteArray head
        = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status) + "\r\nServer: Fake\r\n" + framing;
    if (!delivery.answer.body.isEmpty()) {
        head += "Content-Type: " + delivery.contentType + "\r\n";
    }
    if (!delivery.answer.location.isEmpty()) {
        head += "Location: " + delivery.answer.location + "\r\n";
    }
    if (status == 401) {
        head += "WWW-Authenticate: Basic\r\n";
    }
    return head + "\r\n";
}

QByteArray lengthHeader(const FakeAnswer &answer)
{
    return answer.status == 204 ? QByteArray()
                                : QByteArray("Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n");
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

//! Calls that wait for the herder thread: on a worker without brokers they do not return in time.
bool isHerderBound(const FakeRequest &request)
{
    if (request.method != "GET") {
        return !request.path.contains("/validate");
    }
    return request.path.endsWith("/config") || request.path.endsWith("/tasks") || request.path.endsWith("/offsets");
}

} // namespace

FakeConnection::FakeConnection(FakeShared &shared, int worker, QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
    , m_worker(worker)
    , m_socket(socket)
{
    socket->setParent(this);
    connect(socket, &QTcpSocket::readyRead, this, &FakeConnection::read);
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    read(); // what came before we were connected, e.g. during the TLS handshake
}

void FakeConnection::read()
{
    m_buffer += m_socket->readAll();
    if (m_buffer.startsWith('\x16')) { // a TLS greeting on a plain port: as Jetty answers it
        send("HTTP/1.1 400 Illegal character CNTL=0x16\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        m_socket->disconnectFromHost();
        m_buffer.clear();
        return;
    }
    FakeRequest request;
    if (m_busy || !takeRequest(request)) {
        return;
    }
    m_busy = true;
    m_head = request.method == "HEAD";
    m_last = request.headers.value("connection").toLower() == "close";
    FakeDelivery delivery;
    {
        QMutexLocker lock(&m_shared.mutex);
        request.at = std::chrono::steady_clock::now();
        delivery = decide(request);
        delivery.delay += m_shared.options.latency;
        m_shared.log.push_back(std::move(request));
    }
    if (delivery.delay.count() == 0) {
        deliver(delivery);
    } else {
        QTimer::singleShot(delivery.delay, Qt::PreciseTimer, this, [this, delivery] { deliver(delivery); });
    }
}

bool FakeConnection::takeRequest(FakeRequest &request)
{
    const auto end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0) {
        return false;
    }
    const auto lines = m_buffer.left(end).split('\n');
    const auto words = lines.first().trimmed().split(' ');
    request.worker = m_worker;
    request.method = words.value(0);
    request.path = words.value(1);
    for (const auto &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const auto length = request.headers.value("content-length", "0").toLongLong();
    if (m_buffer.size() < end + 4 + length) {
        return false;
    }
    request.body = m_buffer.mid(end + 4, length);
    m_buffer.remove(0, end + 4 + length);
    return true;
}

FakeDelivery FakeConnection::decide(const FakeRequest &request)
{
    if (const auto scripted = byRule(request)) {
        return *scripted;
    }
    if (const auto refused = refusedLogin(request)) {
        return {.answer = *refused, .contentType = "text/plain"};
    }
    return byState(request);
}

std::optional<FakeDelivery> FakeConnection::byRule(const FakeRequest &request)
{
    for (auto &rule : m_shared.rules) {
        const bool matches = (rule.method.isEmpty() || rule.method == request.method)
            && request.path.startsWith(rule.path) && (rule.worker < 0 || rule.worker == m_worker) && rule.times != 0;
        if (!matches) {
            continue;
        }
        rule.times -= rule.times > 0 ? 1 : 0;
        FakeDelivery delivery;
        // A fault that loses the answer of a write still has its effect: that is what makes it unknown.
        delivery = rule.status
            ? FakeDelivery {.answer = {*rule.status, rule.body, rule.location}, .contentType = rule.contentType}
            : byState(request);
        delivery.fault = rule.fault;
        delivery.delay += rule.delay;
        delivery.bytes = rule.bytes;
        delivery.interval = rule.interval;
        return delivery;
    }
    return std::nullopt;
}

std::optional<FakeAnswer> FakeConnection::refusedLogin(const FakeRequest &request) const
{
    const auto &options = m_shared.options;
    const auto given = request.headers.value("authorization");
    QByteArray wanted;
    if (!options.bearer.isEmpty()) {
        wanted = "Bearer " + options.bearer;
    } else if (!options.user.isEmpty()) {
        wanted = "Basic " + QByteArray(options.user.toUtf8() + ':' + options.password.toUtf8()).toBase64();
    }
    return wanted.isEmpty() || given == wanted
        ? std::nullopt
        : std::optional(FakeAnswer {401, "User cannot access the resource.", {}});
}

FakeDelivery FakeConnection::healthAnswer(FakePhase phase) const
{
    if (!m_shared.options.health) {
        return {.answer = connectError(404, QStringLiteral("HTTP 404 Not Found"))};
    }
    switch (phase) {
    case FakePhase::ReadingTopics:
        return {.answer = {503, R"({"status":"starting","message":"Worker is still starting up."})", {}}};
    case FakePhase::Stuck:
        return {
            .answer = {500,
                R"({"status":"unhealthy","message":"Worker was unable to handle this request and may be unable to handle other requests. )"
                R"(The worker is currently flushing updates to the status topic, which began at 2026-03-10T09:31:07.412Z."})",
                {}},
            .delay = m_shared.healthDelay};
    case FakePhase::Ready:
    case FakePhase::Starting:
        break;
    }
    return {
        .answer = {200,
            R"({"status":"healthy","message":"Worker has completed startup and is ready to handle requests."})", {}}};
}

FakeDelivery FakeConnection::byState(const FakeRequest &request)
{
    const auto phase = m_shared.phases.at(size_t(m_worker));
    if (phase == FakePhase::Starting) {
        const QByteArray body = R"({"message":"Not Found","url":")" + request.path + R"(","status":"404"})";
        return {.answer = {404, request.method == "GET" ? body : QByteArray(), {}}};
    }
    if (request.path == "/health") {
        return healthAnswer(phase);
    }
    if (phase == FakePhase::ReadingTopics && request.path.startsWith("/connectors")) {
        FakeCluster empty;
        return {.answer = empty.answer(request.method, request.path, request.body, m_shared.now())};
    }
    if (phase == FakePhase::Stuck && isHerderBound(request)) {
        return {.fault = Fault::Hang};
    }
    return {.answer = m_shared.cluster.answer(request.method, request.path, request.body, m_shared.now())};
}

void FakeConnection::deliver(const FakeDelivery &delivery)
{
    const auto &body = delivery.answer.body;
    const auto whole = headers(delivery, lengthHeader(delivery.answer));
    switch (delivery.fault) {
    case Fault::None:
        send(m_head ? whole : QByteArray(whole + body));
        break;
    case Fault::Hang:
        return;
    case Fault::CloseAfterRequest:
        m_socket->disconnectFromHost();
        return;
    case Fault::Garbage:
        send(QByteArray("\x15\x03\x01 \0 this is not HTTP \xff\xfe\r\n\r\n", 27).repeated(4));
        m_socket->disconnectFromHost();
        return;
    case Fault::Truncate:
        send(whole + body.left(delivery.bytes));
        m_socket->disconnectFromHost();
        return;
    case Fault::SlowBody:
        send(whole);
        drip(body, delivery.bytes, delivery.interval);
        return;
    case Fault::Endless:
        send(headers(delivery, "Transfer-Encoding: chunked\r\n"));
        connect(m_socket, &QTcpSocket::bytesWritten, this, &FakeConnection::flood);
        flood();
        return;
    case Fault::NoLength:
        send(headers(delivery, "Connection: close\r\n") + body);
        m_socket->disconnectFromHost();
        return;
    case Fault::Chunked:
        send(headers(delivery, "Transfer-Encoding: chunked\r\n") + chunk(body.left(body.size() / 2))
            + chunk(body.mid(body.size() / 2)) + "0\r\n\r\n");
        break;
    }
    if (m_last) {
        m_socket->disconnectFromHost();
        return;
    }
    m_busy = false;
    read();
}

void FakeConnection::drip(const QByteArray &rest, qint64 bytes, milliseconds interval)
{
    if (rest.isEmpty()) {
        m_busy = false;
        read();
        return;
    }
    send(rest.left(bytes));
    QTimer::singleShot(
        interval, this, [this, rest = rest.mid(bytes), bytes, interval] { drip(rest, bytes, interval); });
}

void FakeConnection::flood()
{
    static const auto block = chunk(QByteArray(65536, '['));
    if (m_socket->bytesToWrite() < block.size()) {
        send(block);
    }
}

void FakeConnection::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
    QMutexLocker lock(&m_shared.mutex);
    m_shared.bytesSent += bytes.size();
}

FakeServer::FakeServer(FakeShared &shared)
    : m_shared(shared)
    , m_workers(size_t(shared.options.workers))
{
}

QTcpServer *FakeServer::makeServer()
{
    const auto &options = m_shared.options;
    if (options.certificateFile.isEmpty()) {
        return new QTcpServer(this);
    }
    QFile keyFile(options.keyFile);
    if (!keyFile.open(QIODevice::ReadOnly)) {
        qFatal("fake worker: cannot read %s", qPrintable(options.keyFile));
    }
    QSslConfiguration tls;
    tls.setLocalCertificateChain(QSslCertificate::fromPath(options.certificateFile));
    tls.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    if (!options.clientCaFile.isEmpty()) {
        tls.setCaCertificates(QSslCertificate::fromPath(options.clientCaFile));
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    auto *server = new QSslServer(this);
    server->setSslConfiguration(tls);
    return server;
}

void FakeServer::start(int worker)
{
    auto &w = m_workers.at(size_t(worker));
    w.server = makeServer();
    connect(w.server, &QTcpServer::pendingConnectionAvailable, this, [this, worker] { accept(worker); });
    if (!w.server->listen(QHostAddress::LocalHost, w.port)) {
        qFatal("fake worker: %s", qPrintable(w.server->errorString()));
    }
    w.port = w.server->serverPort();
}

void FakeServer::accept(int worker)
{
    auto &w = m_workers.at(size_t(worker));
    while (auto *socket = w.server->nextPendingConnection()) {
        std::erase_if(w.sockets, [](const auto &pointer) { return pointer.isNull(); });
        w.sockets.emplace_back(socket);
        {
            QMutexLocker lock(&m_shared.mutex);
            ++m_shared.connections;
        }
        new FakeConnection(m_shared, worker, socket, this);
    }
}

void FakeServer::kill(int worker)
{
    auto &w = m_workers.at(size_t(worker));
    delete std::exchange(w.server, nullptr);
    for (const auto &socket : std::exchange(w.sockets, {})) {
        if (socket) {
            socket->abort();
        }
    }
}

} // namespace headgate::fake
