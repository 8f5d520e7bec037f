// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/lastknown.h"

#include "clients/storage/snapshotfile.h"
#include "common/log.h"
#include "common/offload.h"

namespace headgate {

namespace {

constexpr Milliseconds kEvery {30'000};

} // namespace

LastKnown::LastKnown(const QString &directory, ContextId context)
    : m_context(std::move(context))
{
    if (!directory.isEmpty()) {
        m_path = directory + QLatin1Char('/') + m_context.text + QStringLiteral(".snapshot.zst");
    }
}

Task<PlatformSnapshot> LastKnown::load() const
{
    if (m_path.isEmpty()) {
        co_return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No picture is kept")});
    }
    const auto context = m_context;
    auto picture = co_await offload([path = m_path] { return readSnapshotFile(path); });
    if (picture && picture->context != context) {
        co_return failure(
            {.kind = ErrorKind::NotFound, .message = QStringLiteral("The picture is of another context")});
    }
    co_return picture;
}

QCoro::Task<> LastKnown::save(SnapshotPtr picture, Monotonic now)
{
    m_savedAt = now;
    const bool worth = !m_path.isEmpty() && !picture->fromDisk && !picture->connectors.empty();
    if (!worth || picture->generation == m_savedGeneration) {
        co_return;
    }
    m_savedGeneration = picture->generation;
    const auto saved = co_await offload([path = m_path, picture] { return writeSnapshotFile(path, *picture); });
    if (!saved) {
        qCWarning(logSession) << "The last-known picture was not saved:" << saved.error().message;
    }
}

bool LastKnown::isDue(Monotonic now) const
{
    return now - m_savedAt >= kEvery;
}

} // namespace headgate
