// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/storage/snapshotfile.h"
#include "support/cast/cast.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;

class tst_SnapshotFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWasButStale()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("cache/eu-prod.zst"));
        auto before = cast::snapshot();
        before.connectors.front().configHash = QByteArray("\xff\x00\x80 raw", 7);
        QVERIFY(writeSnapshotFile(path, before));
        const auto after = readSnapshotFile(path).value();
        QVERIFY(after.fromDisk);
        QCOMPARE(after.takenAt, before.takenAt);
        QCOMPARE(after.connectors.size(), before.connectors.size());
        for (size_t i = 0; i < before.connectors.size(); ++i) {
            const auto &was = before.connectors[i];
            const auto &is = after.connectors[i];
            QVERIFY(is.ref == was.ref && is.status == was.status && is.info == was.info && is.standing == was.standing);
            QVERIFY(is.lagRecords == was.lagRecords && is.lagSeconds == was.lagSeconds && is.since == was.since);
            QVERIFY(is.configHash == was.configHash && is.topics == was.topics && is.owner == was.owner
                && is.changed == was.changed);
            QVERIFY(is.stale);
        }
        QCOMPARE(after.clusters.size(), before.clusters.size());
        QCOMPARE(after.clusters.front().statusAt, before.clusters.front().statusAt);
    }

    void aDamagedFileIsMovedAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("not a snapshot");
        QTest::newRow("frame of another world") << QByteArray("\x28\xb5\x2f\xfd\x20\x02\x11\x00\x00{}", 11);
    }
    void aDamagedFileIsMovedAside()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("lab.zst"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        QCOMPARE(readSnapshotFile(path).error().kind, ErrorKind::InvalidAnswer);
        QVERIFY(!QFile::exists(path));
        QVERIFY(QFile::exists(path + QStringLiteral(".damaged")));
        QCOMPARE(readSnapshotFile(path).error().kind, ErrorKind::NotFound);
    }

    void aCutFileNeverCrashes()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("lab.zst"));
        QVERIFY(writeSnapshotFile(path, cast::snapshot()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto whole = file.readAll();
        file.close();
        for (qsizetype size = 0; size < whole.size(); size += 37) {
            QFile cut(path);
            QVERIFY(cut.open(QIODevice::WriteOnly));
            cut.write(whole.left(size));
            cut.close();
            QVERIFY(!readSnapshotFile(path));
        }
    }
};

QTEST_GUILESS_MAIN(tst_SnapshotFile)
#include "tst_snapshotfile.moc"
