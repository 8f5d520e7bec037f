// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/callmodel.h"

#include "domain/connectors/connectrequests.h"

namespace headgate::test {

QString nameOf(Call call)
{
    switch (call) {
    case Call::Create:
        return QStringLiteral("create");
    case Call::Change:
        return QStringLiteral("change");
    case Call::Pause:
        return QStringLiteral("pause");
    case Call::Resume:
        return QStringLiteral("resume");
    case Call::Stop:
        return QStringLiteral("stop");
    case Call::Restart:
        return QStringLiteral("restart");
    case Call::RestartAll:
        return QStringLiteral("restart all");
    case Call::RestartFailed:
        return QStringLiteral("restart failed");
    case Call::RestartTask:
        return QStringLiteral("restart task 0");
    case Call::RestartNoTask:
        return QStringLiteral("restart task 7");
    case Call::Delete:
        return QStringLiteral("delete");
    }
    return {};
}

RestRequest requestFor(Call call, const QString &connector, const ConfigMap &config)
{
    switch (call) {
    case Call::Create:
        return createRequest(connector, config);
    case Call::Change:
        return putConfigRequest(connector, config);
    case Call::Pause:
        return pauseRequest(connector);
    case Call::Resume:
        return resumeRequest(connector);
    case Call::Stop:
        return stopRequest(connector);
    case Call::Restart:
        return restartRequest(connector, false, false);
    case Call::RestartAll:
        return restartRequest(connector, true, false);
    case Call::RestartFailed:
        return restartRequest(connector, true, true);
    case Call::RestartTask:
        return restartTaskRequest(connector, 0);
    case Call::RestartNoTask:
        return restartTaskRequest(connector, 7);
    case Call::Delete:
        return deleteRequest(connector);
    }
    return {};
}

int CallModel::apply(Call call, const QString &connector)
{
    const bool exists = m_known.contains(connector);
    if (!exists && call != Call::Create && call != Call::Change) {
        return 404;
    }
    auto &known = m_known[connector];
    const auto run = [&known](const QString &state, bool task) {
        known = {.state = state, .task = task, .hadTask = known.hadTask || task};
    };
    switch (call) {
    case Call::Create:
    case Call::Change:
        if (!exists) {
            run(QStringLiteral("RUNNING"), true);
            return 201;
        }
        return call == Call::Create ? 409 : 200;
    case Call::Pause:
        run(QStringLiteral("PAUSED"), known.task); // of a stopped one: no tasks come back
        return 202;
    case Call::Resume:
        run(QStringLiteral("RUNNING"), true);
        return 202;
    case Call::Stop:
        run(QStringLiteral("STOPPED"), false);
        return 204;
    case Call::Restart:
        return 204;
    case Call::RestartAll:
    case Call::RestartFailed:
        return 202;
    case Call::RestartTask: // of a stopped one: there is nobody to pass it on to
        return known.task ? 204 : known.hadTask ? 409 : 404;
    case Call::RestartNoTask:
        return 404;
    case Call::Delete:
        m_known.remove(connector);
        return 204;
    }
    return 0;
}

std::optional<QString> CallModel::shape(const QString &connector) const
{
    const auto known = m_known.constFind(connector);
    if (known == m_known.constEnd()) {
        return std::nullopt;
    }
    const QString task = known->task ? QString(QStringLiteral("0:") + known->state) : QString();
    return QStringLiteral("%1[%2]").arg(known->state, task);
}

} // namespace headgate::test
