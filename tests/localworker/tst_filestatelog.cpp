// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/storage/filestatelog.h"

#include <QCoroTask>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::localworker;

class FileStateLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKilledProcessLosesNothingHoweverMuchWasWritten()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("state.jsonl"));
        constexpr int writes = 60'000;
        {
            FileStateLog log(path);
            QVERIFY(QCoro::waitFor(log.load()));
            QVERIFY(QCoro::waitFor(log.put(StateTopic::Configs, "connector-a", Json {{"properties", "kept"}})));
            QVERIFY(QCoro::waitFor(log.put(StateTopic::Configs, "connector-b", Json {{"properties", "deleted"}})));
            QVERIFY(QCoro::waitFor(log.put(StateTopic::Configs, "connector-b", std::nullopt)));
            for (int i = 0; i <= writes; ++i) {
                log.putLater(StateTopic::SinkPositions, "[\"a\",\"orders\",0]", Json(i));
            }
        } // not closed: as after a kill
        QVERIFY2(QFileInfo(path).size() < 1'100'000, "dead lines pile up"); // all of it would be 2.4 MB
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFileDevice::Permissions());
        FileStateLog again(path);
        const auto state = QCoro::waitFor(again.load());
        QVERIFY(state);
        QCOMPARE(state->at(StateTopic::SinkPositions).at("[\"a\",\"orders\",0]").get<int>(), writes);
        QCOMPARE(state->at(StateTopic::Configs).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(FileStateLogTest)
#include "tst_filestatelog.moc"
