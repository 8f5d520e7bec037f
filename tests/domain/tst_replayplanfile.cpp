// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplanfile.h"
#include "domain/replayscene.h"

#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

ReplayPlan fullPlan()
{
    ReplayScene scene;
    scene.request.connector = {{QStringLiteral("eu")}, {QStringLiteral("main")}, QStringLiteral("orders")};
    scene.request.everywhere = {.kind = PositionKind::Time, .time = Instant(Milliseconds(1'700'000'000'123))};
    scene.request.partitions = {{scene.tp(1), {.kind = PositionKind::Offset, .number = 9'007'199'254'740'993}}};
    scene.request.reason = QStringLiteral("ticket INC-2291, \"quoted\" é");
    scene.facts.partitions[0].atTime = 400;
    scene.facts.topics[0].transactional = true;
    return scene.plan().value();
}

} // namespace

class tst_ReplayPlanFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPlanComesBackAsItWas()
    {
        const auto plan = fullPlan();
        const auto text = planText(plan);
        const auto back = planFromText(text);
        QVERIFY2(back, back ? "" : qPrintable(back.error().message));
        QVERIFY(*back == plan);
        QCOMPARE(planText(*back), text); // the same bytes
        QCOMPARE(planHash(*back), planHash(plan));
    }

    void aSourcesPlanKeepsItsBytes()
    {
        ReplayScene scene;
        scene.becomeSource("com.example.Source", R"({"p":1})", R"({"scn":12345678901234567890.500})");
        scene.request.source = {{R"({"p":1})", R"({"scn":  12345678901234567890.000})"}};
        const auto plan = scene.plan().value();
        const auto back = planFromText(planText(plan)).value();
        QCOMPARE(back.sourceMoves.front().after, QByteArray(R"({"scn":  12345678901234567890.000})"));
        QVERIFY(back == plan);
    }

    void anEditedPlanIsRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another position") << QByteArray("\"after\":400") << QByteArray("\"after\":401");
        QTest::newRow("another request") << QByteArray("/connectors/orders/stop")
                                         << QByteArray("/connectors/other/stop");
        QTest::newRow("another connector") << QByteArray("\"name\":\"orders\"") << QByteArray("\"name\":\"other\"");
        QTest::newRow("a field less") << QByteArray("\"tasks\":1,") << QByteArray();
        QTest::newRow("a newer form") << QByteArray("\"headgateReplay\":1") << QByteArray("\"headgateReplay\":2");
        QTest::newRow("an unknown word") << QByteArray("\"kind\":\"time\"") << QByteArray("\"kind\":\"moon\"");
        QTest::newRow("cut") << QByteArray("}\n") << QByteArray();
    }
    void anEditedPlanIsRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        auto text = planText(fullPlan());
        QVERIFY(text.contains(from));
        text.replace(from, to);
        const auto plan = planFromText(text);
        QVERIFY(!plan);
        QCOMPARE(int(plan.error().kind), int(ErrorKind::InvalidInput));
        QVERIFY(!plan.error().message.isEmpty());
    }

    void whatIsNoPlanIsSaidSo()
    {
        for (const auto &text :
            {QByteArray(), QByteArray("[]"), QByteArray("{}"), QByteArray("\xff\xfe"), QByteArray("null")}) {
            QVERIFY(!planFromText(text));
        }
    }
};

QTEST_GUILESS_MAIN(tst_ReplayPlanFile)
#include "tst_replayplanfile.moc"
