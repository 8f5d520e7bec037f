// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/ownership.h"

#include <yaml-cpp/yaml.h>

namespace headgate {

namespace {

tl::unexpected<Error> unreadable(const QString &why)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = QStringLiteral("ownership.yaml: %1").arg(why)});
}

QString textOf(const YAML::Node &rule, const char *key)
{
    const auto value = rule[key];
    return value && value.IsScalar() ? QString::fromStdString(value.Scalar()) : QString();
}

OwnershipRule ruleOf(const YAML::Node &node)
{
    return {.connectorGlob = textOf(node, "connector"),
        .team = textOf(node, "team"),
        .owner = textOf(node, "owner"),
        .system = textOf(node, "system"),
        .contact = textOf(node, "contact"),
        .rollbackOwner = textOf(node, "rollbackOwner")};
}

Result<std::vector<OwnershipRule>> rulesOf(const YAML::Node &root)
{
    const auto list = root.IsMap() ? root["owners"] : root;
    if (!list || list.IsNull()) {
        return std::vector<OwnershipRule> {};
    }
    if (!list.IsSequence()) {
        return unreadable(QStringLiteral("\"owners\" is not a list"));
    }
    std::vector<OwnershipRule> rules;
    for (const auto &node : list) {
        auto rule = node.IsMap() ? ruleOf(node) : OwnershipRule {};
        if (rule.connectorGlob.isEmpty()) {
            return unreadable(QStringLiteral("line %1: a rule without \"connector\"").arg(node.Mark().line + 1));
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

//! Greedy with one way back: linear for patterns of people, at worst |pattern| * |text|.
bool globMatches(QStringView pattern, QStringView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == u'?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*') {
        ++p;
    }
    return p == pattern.size();
}

} // namespace

Result<std::vector<OwnershipRule>> parseOwnership(const QByteArray &yaml)
{
    constexpr qsizetype bound = 1024 * 1024;
    if (yaml.size() > bound) {
        return unreadable(QStringLiteral("larger than 1 MB"));
    }
    try {
        return rulesOf(YAML::Load(yaml.toStdString()));
    } catch (const YAML::Exception &fault) {
        return unreadable(
            QStringLiteral("line %1: %2").arg(fault.mark.line + 1).arg(QString::fromStdString(fault.msg)));
    }
}

const OwnershipRule *ownerOf(const QString &connector, const std::vector<OwnershipRule> &rules)
{
    for (const auto &rule : rules) {
        if (globMatches(rule.connectorGlob, connector)) {
            return &rule;
        }
    }
    return nullptr;
}

} // namespace headgate
