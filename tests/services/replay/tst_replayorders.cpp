// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replaylab.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

/*! What a replay does with the platform, step by step: `true` where it changes it. Freezing the plan, writing the
 * intent and the outcome touch nothing that the other program sees. */
struct Step
{
    std::optional<ReplayStep> step; //!< absent: the check before it begins
    bool writes = false;
};
const std::vector<Step> kSteps {{{}, false}, {ReplayStep::Stop, true}, {ReplayStep::SeeStopped, false},
    {ReplayStep::Snapshot, false}, {ReplayStep::CheckBounds, false}, {ReplayStep::SetPositions, true},
    {ReplayStep::ReadBack, false}, {ReplayStep::Resume, true}, {ReplayStep::SeeRunning, false}};

bool isGated(ReplayStep step)
{
    return std::ranges::find(kSteps, std::optional(step), &Step::step) != kSteps.end();
}

using Order = std::vector<int>; // whose step comes next

/*! All orders of the steps of two programs, but for those that differ only in which of two neighbouring readers came
 * first. */
void addOrders(std::vector<Order> &orders, Order &begun, std::array<size_t, 2> at)
{
    if (begun.size() == 2 * kSteps.size()) {
        orders.push_back(begun);
        return;
    }
    for (const int who : {0, 1}) {
        if (at[size_t(who)] == kSteps.size()) {
            continue;
        }
        const bool reads = !kSteps[at[size_t(who)]].writes;
        const bool otherRead = !begun.empty() && begun.back() == 1 && !kSteps[at[1] - 1].writes;
        if (who == 0 && reads && otherRead) {
            continue; // the same as the other way round
        }
        auto next = at;
        ++next[size_t(who)];
        begun.push_back(who);
        addOrders(orders, begun, next);
        begun.pop_back();
    }
}

//! Lets one of two programs make a step at a time, in a given order. One that has ended is passed over.
class Turns
{
public:
    Turns(FakeClock &clock, Order order)
        : m_clock(clock)
        , m_order(std::move(order))
    {
    }
    QCoro::Task<> turn(int who)
    {
        m_waits.at(size_t(who)) = true;
        while (!isTurnOf(who)) {
            co_await m_clock.sleepFor(1ms, {});
        }
        m_waits.at(size_t(who)) = false;
        m_holder = who;
        ++m_next;
    }
    void end(int who) { m_ended.at(size_t(who)) = true; }
    bool over() const { return m_ended[0] && m_ended[1]; }

private:
    bool isTurnOf(int who)
    {
        while (m_next < m_order.size() && m_ended.at(size_t(m_order[m_next]))) {
            ++m_next;
        }
        const bool free = m_holder < 0 || m_waits.at(size_t(m_holder)) || m_ended.at(size_t(m_holder));
        return free && (m_next >= m_order.size() || m_order[m_next] == who);
    }

    FakeClock &m_clock;
    Order m_order;
    size_t m_next = 0;
    int m_holder = -1;
    std::array<bool, 2> m_waits {}, m_ended {};
};

QCoro::Task<> gate(Turns *turns, int who, ReplayStep step)
{
    if (isGated(step)) {
        co_await turns->turn(who);
    }
}

//! One person at one machine: begins when it is their turn, and waits for the end.
struct Program
{
    OperationsService *operations = nullptr;
    ReplayService *replay = nullptr;
    ReplayPlan plan {};
    Operation ended {};
    QString refused {};
};
QCoro::Task<> run(Turns *turns, int who, Program *program)
{
    co_await turns->turn(who);
    const auto id = co_await program->replay->run(program->plan, ReplayLab::typed());
    if (id) {
        const auto ended = co_await program->operations->finished(*id, {.deadline = 3h});
        program->ended = ended.value_or(Operation {});
    } else {
        program->ended.outcome = Outcome::Refused;
        program->refused = id.error().message;
    }
    turns->end(who);
}

} // namespace

//! Two programs that know nothing of each other set positions of one connector.
class tst_ReplayOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whateverTheOrderNobodyIsToldWhatIsNotSo_data()
    {
        QTest::addColumn<std::vector<Order>>("orders");
        std::vector<Order> orders;
        Order begun;
        addOrders(orders, begun, {});
        QCOMPARE(orders.size(), size_t(2472));
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        std::ranges::shuffle(orders, random);
        const bool deep = qgetenv("HEADGATE_TEST_DEEP") == "yes";
        const size_t many = deep ? 150 : 50; // of one row: all of them take minutes
        for (size_t from = 0; from < orders.size(); from += many) {
            const auto until = std::min(orders.size(), from + many);
            QTest::addRow("from %d", int(from))
                << std::vector<Order>(orders.begin() + std::ptrdiff_t(from), orders.begin() + std::ptrdiff_t(until));
            if (!deep) {
                break;
            }
        }
    }
    // Rows: MO-02
    void whateverTheOrderNobodyIsToldWhatIsNotSo()
    {
        QFETCH(std::vector<Order>, orders);
        int bothWon = 0, oneWon = 0, nobodyWon = 0;
        for (const auto &order : orders) {
            QString text;
            std::ranges::for_each(order, [&text](int who) { text += QChar(u'A' + who); });
            runOne(order, text, bothWon, oneWon, nobodyWon);
            if (QTest::currentTestFailed()) {
                qWarning("the order was %s", qPrintable(text));
                return;
            }
        }
        qInfo("of %d orders both ended well in %d, one in %d, none in %d", int(orders.size()), bothWon, oneWon,
            nobodyWon);
        QVERIFY(oneWon > 0);
    }

private:
    static void runOne(const Order &order, const QString &text, int &bothWon, int &oneWon, int &nobodyWon)
    {
        ReplayLab lab;
        lab.cluster().flush = 10min; // it commits nothing while they fight
        lab.settings.moveDeadline = 20min;
        Turns turns(*lab.world.clock, order);
        const std::array wanted {ReplayLab::where(900, 1900, 2900), ReplayLab::where(950, 1950, 2950)};
        const auto before = ReplayLab::where(1000, 2000, 3000);
        QStringList wrong;
        const auto watch = [&](int who, ReplayStep step, StepState state) {
            const bool claims = step == ReplayStep::ReadBack || step == ReplayStep::Resume;
            if (claims && state == StepState::Done && lab.positions() != wanted[size_t(who)]) {
                wrong << QStringLiteral("%1 says %2 over the positions of the other").arg(who).arg(stepWord(step));
            }
        };
        for (int step = 0; step <= int(ReplayStep::Close); ++step) {
            lab.at(ReplayStep(step), StepState::Done, [&watch, step] { watch(0, ReplayStep(step), StepState::Done); });
        }
        lab.settings.before = [&turns](ReplayStep step) {
            return gate(&turns, 0, step);
        };
        lab.start();
        OperationsService otherOperations(*lab.contexts, {.directory = lab.dir.path() + QStringLiteral("/other")});
        ReplayService::Settings settings {.moveDeadline = 20min};
        settings.recorded = [&watch](ReplayStep step, StepState state) {
            watch(1, step, state);
        };
        settings.before = [&turns](ReplayStep step) {
            return gate(&turns, 1, step);
        };
        ReplayService other(*lab.contexts, otherOperations, settings);
        std::array programs {Program {.operations = lab.operations.get(), .replay = lab.replay.get()},
            Program {.operations = &otherOperations, .replay = &other}};
        programs[0].plan = lab.plan(ReplayLab::backBy(100)).value();
        programs[1].plan = lab.on(other.plan(ReplayLab::backBy(50), {})).value();
        const auto first = run(&turns, 0, &programs[0]), second = run(&turns, 1, &programs[1]);
        const bool ended = lab.world.clock->advanceUntil([&] { return turns.over(); }, 2h);
        const auto told = QStringLiteral("%1: %2%3 | %4%5")
                              .arg(text, programs[0].ended.observed, programs[0].refused, programs[1].ended.observed,
                                  programs[1].refused);
        const auto now = lab.positions();
        const int won = int(std::ranges::count_if(
            programs, [](const Program &each) { return each.ended.outcome == Outcome::Confirmed; }));
        bothWon += won == 2 ? 1 : 0;
        oneWon += won == 1 ? 1 : 0;
        nobodyWon += won == 0 ? 1 : 0;
        lab.on(otherOperations.close());
        lab.on(other.close());
        QVERIFY2(ended, qPrintable(told));
        QVERIFY2(wrong.isEmpty(), qPrintable(told + u'\n' + wrong.join(u'\n')));
        for (const auto &each : programs) { // each is told how it ended
            QVERIFY2(each.ended.outcome.has_value(), qPrintable(told));
        }
        QVERIFY2(now == before || now == wanted[0] || now == wanted[1], qPrintable(told));
        QVERIFY2(won < 2 || now == before, qPrintable(told)); // both only where the sink went on to its end
    }
};

QTEST_GUILESS_MAIN(tst_ReplayOrders)
#include "tst_replayorders.moc"
