// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/storage/operationslog.h"

#include "clients/storage/atomicfile.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace headgate {

namespace {

constexpr qint64 kLongestLine = 4 * 1024 * 1024;
constexpr qint64 kLargestLog = 1024LL * 1024 * 1024;
constexpr int kLockPatience = 5000; // ms
constexpr int kHeadSize = 256;
const QByteArray kHashMark = QByteArrayLiteral(",\"hash\":\"");
const QByteArray kMismatch = QByteArrayLiteral("{\"type\":\"head-mismatch\"");

struct Head
{
    qint64 count = 0;
    QByteArray hash;    // of the last line; empty: none
    QByteArray pending; // of a line about to be written

    bool operator==(const Head &) const = default;
};

struct Line
{
    qint64 seq = 0;
    QByteArray previous, body, hash;
};

tl::unexpected<Error> storageFailed(const QString &path, int number)
{
    return failure(
        {.kind = ErrorKind::StorageFailed, .message = QString::fromLocal8Bit(std::strerror(number)), .target = path});
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray lineOf(qint64 seq, const QByteArray &previous, const QByteArray &body, QByteArray *hash)
{
    const QByteArray sealed
        = "{\"v\":1,\"seq\":" + QByteArray::number(seq) + ",\"prev\":\"" + previous + "\",\"body\":" + body;
    *hash = sha256(sealed);
    return sealed + kHashMark + *hash + "\"}\n";
}

//! Empty when the line is not whole or its own hash is wrong.
std::optional<Line> parseLine(const QByteArray &text)
{
    const auto mark = text.lastIndexOf(kHashMark);
    if (mark < 0 || !text.endsWith("\"}")) {
        return std::nullopt;
    }
    const auto hash = text.mid(mark + kHashMark.size(), text.size() - mark - kHashMark.size() - 2);
    const auto sealed = text.left(mark);
    if (sha256(sealed) != hash) {
        return std::nullopt;
    }
    const auto bodyAt = sealed.indexOf(",\"body\":");
    const auto json
        = nlohmann::json::parse(sealed.left(std::max<qsizetype>(bodyAt, 0)).toStdString() + "}", nullptr, false);
    if (bodyAt < 0 || json.is_discarded() || !json.contains("seq") || !json["seq"].is_number_integer()
        || !json.contains("prev") || !json["prev"].is_string()) {
        return std::nullopt;
    }
    return Line {json["seq"].get<qint64>(), QByteArray::fromStdString(json["prev"].get<std::string>()),
        sealed.mid(bodyAt + 8), hash};
}

enum class Durable { No, Yes };

/*! In place, under the log's lock: always the same size, below a disk sector, so that it is never half new. The
 * announcement of a line only has to outlive this process, so that one sync an append is spared. */
Result<void> writeHead(const QString &path, const Head &head, Durable durable)
{
    const nlohmann::json json {
        {"v", 1}, {"count", head.count}, {"hash", head.hash.toStdString()}, {"pending", head.pending.toStdString()}};
    const QByteArray bytes = QByteArray::fromStdString(json.dump()).leftJustified(kHeadSize - 1, ' ') + '\n';
    const int fd = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return storageFailed(path, errno);
    }
    const bool written = ::pwrite(fd, bytes.constData(), size_t(bytes.size()), 0) == bytes.size();
    const bool synced = written && (durable == Durable::No || ::fdatasync(fd) == 0);
    const int why = errno;
    ::close(fd);
    return synced ? Result<void> {} : storageFailed(path, why);
}

std::optional<Head> readHead(const QString &path)
{
    const auto bytes = readWhole(path, 4096);
    const auto json = bytes ? nlohmann::json::parse(bytes->toStdString(), nullptr, false) : nlohmann::json();
    if (!json.is_object() || !json.value("count", nlohmann::json()).is_number_integer()) {
        return std::nullopt;
    }
    return Head {json["count"].get<qint64>(), QByteArray::fromStdString(json.value("hash", std::string())),
        QByteArray::fromStdString(json.value("pending", std::string()))};
}

/*! The log file, open and locked. Lives in one function. */
class LockedLog
{
public:
    explicit LockedLog(QString path)
        : m_path(std::move(path))
    {
    }
    ~LockedLog()
    {
        if (m_fd >= 0) {
            ::close(m_fd); // releases the lock
        }
    }
    Q_DISABLE_COPY_MOVE(LockedLog)

    Result<void> open(int flags, int lock);
    Result<std::optional<Line>> lastLine();
    //! Cuts off a line that a crash left half written.
    Result<void> dropTornEnd();
    Result<void> write(const QByteArray &line);
    bool isEmpty() const { return m_size == 0; }

private:
    Result<QByteArray> tail(qint64 size);

    QString m_path;
    int m_fd = -1;
    qint64 m_size = 0;
    qint64 m_wholeSize = 0; // up to the last line break
};

Result<void> LockedLog::open(int flags, int lock)
{
    m_fd = ::open(QFile::encodeName(m_path).constData(), flags | O_CLOEXEC, 0600);
    if (m_fd < 0) {
        return errno == ENOENT ? failure({.kind = ErrorKind::NotFound, .target = m_path})
                               : storageFailed(m_path, errno);
    }
    QElapsedTimer waited;
    waited.start();
    while (::flock(m_fd, lock | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return storageFailed(m_path, errno);
        }
        if (waited.hasExpired(kLockPatience)) {
            return failure({.kind = ErrorKind::Locked,
                .message = QStringLiteral("Another process holds the operations log"),
                .target = m_path});
        }
        QThread::msleep(2);
    }
    struct stat facts {};
    if (::fstat(m_fd, &facts) != 0) {
        return storageFailed(m_path, errno);
    }
    m_size = facts.st_size;
    return {};
}

Result<QByteArray> LockedLog::tail(qint64 size)
{
    QByteArray bytes(std::min(size, m_size), Qt::Uninitialized);
    const auto got = ::pread(m_fd, bytes.data(), size_t(bytes.size()), m_size - bytes.size());
    if (got != bytes.size()) {
        return storageFailed(m_path, got < 0 ? errno : EIO);
    }
    return bytes;
}

Result<std::optional<Line>> LockedLog::lastLine()
{
    for (qint64 size = 16 * 1024;; size *= 16) {
        const auto bytes = tail(size);
        if (!bytes) {
            return failure(bytes.error());
        }
        const auto end = bytes->lastIndexOf('\n');
        const auto begin = end > 0 ? bytes->lastIndexOf('\n', end - 1) : -1;
        const bool wholeFile = bytes->size() == m_size;
        if (begin < 0 && !wholeFile && size < kLongestLine) {
            continue;
        }
        m_wholeSize = end < 0 ? (wholeFile ? 0 : m_size) : m_size - bytes->size() + end + 1;
        return end < 0 ? std::nullopt : parseLine(bytes->mid(begin + 1, end - begin - 1));
    }
}

Result<void> LockedLog::dropTornEnd()
{
    if (m_wholeSize == m_size) {
        return {};
    }
    if (::ftruncate(m_fd, m_wholeSize) != 0) {
        return storageFailed(m_path, errno);
    }
    m_size = m_wholeSize;
    return {};
}

Result<void> LockedLog::write(const QByteArray &line)
{
    const auto wrote = ::write(m_fd, line.constData(), size_t(line.size()));
    const int why = wrote < 0 ? errno : ENOSPC;
    if (wrote == line.size() && ::fdatasync(m_fd) == 0) {
        m_size += line.size();
        return {};
    }
    const int number = wrote == line.size() ? errno : why;
    (void)::ftruncate(m_fd, m_size); // half a line is no record; what fsync did not promise is none either
    return storageFailed(m_path, number);
}

/*! What the lines of a log say about it, one after another. */
class Verifier
{
public:
    Verifier(const QList<QByteArray> &lines, const std::optional<Head> &head)
        : m_head(head)
    {
        m_lines.reserve(size_t(lines.size()));
        std::ranges::transform(lines, std::back_inserter(m_lines), parseLine);
    }
    LogVerdict verdict() const;

private:
    LogVerdict bad(qint64 line, const char *what) const
    {
        return {false, qint64(m_lines.size()), line, QString::fromLatin1(what)};
    }
    std::optional<LogVerdict> judgeLine(qint64 number, const QByteArray &previous) const;
    bool appearsLater(qint64 seq, qint64 after) const;
    LogVerdict judgeEnd(const QByteArray &hash) const;

    std::vector<std::optional<Line>> m_lines;
    const std::optional<Head> &m_head;
};

LogVerdict Verifier::verdict() const
{
    QByteArray previous;
    for (qint64 number = 1; number <= qint64(m_lines.size()); ++number) {
        if (auto found = judgeLine(number, previous)) {
            return *found;
        }
        previous = m_lines[size_t(number - 1)]->hash;
    }
    return judgeEnd(previous);
}

std::optional<LogVerdict> Verifier::judgeLine(qint64 number, const QByteArray &previous) const
{
    const auto &line = m_lines[size_t(number - 1)];
    const bool pending = m_head && line && number == m_head->count + 1 && line->hash == m_head->pending;
    if (m_head && number > m_head->count && !pending) {
        return bad(number, "appended");
    }
    if (!line) {
        return bad(number, "edited");
    }
    if (line->seq != number) {
        return bad(number, line->seq > number && !appearsLater(number, number) ? "removed" : "reordered");
    }
    if (line->previous != previous) {
        return bad(number, "edited"); // a chain of its own from here on
    }
    if (line->body.startsWith(kMismatch)) {
        return bad(number, "truncated");
    }
    return std::nullopt;
}

bool Verifier::appearsLater(qint64 seq, qint64 after) const
{
    const auto isIt = [seq](const std::optional<Line> &line) {
        return line && line->seq == seq;
    };
    return std::any_of(m_lines.begin() + after, m_lines.end(), isIt);
}

LogVerdict Verifier::judgeEnd(const QByteArray &hash) const
{
    const auto count = qint64(m_lines.size());
    if (!m_head) {
        return count == 0 ? LogVerdict {true, 0, -1, {}} : bad(-1, "head missing");
    }
    if (count < m_head->count) {
        return bad(count + 1, "truncated");
    }
    if (count == m_head->count && hash != m_head->hash) {
        return bad(count, "edited"); // every line was sealed anew
    }
    return {true, count, -1, {}};
}

QByteArray mismatchBody(const Head &expected, const std::optional<Line> &found)
{
    const nlohmann::json json {{"expectedCount", expected.count}, {"expectedHash", expected.hash.toStdString()},
        {"foundCount", found ? found->seq : 0}};
    return kMismatch + ',' + QByteArray::fromStdString(json.dump()).mid(1);
}

bool fits(const Head &head, const std::optional<Line> &last)
{
    const qint64 count = last ? last->seq : 0;
    const QByteArray hash = last ? last->hash : QByteArray();
    return (head.count == count && head.hash == hash) || (head.count + 1 == count && head.pending == hash);
}

} // namespace

Result<void> OperationsLog::append(const QByteArray &body) const
{
    const auto made = makePrivateDirectory(QFileInfo(m_path).absolutePath());
    LockedLog log(m_path);
    const auto opened = made ? log.open(O_RDWR | O_CREAT | O_APPEND, LOCK_EX) : made;
    if (!opened) {
        return opened;
    }
    const auto last = log.lastLine();
    if (!last) {
        return failure(last.error());
    }
    if (const auto whole = log.dropTornEnd(); !whole) {
        return whole;
    }
    auto head = readHead(headPath());
    auto seq = *last ? (*last)->seq : 0;
    auto hash = *last ? (*last)->hash : QByteArray();
    if (!*last && !log.isEmpty() && head) { // the last line cannot be read: the numbers go on all the same
        seq = head->count;
        hash = head->hash;
    }
    std::vector<QByteArray> bodies {body};
    const bool lost = !log.isEmpty() && !head;
    if (lost || (head && !fits(*head, *last))) {
        bodies.insert(bodies.begin(), mismatchBody(head.value_or(Head {}), *last));
    }
    for (const auto &next : bodies) {
        QByteArray nextHash;
        const auto line = lineOf(seq + 1, hash, next, &nextHash);
        // The head announces the line first: a crash in between is told from a line that somebody added.
        if (const auto told = writeHead(headPath(), {seq, hash, nextHash}, Durable::No); !told) {
            return told;
        }
        if (const auto written = log.write(line); !written) {
            return written;
        }
        ++seq;
        hash = nextHash;
    }
    return writeHead(headPath(), {seq, hash, {}}, Durable::Yes);
}

Result<std::vector<LogEntry>> OperationsLog::read() const
{
    const auto bytes = readWhole(m_path, kLargestLog);
    if (!bytes) {
        return bytes.error().kind == ErrorKind::NotFound ? Result<std::vector<LogEntry>> {} : failure(bytes.error());
    }
    std::vector<LogEntry> entries;
    qint64 number = 0;
    for (const auto &text : bytes->split('\n')) {
        ++number;
        if (const auto line = parseLine(text)) {
            entries.push_back({number, line->body});
        }
    }
    return entries;
}

Result<LogVerdict> OperationsLog::verify() const
{
    LockedLog log(m_path); // log and head belong together: nobody appends between the two reads
    const auto opened = log.open(O_RDONLY, LOCK_SH);
    if (!opened && opened.error().kind != ErrorKind::NotFound) {
        return failure(opened.error());
    }
    const auto bytes = readWhole(m_path, kLargestLog);
    if (!bytes && bytes.error().kind != ErrorKind::NotFound) {
        return failure(bytes.error());
    }
    auto lines = bytes ? bytes->split('\n') : QList<QByteArray>();
    if (!lines.isEmpty() && lines.last().isEmpty()) {
        lines.removeLast();
    }
    return Verifier(lines, readHead(headPath())).verdict();
}

} // namespace headgate
