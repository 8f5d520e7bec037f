// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/storage/atomicfile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace headgate {

namespace {

tl::unexpected<Error> storageFailed(const QString &path, const QString &why)
{
    return failure({.kind = ErrorKind::StorageFailed, .message = why, .target = path});
}

//! Without it a crash can lose the rename although the file's bytes are safe.
void syncDirectory(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

} // namespace

Result<void> makePrivateDirectory(const QString &path)
{
    if (QFileInfo(path).isDir()) {
        return {};
    }
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    const QString parent = QFileInfo(path).absolutePath();
    errno = 0;
    if (!QDir().mkpath(parent) || (!QDir().mkdir(path, mode) && !QFileInfo(path).isDir())) {
        const auto why = errno != 0 ? QString::fromLocal8Bit(std::strerror(errno)) : QStringLiteral("Not possible");
        return storageFailed(path, QStringLiteral("The folder could not be made (%1)").arg(why));
    }
    return {};
}

Result<void> writeAtomically(const QString &path, const QByteArray &bytes)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (auto made = makePrivateDirectory(folder); !made) {
        return made;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return storageFailed(path, file.errorString());
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(bytes);
    if (!file.commit()) { // syncs the bytes before it renames
        return storageFailed(path, file.errorString());
    }
    syncDirectory(folder);
    return {};
}

Result<QByteArray> readWhole(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.exists()) {
        return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No such file"), .target = path});
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return storageFailed(path, file.errorString());
    }
    auto bytes = file.read(limit + 1);
    if (bytes.size() > limit) {
        return failure({.kind = ErrorKind::TooLarge,
            .message = QStringLiteral("The file is larger than %1 bytes").arg(limit),
            .target = path});
    }
    if (file.error() != QFileDevice::NoError) {
        return storageFailed(path, file.errorString());
    }
    return bytes;
}

} // namespace headgate
