// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/logsink.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <atomic>
#include <cstdio>

namespace headgate {

namespace {

constexpr size_t kFileSize = 5 * 1024 * 1024;
constexpr size_t kOldFiles = 2; // beside the one that is written
constexpr qsizetype kLongestLine = 16 * 1024;

char letterOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 'D';
    case QtInfoMsg:
        return 'I';
    case QtWarningMsg:
        return 'W';
    case QtCriticalMsg:
        return 'E';
    case QtFatalMsg:
        return 'F';
    }
    return '?';
}

QString escapedChar(QChar c)
{
    switch (c.unicode()) {
    case '\n':
        return QStringLiteral("\\n");
    case '\r':
        return QStringLiteral("\\r");
    case '\t':
        return QStringLiteral("\\t");
    default:
        break;
    }
    const bool narrow = c.unicode() < 0x100;
    return QStringLiteral("\\%1%2")
        .arg(narrow ? QLatin1Char('x') : QLatin1Char('u'))
        .arg(uint(c.unicode()), narrow ? 2 : 4, 16, QLatin1Char('0'));
}

bool isPlain(QChar c)
{
    const auto category = c.category();
    return category != QChar::Other_Control && category != QChar::Other_Format && category != QChar::Separator_Line
        && category != QChar::Separator_Paragraph;
}

} // namespace

QString escapedLine(const QString &text)
{
    QString line;
    line.reserve(text.size());
    for (const QChar c : text) {
        if (isPlain(c)) {
            line += c;
        } else {
            line += escapedChar(c);
        }
    }
    return line;
}

struct LogSink::Private
{
    Private(const std::string &path, Redactor with, Echo where)
        : redactor(std::move(with))
        , echo(where)
        , logger("headgate", std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path, kFileSize, kOldFiles))
    {
        logger.set_pattern("%v");
        logger.set_level(spdlog::level::trace); // Qt's categories have decided already
        logger.flush_on(spdlog::level::trace);  // lines are few, and the last ones before a kill are the ones wanted
        logger.set_error_handler([](const std::string &) { }); // a full disk must not end the program
    }
    void take(QtMsgType type, const QMessageLogContext &context, const QString &message);

    Redactor redactor;
    Echo echo;
    spdlog::logger logger;
    QtMessageHandler before = nullptr;

    static std::atomic<Private *> installed;
    static void handler(QtMsgType type, const QMessageLogContext &context, const QString &message);
};

std::atomic<LogSink::Private *> LogSink::Private::installed = nullptr;

void LogSink::Private::handler(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (auto *const sink = installed.load()) {
        sink->take(type, context, message);
    }
}

void LogSink::Private::take(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString category = QString::fromUtf8(context.category ? context.category : "default");
    const QString text = escapedLine(redactor(message.left(kLongestLine)));
    const QString time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    const QString line = QStringLiteral("%1 %2 %3 ").arg(time).arg(QLatin1Char(letterOf(type))).arg(category) + text;
    const bool loud = type != QtDebugMsg && type != QtInfoMsg;
    logger.log(loud ? spdlog::level::warn : spdlog::level::info, line.toStdString());
    if (loud && echo == Echo::Warnings) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(line));
    }
}

LogSink::LogSink(std::unique_ptr<Private> made)
    : d(std::move(made))
{
    Private::installed = d.get();
    d->before = qInstallMessageHandler(&Private::handler);
}

LogSink::~LogSink()
{
    qInstallMessageHandler(d->before);
    Private::installed = nullptr;
    d->logger.flush();
}

Result<std::unique_ptr<LogSink>> LogSink::install(const QString &path, Redactor redactor, Echo echo)
{
    const QString folder = QFileInfo(path).absolutePath();
    const auto failed = [&](const QString &why) {
        return failure({.kind = ErrorKind::StorageFailed, .message = why, .target = path});
    };
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!QFileInfo(folder).isDir() && (!QDir().mkpath(folder) || !QFile::setPermissions(folder, mode))) {
        return failed(QStringLiteral("The folder could not be made"));
    }
    try { // spdlog tells of a file that it cannot open by an exception
        auto made = std::make_unique<Private>(QFile::encodeName(path).toStdString(), std::move(redactor), echo);
        return std::unique_ptr<LogSink>(new LogSink(std::move(made)));
    } catch (const spdlog::spdlog_ex &error) {
        return failed(QString::fromLocal8Bit(error.what()));
    }
}

} // namespace headgate
