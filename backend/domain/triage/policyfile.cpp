// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/policyfile.h"

#include "domain/yaml/yamltext.h"

#include <yaml-cpp/yaml.h>

#include <array>
#include <cmath>

namespace headgate {

namespace {

constexpr std::array<std::pair<const char *, Milliseconds TriagePolicy::*>, 4> times {
    {{"lagBehind", &TriagePolicy::lagBehind}, {"lagNotFalling", &TriagePolicy::lagNotFalling},
        {"recoveredAfter", &TriagePolicy::recoveredAfter}, {"healthDeadline", &TriagePolicy::healthDeadline}}};
constexpr auto missedPolls = "missedPollsUntilStale";

tl::unexpected<Error> invalid(int line, const QString &what)
{
    return failure({.kind = ErrorKind::InvalidInput,
        .message = QStringLiteral("triage.yaml, line %1: %2").arg(line + 1).arg(what)});
}

//! A number in (0, most], or nothing.
std::optional<double> numberOf(const YAML::Node &node, double most)
{
    double value = 0;
    const bool readable = node.IsScalar() && YAML::convert<double>::decode(node, value);
    return readable && std::isfinite(value) && value > 0 && value <= most ? std::optional(value) : std::nullopt;
}

Result<TriagePolicy> policyOf(const YAML::Node &root)
{
    TriagePolicy policy;
    if (!root.IsMap()) {
        return root.IsNull() ? Result<TriagePolicy>(policy)
                             : invalid(root.Mark().line, QStringLiteral("not a policy file"));
    }
    for (const auto &[key, member] : times) {
        if (const auto node = root[key]) {
            constexpr double day = 86'400;
            const auto seconds = numberOf(node, day);
            if (!seconds) {
                return invalid(
                    node.Mark().line, QStringLiteral("\"%1\" is no time in seconds").arg(QLatin1String(key)));
            }
            policy.*member = Milliseconds(std::llround(*seconds * 1000));
        }
    }
    if (const auto node = root[missedPolls]) {
        const auto count = numberOf(node, 1000);
        if (!count || *count != std::floor(*count)) {
            return invalid(node.Mark().line, QStringLiteral("\"%1\" is no count").arg(QLatin1String(missedPolls)));
        }
        policy.missedPollsUntilStale = static_cast<int>(*count);
    }
    return policy;
}

} // namespace

Result<TriagePolicy> parseTriagePolicy(const QByteArray &yaml)
{
    constexpr qsizetype bound = 64 * 1024;
    if (yaml.size() > bound) {
        return invalid(0, QStringLiteral("larger than 64 kB"));
    }
    try {
        return policyOf(YAML::Load(yaml.toStdString()));
    } catch (const YAML::Exception &fault) {
        return invalid(fault.mark.line, QString::fromStdString(fault.msg));
    }
}

QByteArray writeTriagePolicy(const TriagePolicy &policy)
{
    YamlText out;
    for (const auto &[key, member] : times) {
        const double seconds = static_cast<double>((policy.*member).count()) / 1000;
        out.plain(QLatin1String(key), QString::number(seconds, 'g', 9));
    }
    out.plain(QLatin1String(missedPolls), QString::number(policy.missedPollsUntilStale));
    return out.bytes();
}

} // namespace headgate
