// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contexts/contextdraft.h"

#include <QRegularExpression>

#include <algorithm>

namespace headgate {

namespace {

//! Lower case letters, digits and dashes: a file name everywhere, and no way out of its directory.
QString safeId(const QString &name)
{
    QString id;
    for (const auto letter : name.toLower().normalized(QString::NormalizationForm_KD)) {
        const bool keep = (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9');
        if (keep) {
            id += letter;
        } else if (!id.isEmpty() && !id.endsWith(u'-') && !letter.isMark()) {
            id += u'-';
        }
    }
    while (id.endsWith(u'-')) {
        id.chop(1);
    }
    return id.isEmpty() ? QStringLiteral("context") : id.left(60);
}

ContextId freeId(const QString &name, const std::vector<ContextConfig> &taken)
{
    const auto wanted = safeId(name);
    auto id = wanted;
    const auto used = [&taken](const QString &text) {
        return std::ranges::any_of(taken, [&text](const ContextConfig &context) { return context.id.text == text; });
    };
    for (int n = 2; used(id); ++n) {
        id = wanted + u'-' + QString::number(n);
    }
    return {id};
}

QStringList linesOf(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[\\s,]+"));
    QStringList lines;
    for (auto line : text.split(separators, Qt::SkipEmptyParts)) {
        while (line.endsWith(u'/')) {
            line.chop(1);
        }
        lines << line;
    }
    return lines;
}

SecretRef reference(const ContextId &id, const QString &what)
{
    return {QStringLiteral("headgate/") + id.text + u'/' + what};
}

} // namespace

ContextDraft draftOf(const ContextConfig &config)
{
    ContextDraft draft;
    draft.config = config;
    draft.config.connectClusters.clear();
    for (const auto &cluster : config.connectClusters) {
        draft.clusters.push_back({cluster, cluster.workers.join(u'\n'), {}});
    }
    draft.registryText = config.schemaRegistry.urls.join(QStringLiteral(", "));
    return draft;
}

ContextDraft newDraft()
{
    ContextDraft draft;
    draft.clusters.push_back({{.name = {QStringLiteral("connect")}}, {}, {}});
    return draft;
}

ContextConfig configOf(const ContextDraft &draft, const std::vector<ContextConfig> &taken)
{
    auto config = draft.config;
    config.name = config.name.trimmed();
    if (config.id.isEmpty()) {
        config.id = freeId(config.name, taken);
    }
    for (const auto &cluster : draft.clusters) {
        auto made = cluster.config;
        made.name.text = made.name.text.trimmed();
        made.workers = linesOf(cluster.workersText);
        if (made.auth == RestAuth::None) {
            made.secret = {};
        } else if (made.secret.isEmpty() || !cluster.newSecret.isEmpty()) {
            made.secret = reference(config.id, QStringLiteral("connect/") + made.name.text);
        }
        config.connectClusters.push_back(std::move(made));
    }
    auto &kafka = config.kafka;
    const bool sasl = kafka.protocol == SecurityProtocol::SaslPlaintext || kafka.protocol == SecurityProtocol::SaslSsl;
    if (!sasl) {
        kafka.password = {};
    } else if (kafka.password.isEmpty() || !draft.newKafkaPassword.isEmpty()) {
        kafka.password = reference(config.id, QStringLiteral("kafka"));
    }
    auto &registry = config.schemaRegistry;
    registry.urls = linesOf(draft.registryText);
    if (registry.urls.isEmpty()) {
        registry = {};
    } else if (registry.auth == RestAuth::None) {
        registry.secret = {};
    } else if (registry.secret.isEmpty() || !draft.newRegistrySecret.isEmpty()) {
        registry.secret = reference(config.id, QStringLiteral("schema-registry"));
    }
    return config;
}

NewSecrets newSecretsOf(const ContextDraft &draft, const ContextConfig &config)
{
    NewSecrets secrets;
    for (std::size_t i = 0; i < draft.clusters.size() && i < config.connectClusters.size(); ++i) {
        if (!draft.clusters[i].newSecret.isEmpty() && !config.connectClusters[i].secret.isEmpty()) {
            secrets.emplace_back(config.connectClusters[i].secret, draft.clusters[i].newSecret);
        }
    }
    if (!draft.newKafkaPassword.isEmpty() && !config.kafka.password.isEmpty()) {
        secrets.emplace_back(config.kafka.password, draft.newKafkaPassword);
    }
    if (!draft.newRegistrySecret.isEmpty() && !config.schemaRegistry.secret.isEmpty()) {
        secrets.emplace_back(config.schemaRegistry.secret, draft.newRegistrySecret);
    }
    return secrets;
}

} // namespace headgate
