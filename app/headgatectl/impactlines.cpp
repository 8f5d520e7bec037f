// SPDX-License-Identifier: GPL-3.0-or-later
#include "impactlines.h"

#include "models/operations/impacttext.h"
#include "models/operations/operationtext.h"

#include <QJsonArray>

namespace headgate {

namespace {

QJsonValue numberOrNull(const Observed<std::int64_t> &observed)
{
    return observed.value ? QJsonValue(qint64(*observed.value)) : QJsonValue();
}

QJsonObject refDocument(const ConnectorRef &ref)
{
    return {{QStringLiteral("cluster"), ref.cluster.text}, {QStringLiteral("connector"), ref.name}};
}

QJsonValue blastDocument(const std::optional<BlastRadius> &radius)
{
    if (!radius) {
        return {};
    }
    QJsonArray neighbours, unknown;
    for (const auto &each : radius->neighbours) {
        auto document = refDocument(each.ref);
        QJsonArray tasks;
        for (const int task : each.tasks) {
            tasks.append(task);
        }
        document[QStringLiteral("workers")] = QJsonArray::fromStringList(each.workers);
        document[QStringLiteral("tasks")] = tasks;
        document[QStringLiteral("topics")] = QJsonArray::fromStringList(each.topics);
        document[QStringLiteral("group")] = each.group;
        neighbours.append(document);
    }
    for (const auto &each : radius->topicsUnknown) {
        unknown.append(refDocument(each));
    }
    return QJsonObject {{QStringLiteral("connectors"), neighbours}, {QStringLiteral("topicsUnknown"), unknown},
        {QStringLiteral("systems"), QJsonArray::fromStringList(radius->systems)},
        {QStringLiteral("teams"), QJsonArray::fromStringList(radius->teams)},
        {QStringLiteral("owners"), QJsonArray::fromStringList(radius->owners)}};
}

QJsonValue standingDocument(const std::optional<StopFacts> &facts)
{
    if (!facts) {
        return {};
    }
    QJsonValue positions;
    if (facts->positions) {
        QJsonArray list;
        for (const auto &entry : *facts->positions) {
            list.append(QJsonObject {{QStringLiteral("partition"), QString::fromUtf8(entry.partitionJson)},
                {QStringLiteral("offset"), QString::fromUtf8(entry.offsetJson)}});
        }
        positions = list;
    }
    return QJsonObject {{QStringLiteral("positions"), positions}, {QStringLiteral("lag"), numberOrNull(facts->lag)},
        {QStringLiteral("inFlight"), numberOrNull(facts->inFlight)},
        {QStringLiteral("deadLetters"), numberOrNull(facts->deadLetters)}};
}

} // namespace

std::vector<QStringList> impactRows(const OperationPreview &preview)
{
    std::vector<QStringList> rows;
    if (preview.stopFacts) {
        rows.push_back({QStringLiteral("  position"), positionsText(*preview.stopFacts)});
        const auto figures = effectFigures(preview);
        for (size_t i = 1; i < figures.size(); ++i) { // the first one is its tasks, which are told already
            rows.push_back({QStringLiteral("  ") + figures[i].caption.toLower(), spoken(figures[i].number)});
        }
    }
    rows.push_back({QStringLiteral("  shares"),
        preview.blast ? blastSummary(*preview.blast) : QStringLiteral("Who else is touched is not known yet.")});
    for (const auto &line : preview.blast ? blastLines(*preview.blast) : QStringList()) {
        rows.push_back({QString(), line});
    }
    return rows;
}

QJsonObject impactDocument(const OperationPreview &preview)
{
    return {{QStringLiteral("shares"), blastDocument(preview.blast)},
        {QStringLiteral("standing"), standingDocument(preview.stopFacts)}};
}

} // namespace headgate
