// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/statuslist.h"

#include "domain/connectors/secrets.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr qsizetype kTraceLimit = 256 * 1024;

QString shownTrace(const QString &raw, const QString *lastRaw, const QString *lastShown)
{
    if (raw.isEmpty()) {
        return {};
    }
    return lastRaw && lastShown && *lastRaw == raw ? *lastShown : redacted(raw.left(kTraceLimit));
}

bool isNewTrace(const QString &raw, const QString *last)
{
    return !raw.isEmpty() && (!last || *last != raw);
}

} // namespace

const ConnectorStatus *findStatus(const StatusList &list, const QString &name)
{
    if (!list) {
        return nullptr;
    }
    const auto found = std::ranges::lower_bound(*list, name, {}, &ConnectorStatus::name);
    return found != list->end() && found->name == name ? &*found : nullptr;
}

const TaskStatus *findTask(const ConnectorStatus &status, int id)
{
    const auto found = std::ranges::find(status.tasks, id, &TaskStatus::id);
    return found == status.tasks.end() ? nullptr : &*found;
}

QByteArray shapeOf(const std::vector<ConnectorStatus> &list)
{
    QByteArray shape;
    for (const auto &connector : list) {
        shape += connector.name.toUtf8() + '\0';
        for (const auto &task : connector.tasks) {
            shape += QByteArray::number(task.id) + ' ';
        }
    }
    return shape;
}

std::vector<ConnectorStatus> withoutSecrets(std::vector<ConnectorStatus> raw, StatusList lastRaw, StatusList lastShown)
{
    for (auto &connector : raw) {
        const auto *before = findStatus(lastRaw, connector.name);
        const auto *shown = findStatus(lastShown, connector.name);
        connector.trace
            = shownTrace(connector.trace, before ? &before->trace : nullptr, shown ? &shown->trace : nullptr);
        for (auto &task : connector.tasks) {
            const auto *taskBefore = before ? findTask(*before, task.id) : nullptr;
            const auto *taskShown = shown ? findTask(*shown, task.id) : nullptr;
            task.trace = shownTrace(
                task.trace, taskBefore ? &taskBefore->trace : nullptr, taskShown ? &taskShown->trace : nullptr);
        }
    }
    return raw;
}

qint64 newTraceSize(const std::vector<ConnectorStatus> &raw, const StatusList &lastRaw)
{
    qint64 size = 0;
    for (const auto &connector : raw) {
        const auto *before = findStatus(lastRaw, connector.name);
        size += isNewTrace(connector.trace, before ? &before->trace : nullptr)
            ? std::min(connector.trace.size(), kTraceLimit)
            : 0;
        for (const auto &task : connector.tasks) {
            const auto *taskBefore = before ? findTask(*before, task.id) : nullptr;
            size += isNewTrace(task.trace, taskBefore ? &taskBefore->trace : nullptr)
                ? std::min(task.trace.size(), kTraceLimit)
                : 0;
        }
    }
    return size;
}

} // namespace headgate
