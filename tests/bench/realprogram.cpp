// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/realprogram.h"

#include <QDir>
#include <QTest>

#include <ctime>

namespace headgate::bench {

namespace {

qint64 monotonicNanoseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! The value of a line "Name:\t value ..." of /proc/<pid>/status.
QByteArray statusField(qint64 pid, const char *name)
{
    for (const auto &line : readFile(QStringLiteral("/proc/%1/status").arg(pid)).split('\n')) {
        if (line.startsWith(name)) {
            return line.simplified().split(' ').value(1);
        }
    }
    return {};
}

void collectTree(qint64 pid, std::vector<qint64> &tree)
{
    tree.push_back(pid);
    for (const auto &entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool number = false;
        const auto each = entry.toLongLong(&number);
        if (number && statusField(each, "PPid:").toLongLong() == pid) {
            collectTree(each, tree);
        }
    }
}

} // namespace

double residentMegabytesOf(qint64 pid)
{
    const auto kilobytes = statusField(pid, "VmRSS:");
    return kilobytes.isEmpty() ? -1 : kilobytes.toDouble() / 1024.0;
}

RealProgram::RealProgram()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    const auto below = [this](const char *folder) {
        return m_home.filePath(QString::fromLatin1(folder));
    };
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), below("config"));
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), below("cache"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), below("data"));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), below("state"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("QT_PLUGIN_PATH"), QStringLiteral(BENCH_PLUGINS));
    environment.insert(QStringLiteral("HEADGATE_BENCH_PROBE"), below("painted"));
    m_process.setProcessEnvironment(environment);
    m_process.setStandardErrorFile(m_home.filePath(QStringLiteral("said")));
}

RealProgram::~RealProgram()
{
    end();
}

double RealProgram::startUntilPainted(const QStringList &arguments, const QString &widget)
{
    end();
    const auto told = m_home.filePath(QStringLiteral("painted"));
    QFile::remove(told);
    auto environment = m_process.processEnvironment();
    environment.insert(QStringLiteral("QT_QPA_GENERIC_PLUGINS"), QString(QStringLiteral("benchprobe:") + widget));
    m_process.setProcessEnvironment(environment);
    const auto begin = monotonicNanoseconds();
    m_process.start(QStringLiteral(BENCH_HEADGATE), arguments);
    const bool painted = QTest::qWaitFor([&told] { return readFile(told).endsWith('\n'); }, 30'000);
    return painted ? double(readFile(told).trimmed().toLongLong() - begin) / 1e6 : -1;
}

void RealProgram::end()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate(); // what it started ends with it
        m_process.waitForFinished(10'000);
    }
}

std::vector<std::pair<QString, double>> RealProgram::residentMegabytes() const
{
    std::vector<qint64> tree;
    collectTree(m_process.processId(), tree);
    std::vector<std::pair<QString, double>> all;
    for (const auto pid : tree) {
        all.emplace_back(QString::fromUtf8(statusField(pid, "Name:")), residentMegabytesOf(pid));
    }
    return all;
}

} // namespace headgate::bench
