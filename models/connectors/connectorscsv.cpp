// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectorscsv.h"

#include "models/common/csvcell.h"
#include "models/common/standingword.h"
#include "models/connectors/connectorsmodel.h"

namespace headgate {

namespace {

template <class T> QString numberOrNothing(const Observed<T> &number)
{
    return number.value ? QString::number(*number.value) : QString();
}

QStringList header()
{
    return {QStringLiteral("connector"), QStringLiteral("cluster"), QStringLiteral("type"), QStringLiteral("state"),
        QStringLiteral("tasks"), QStringLiteral("records_per_second"), QStringLiteral("lag_records"),
        QStringLiteral("lag_seconds"), QStringLiteral("team"), QStringLiteral("topics"), QStringLiteral("plugin"),
        QStringLiteral("changed"), QStringLiteral("seen")};
}

QString typeWord(ConnectorType type)
{
    switch (type) {
    case ConnectorType::Source:
        return QStringLiteral("source");
    case ConnectorType::Sink:
        return QStringLiteral("sink");
    case ConnectorType::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

QStringList cells(const ConnectorFacts &facts)
{
    return {csvCell(facts.ref.name), csvCell(facts.ref.cluster.text), typeWord(facts.status.type),
        csvCell(standingWord(facts.standing)), csvCell(tasksText(facts)), numberOrNothing(facts.recordsPerSecond),
        numberOrNothing(facts.lagRecords), numberOrNothing(facts.lagSeconds),
        csvCell(facts.team.isEmpty() ? facts.owner : facts.team), csvCell(facts.topics.join(u' ')),
        csvCell(pluginText(facts)), facts.changed.value ? toIso(*facts.changed.value) : QString(), toIso(facts.seenAt)};
}

} // namespace

QByteArray connectorsCsv(const std::vector<const ConnectorFacts *> &rows)
{
    QByteArray csv = header().join(u',').toUtf8() + "\r\n";
    for (const auto *facts : rows) {
        csv += cells(*facts).join(u',').toUtf8() + "\r\n";
    }
    return csv;
}

} // namespace headgate
