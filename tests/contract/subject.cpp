// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/subject.h"

#include "clients/connect/restconnectclient.h"
#include "support/fakes/fakesecretstore.h"

namespace headgate::test {

std::unique_ptr<ConnectClient> makeClient(const ConnectClusterConfig &cluster, const QByteArray &password)
{
    auto secrets = std::make_shared<FakeSecretStore>();
    secrets->secrets.insert(cluster.secret, password);
    return makeRestConnectClient(cluster, secrets, std::make_shared<SystemClock>());
}

QString shape(const Result<ConnectorStatus> &status)
{
    if (!status) {
        return status.error().message;
    }
    QStringList tasks;
    for (const auto &task : status->tasks) {
        tasks += QStringLiteral("%1:%2").arg(task.id).arg(task.state.raw);
    }
    return QStringLiteral("%1[%2]").arg(status->connector.raw, tasks.join(QLatin1Char(',')));
}

} // namespace headgate::test
