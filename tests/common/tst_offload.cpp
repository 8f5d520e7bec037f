// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"
#include "common/offload.h"

#include <QCoroTask>
#include <QThread>
#include <QtTest>

#include <numeric>
#include <thread>

using namespace headgate;

namespace {

// Free functions: a capturing lambda must not be a coroutine.
QCoro::Task<long> sumInPool(std::vector<long> numbers, QThread **ranOn, QThread **resumedOn)
{
    const auto sum = co_await offload([numbers = std::move(numbers), ranOn] {
        *ranOn = QThread::currentThread();
        return std::accumulate(numbers.begin(), numbers.end(), 0L);
    });
    *resumedOn = QThread::currentThread();
    co_return sum;
}

} // namespace

//! Values cross threads, coroutines come back to where they were..
class TestOffload : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runsInThePoolAndComesBack();
    void manyAtOnceKeepTheirOwnValues();
    void aSleepIsStoppedFromAnotherThread();
};

void TestOffload::runsInThePoolAndComesBack()
{
    QThread *ranOn = nullptr;
    QThread *resumedOn = nullptr;
    QCOMPARE(QCoro::waitFor(sumInPool({1, 2, 3}, &ranOn, &resumedOn)), 6L);
    QVERIFY(ranOn && ranOn != QThread::currentThread());
    QCOMPARE(resumedOn, QThread::currentThread());
}

void TestOffload::manyAtOnceKeepTheirOwnValues()
{
    std::vector<QCoro::Task<long>> running;
    std::vector<QThread *> ranOn(100), resumedOn(100);
    for (std::size_t i = 0; i < 100; ++i) {
        running.push_back(sumInPool(std::vector<long>(1000, static_cast<long>(i)), &ranOn[i], &resumedOn[i]));
    }
    for (std::size_t i = 0; i < running.size(); ++i) {
        QCOMPARE(QCoro::waitFor(std::move(running[i])), static_cast<long>(i) * 1000);
    }
}

void TestOffload::aSleepIsStoppedFromAnotherThread()
{
    SystemClock clock;
    std::stop_source stop;
    auto sleeping = clock.sleepFor(std::chrono::hours(1), stop.get_token());
    std::jthread stopper([&stop] { stop.request_stop(); });
    const auto slept = QCoro::waitFor(std::move(sleeping));
    QVERIFY(!slept);
    QCOMPARE(slept.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestOffload)
#include "tst_offload.moc"
