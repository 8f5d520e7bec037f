// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectorsproxy.h"
#include "services/session/contextsession.h"
#include "support/fakes/fakesecretstore.h"

#include <QTableView>

#include <functional>

namespace headgate::bench {

/*! The way of a fact in the program, from the wire to the painted row: client, session, model, order, table. It polls
 * only when told. GUI thread. */
class ShownContext : public QObject
{
    Q_OBJECT
public:
    //! One Connect cluster for each list of worker addresses.
    explicit ShownContext(const std::vector<QStringList> &clusters);
    ~ShownContext() override;

    ContextSession &session() { return *m_session; }
    const ConnectorsModel &model() const { return m_model; }
    const ConnectorFacts *find(const QString &connector) const; //!< as shown; nullptr: not there

    void start() { m_session->start(); }
    void refresh() { m_session->refreshNow(); }
    //! Milliseconds from now until a paint with `reached` true has ended; negative when `limit` came first.
    double untilPainted(const std::function<bool()> &reached, Milliseconds limit = Milliseconds(30'000));

Q_SIGNALS:
    void painted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show();

    std::shared_ptr<FakeSecretStore> m_secrets = std::make_shared<FakeSecretStore>();
    std::shared_ptr<Clock> m_clock = std::make_shared<SystemClock>();
    std::unique_ptr<ContextSession> m_session;
    ConnectorsModel m_model;
    ConnectorsProxy m_proxy;
    QTableView m_table;
};

} // namespace headgate::bench
