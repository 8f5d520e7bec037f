// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connectjson.h"
#include "clients/connect/statuslistingreader.h"

#include <QRandomGenerator>
#include <QTest>

using namespace headgate;

namespace {

QByteArray entry(const QByteArray &name, const QByteArray &state)
{
    const QByteArray trace = "a \\\"}{\\\" b"; // brackets and quotes that are none of the listing's
    return '"' + name + "\":{\"status\":{\"name\":\"" + name + "\",\"connector\":{\"state\":\"" + state
        + "\",\"worker_id\":\"w:1\"},\"tasks\":[{\"id\":0,\"state\":\"RUNNING\",\"worker_id\":\"w:1\",\"trace\":\""
        + trace + "\"}],\"type\":\"sink\"}}";
}

QByteArray listing(const QList<QByteArray> &entries)
{
    return '{' + entries.join(',') + '}';
}

} // namespace

//! What is read of an answer is what the whole of it says, whatever was read before.
class tst_StatusListingReader : public QObject
{
    Q_OBJECT

    static void compare(const Result<StatusListing> &read, const QByteArray &body)
    {
        const auto whole = parseStatusListing(body);
        QCOMPARE(read.has_value(), whole.has_value());
        if (!whole) {
            QCOMPARE(read.error(), whole.error());
            return;
        }
        QVERIFY(read->connectors == whole->connectors);
        QCOMPARE(read->damaged, whole->damaged);
        QCOMPARE(read->bytes, whole->bytes);
    }

private Q_SLOTS:
    void onlyWhatChangedIsParsed()
    {
        StatusListingReader reader;
        QVERIFY(reader.read(listing({entry("a", "RUNNING"), entry("b", "RUNNING"), entry("c", "PAUSED")})));
        QCOMPARE(reader.reused(), 0);
        const auto body = listing({entry("c", "PAUSED"), entry("a", "FAILED"), entry("d", "RUNNING")});
        compare(reader.read(body), body);
        QCOMPARE(reader.reused(), 1);
        compare(reader.read(body), body);
        QCOMPARE(reader.reused(), 3);
    }

    //! The body it remembers is its own, however soon the caller's is gone.
    void nothingOfTheCallerIsKept()
    {
        StatusListingReader reader;
        {
            auto body = std::make_unique<QByteArray>(listing({entry("a", "RUNNING")}));
            QVERIFY(reader.read(QByteArray::fromRawData(body->constData(), body->size())));
            body->fill('x');
        }
        const auto body = listing({entry("a", "RUNNING")});
        compare(reader.read(body), body);
    }

    void whatIsUnusualIsReadWhole_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto a = entry("a", "RUNNING");
        QTest::newRow("twins") << listing({a, entry("a", "PAUSED")});
        QTest::newRow("an escape in a name") << listing({a, entry(R"(\u0061)", "PAUSED")});
        QTest::newRow("a name in another script") << listing({a, entry("\xd0\xb6", "PAUSED")});
        QTest::newRow("damaged") << listing({a, R"("b":{"status":{"tasks":7}})"});
        QTest::newRow("not an object") << listing({a, R"("b":7)"});
        QTest::newRow("an array") << QByteArray(R"(["a"])");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text behind") << listing({a}) + "x";
        QTest::newRow("brackets crossed") << listing({a, R"("b":{"status":[}])"});
        QTest::newRow("no JSON in what changed") << listing({a, R"("b":{"status":NaN})"});
        QTest::newRow("cut") << listing({a, entry("b", "RUNNING")}).chopped(3);
        QTest::newRow("blanks") << QByteArray("\n{ ") + a + " ,\t" + entry("b", "PAUSED") + " }\n";
    }
    void whatIsUnusualIsReadWhole()
    {
        QFETCH(QByteArray, body);
        StatusListingReader reader;
        QVERIFY(reader.read(listing({entry("a", "RUNNING"), entry("b", "RUNNING")})));
        compare(reader.read(body), body);
        compare(reader.read(body), body); // and again behind it
        const auto good = listing({entry("a", "RUNNING"), entry("b", "FAILED")});
        compare(reader.read(good), good);
    }

    void anySequenceReadsAsEachAlone()
    {
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        StatusListingReader reader;
        for (int round = 0; round < 400; ++round) {
            QList<QByteArray> entries;
            for (const char *name : {"a", "b", "c", "d", "e"}) {
                if (random.bounded(6) > 0) {
                    entries << entry(name, random.bounded(3) == 0 ? "FAILED" : "RUNNING");
                }
            }
            auto body = listing(entries);
            if (random.bounded(4) == 0) { // a byte goes wrong
                body[random.bounded(int(body.size()))] = char(random.bounded(32, 127));
            }
            compare(reader.read(body), body);
            if (QTest::currentTestFailed()) {
                qInfo("%s", body.constData());
                return;
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_StatusListingReader)
#include "tst_statuslistingreader.moc"
