// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectorsmodel.h"

#include "models/common/agetext.h"
#include "models/common/cellroles.h"
#include "models/common/showntext.h"
#include "models/triage/causewords.h"
#include "models/triage/witnesswords.h"

#include <QList>

#include <algorithm>

namespace headgate {

namespace {

int runningTasks(const ConnectorFacts &facts)
{
    return int(std::ranges::count(
        facts.status.tasks, RunState::Running, [](const TaskStatus &task) { return task.state.run; }));
}

constexpr std::uint32_t bit(ConnectorColumn column)
{
    return 1U << unsigned(column);
}

//! Which minute of age a stale number shows; 0 for every other face, so that fresh numbers do not age.
template <class T> std::int64_t shownAge(const Observed<T> &number, const Freshness &freshness)
{
    return number.value && freshness.isStale(number.at) ? (freshness.now - number.at).count() / 60'000 + 1 : 0;
}

template <class T>
bool looksSame(const Observed<T> &a, const Freshness &atA, const Observed<T> &b, const Freshness &atB)
{
    return a.value == b.value && a.absence == b.absence && shownAge(a, atA) == shownAge(b, atB);
}

bool sameTasks(const ConnectorStatus &a, const ConnectorStatus &b)
{
    return std::ranges::equal(a.tasks, b.tasks, {}, &TaskStatus::state, &TaskStatus::state);
}

bool sameSpark(const std::vector<LagSample> &a, const std::vector<LagSample> &b)
{
    return std::ranges::equal(a, b, {}, &LagSample::records, &LagSample::records);
}

//! What the words of the state cell depend on.
bool sameState(const ConnectorFacts &a, const ConnectorFacts &b)
{
    return a.standing == b.standing && a.status.connector == b.status.connector && a.gone == b.gone
        && a.stale == b.stale && a.witnesses == b.witnesses;
}

//! Where the eye should go: only the cell that holds the problem.
bool isProblem(const ConnectorFacts &facts, ConnectorColumn column)
{
    switch (facts.standing) {
    case Standing::Failed:
        return column == ConnectorColumn::Name || column == ConnectorColumn::Tasks
            || (column == ConnectorColumn::Lag && facts.lagRecords.value.value_or(0) > 0);
    case Standing::Degraded:
    case Standing::Unassigned:
        return column == ConnectorColumn::Tasks;
    case Standing::Lagging:
        return column == ConnectorColumn::Lag;
    case Standing::Unreachable:
    case Standing::Restarting:
    case Standing::Unknown:
    case Standing::Paused:
    case Standing::Stopped:
    case Standing::Running:
        break;
    }
    return false;
}

} // namespace

QString typeSymbol(ConnectorType type)
{
    switch (type) {
    case ConnectorType::Source:
        return QStringLiteral("source");
    case ConnectorType::Sink:
        return QStringLiteral("sink");
    case ConnectorType::Unknown:
        break;
    }
    return QStringLiteral("connector");
}

QString tasksText(const ConnectorFacts &facts)
{
    if (facts.status.tasks.empty()) {
        return ConnectorsModel::tr("none", "tasks");
    }
    return QStringLiteral("%1/%2").arg(runningTasks(facts)).arg(facts.status.tasks.size());
}

QString pluginText(const ConnectorFacts &facts)
{
    const auto *name = facts.info ? findConfig(facts.info->config, QStringLiteral("connector.class")) : nullptr;
    return name != nullptr ? shownText(shortClass(*name), 80) : QString();
}

NumberText lagText(const ConnectorFacts &facts, const Freshness &freshness)
{
    auto text = countText(facts.lagRecords, {}, freshness);
    if (facts.status.type == ConnectorType::Source && !facts.lagRecords.value) {
        text.face = NumberFace::NoData;
        text.text = ConnectorsModel::tr("source", "in place of a lag");
        text.toolTip
            = ConnectorsModel::tr("A source writes to Kafka; how far it is behind its system is not known to Kafka.");
    }
    return text;
}

void ConnectorsModel::show(const ContextPicture &picture)
{
    std::vector<ConnectorRow> rows;
    if (picture.snapshot) {
        rows.reserve(picture.snapshot->connectors.size());
        for (const auto &facts : picture.snapshot->connectors) {
            // Shares the snapshot: no copy of a row is ever made.
            rows.push_back({std::shared_ptr<const ConnectorFacts>(picture.snapshot, &facts), picture.freshness()});
        }
    }
    setRows(std::move(rows));
}

std::uint32_t ConnectorsModel::changedColumns(const ConnectorRow &before, const ConnectorRow &after) const
{
    const auto &a = *before.facts;
    const auto &b = *after.facts;
    const bool sameFacts = before.facts == after.facts;
    std::uint32_t changed = 0;
    const auto mark = [&changed](ConnectorColumn column, bool same) {
        changed |= same ? 0U : bit(column);
    };
    mark(ConnectorColumn::Records,
        looksSame(a.recordsPerSecond, before.freshness, b.recordsPerSecond, after.freshness)
            && (sameFacts || a.rateHistory == b.rateHistory));
    mark(ConnectorColumn::Lag,
        looksSame(a.lagRecords, before.freshness, b.lagRecords, after.freshness)
            && (sameFacts || sameSpark(a.lagHistory, b.lagHistory)));
    if (sameFacts) {
        return changed;
    }
    mark(ConnectorColumn::State, sameState(a, b));
    mark(ConnectorColumn::Name, a.status.type == b.status.type && a.standing == b.standing);
    mark(ConnectorColumn::Tasks, sameTasks(a.status, b.status) && a.standing == b.standing);
    mark(ConnectorColumn::Owner, a.owner == b.owner && a.team == b.team);
    mark(ConnectorColumn::Changed, a.changed.value == b.changed.value && a.changed.absence == b.changed.absence);
    mark(ConnectorColumn::Topics, a.topics == b.topics);
    mark(ConnectorColumn::Plugin, a.configHash == b.configHash && a.info.has_value() == b.info.has_value());
    return changed;
}

namespace {

QString stateTip(const ConnectorFacts &facts, const Freshness &freshness)
{
    QStringList lines;
    if (const auto doubt = witnessSentence(facts.witnesses, freshness.now); !doubt.isEmpty()) {
        lines << doubt;
    }
    lines << ConnectorsModel::tr("The worker says %1, %2.")
                 .arg(shownText(facts.status.connector.raw, 60), ageText(freshness.now - facts.seenAt));
    return lines.join(u'\n');
}

QVariant stateCell(const ConnectorRow &row, int role)
{
    const auto &facts = *row.facts;
    switch (role) {
    case StandingRole:
        return int(facts.standing);
    case Qt::DisplayRole:
        // A state of tomorrow is shown in the worker's own word.
        return facts.standing == Standing::Unknown && facts.status.connector.run == RunState::Unknown
                && !facts.status.connector.raw.isEmpty()
            ? QVariant(shownText(facts.status.connector.raw, 40))
            : QVariant();
    case Qt::ToolTipRole:
        return stateTip(facts, row.freshness);
    default:
        return {};
    }
}

QVariant nameCell(const ConnectorFacts &facts, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return shownText(facts.ref.name, 400);
    case SymbolRole:
        return typeSymbol(facts.status.type);
    default:
        return {};
    }
}

QVariant numberCell(const NumberText &number, const QList<float> &spark, int role)
{
    switch (role) {
    case NumberRole:
        return QVariant::fromValue(number);
    case SparkRole:
        return QVariant::fromValue(spark);
    case Qt::ToolTipRole:
        return number.toolTip;
    case Qt::AccessibleTextRole:
        return spoken(number);
    default:
        return {};
    }
}

QVariant recordsCell(const ConnectorRow &row, int role)
{
    const auto &facts = *row.facts;
    const auto spark
        = role == SparkRole ? QList<float>(facts.rateHistory.begin(), facts.rateHistory.end()) : QList<float>();
    return numberCell(rateText(facts.recordsPerSecond, {}, row.freshness), spark, role);
}

QVariant lagCell(const ConnectorRow &row, int role)
{
    QList<float> spark;
    if (role == SparkRole) {
        for (const auto &sample : row.facts->lagHistory) {
            spark << float(sample.records);
        }
    }
    return numberCell(lagText(*row.facts, row.freshness), spark, role);
}

QString changedText(const ConnectorRow &row, int role)
{
    const auto &changed = row.facts->changed;
    if (!changed.value) {
        return role == Qt::ToolTipRole && !changed.reason.isEmpty() ? shownText(changed.reason, 200)
                                                                    : QStringLiteral("–");
    }
    return role == Qt::ToolTipRole ? momentText(*changed.value, row.freshness.now)
                                   : dayText(*changed.value, row.freshness.now);
}

const QString &ownerOf(const ConnectorFacts &facts)
{
    return facts.team.isEmpty() ? facts.owner : facts.team;
}

QString ownerText(const ConnectorFacts &facts, int role)
{
    const auto &owner = ownerOf(facts);
    if (!owner.isEmpty()) {
        return shownText(owner, 120);
    }
    return role == Qt::ToolTipRole ? ConnectorsModel::tr("No owner known: ownership.yaml names none.")
                                   : QStringLiteral("–");
}

QString textCell(const ConnectorRow &row, ConnectorColumn column, int role)
{
    const auto &facts = *row.facts;
    switch (column) {
    case ConnectorColumn::Tasks:
        return tasksText(facts);
    case ConnectorColumn::Owner:
        return ownerText(facts, role);
    case ConnectorColumn::Changed:
        return changedText(row, role);
    case ConnectorColumn::Topics:
        return shownText(facts.topics.join(QStringLiteral(", ")), 400);
    case ConnectorColumn::Plugin:
        return pluginText(facts);
    case ConnectorColumn::Cluster:
        return shownText(facts.ref.cluster.text, 120);
    case ConnectorColumn::State:
    case ConnectorColumn::Name:
    case ConnectorColumn::Records:
    case ConnectorColumn::Lag:
        break;
    }
    return {};
}

bool isRight(ConnectorColumn column)
{
    return column == ConnectorColumn::Tasks || column == ConnectorColumn::Records || column == ConnectorColumn::Lag
        || column == ConnectorColumn::Changed;
}

} // namespace

QVariant ConnectorsModel::cell(const ConnectorRow &row, int column, int role) const
{
    const auto which = ConnectorColumn(column);
    switch (role) {
    case KeyRole:
        return QVariant::fromValue(row.facts->ref);
    case ProblemRole:
        return isProblem(*row.facts, which);
    case TailRole:
        return which == ConnectorColumn::Tasks && !row.facts->status.tasks.empty()
            ? QVariant(QStringLiteral("/%1").arg(row.facts->status.tasks.size()))
            : QVariant();
    case MutedRole:
        return which >= ConnectorColumn::Changed || (which == ConnectorColumn::Tasks && row.facts->status.tasks.empty())
            || (which == ConnectorColumn::Owner && ownerOf(*row.facts).isEmpty());
    case Qt::TextAlignmentRole:
        return QVariant(int((isRight(which) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        break;
    }
    switch (which) {
    case ConnectorColumn::State:
        return stateCell(row, role);
    case ConnectorColumn::Name:
        return nameCell(*row.facts, role);
    case ConnectorColumn::Records:
        return recordsCell(row, role);
    case ConnectorColumn::Lag:
        return lagCell(row, role);
    case ConnectorColumn::Tasks:
    case ConnectorColumn::Owner:
    case ConnectorColumn::Changed:
    case ConnectorColumn::Topics:
    case ConnectorColumn::Plugin:
    case ConnectorColumn::Cluster:
        break;
    }
    return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(textCell(row, which, role)) : QVariant();
}

QVariant ConnectorsModel::header(int column, int role) const
{
    const auto which = ConnectorColumn(column);
    if (role == Qt::TextAlignmentRole) {
        return QVariant(int((isRight(which) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (which) {
    case ConnectorColumn::State:
        return tr("State");
    case ConnectorColumn::Name:
        return tr("Connector");
    case ConnectorColumn::Tasks:
        return tr("Tasks");
    case ConnectorColumn::Records:
        return tr("Records/s");
    case ConnectorColumn::Lag:
        return tr("Lag");
    case ConnectorColumn::Owner:
        return tr("Owner");
    case ConnectorColumn::Changed:
        return tr("Changed");
    case ConnectorColumn::Topics:
        return tr("Topics");
    case ConnectorColumn::Plugin:
        return tr("Plugin");
    case ConnectorColumn::Cluster:
        return tr("Connect cluster");
    }
    return {};
}

} // namespace headgate
