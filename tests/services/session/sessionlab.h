// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/session/contextsession.h"
#include "support/fakes/fakeedges.h"

#include <QTest>

#include <algorithm>

namespace headgate {

//! A session over a fake world, closed at the end of each test.
struct SessionLab
{
    FakeEdges world;
    std::unique_ptr<ContextSession> session;

    ~SessionLab() { close(); }
    void open(bool withKafka = false)
    {
        session = std::make_unique<ContextSession>(
            world.context(QStringLiteral("lab"), withKafka), world.edges(), ContextSession::Settings {});
        session->start();
        world.clock->settle();
    }
    void close()
    {
        if (session) {
            auto closing = session->close();
            QVERIFY(world.clock->advanceUntil([&] { return closing.isReady(); }, std::chrono::minutes(1)));
            session.reset();
            QCOMPARE(world.clock->sleeping(), 0);
        }
    }
    void pass(Milliseconds time)
    {
        world.clock->advance(time);
        world.clock->settle();
    }
    const ConnectorFacts *row(const char *name, const char *cluster = "main") const
    {
        m_seen = session->snapshot();
        const auto found = std::ranges::find_if(m_seen->connectors, [&](const ConnectorFacts &facts) {
            return facts.ref.name == QLatin1String(name) && facts.ref.cluster.text == QLatin1String(cluster);
        });
        return found == m_seen->connectors.end() ? nullptr : &*found;
    }
    const ConnectClusterFacts &facts(size_t cluster = 0) const
    {
        m_seen = session->snapshot();
        return m_seen->clusters.at(cluster);
    }
    bool has(ProblemKind kind) const
    {
        return std::ranges::any_of(session->problems(), [&](const auto &p) { return p.kind == kind; });
    }

    mutable SnapshotPtr m_seen; // keeps what row() returned alive
};

} // namespace headgate
