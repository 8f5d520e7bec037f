// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/contexts/workspacefiles.h"

#include "clients/storage/atomicfile.h"
#include "domain/contexts/contextfile.h"
#include "domain/triage/policyfile.h"

#include <QDir>
#include <QFile>

//! A static library's resources are linked only where somebody names them; outside any namespace, as the macro wants
//! it.
static void nameResources()
{
    Q_INIT_RESOURCE(policy);
}

namespace headgate {

namespace {

constexpr qint64 kLargestFile = 1024 * 1024;

//! A parser's message names its file already, the storage's does not.
QString sentenceOf(const QString &file, const Error &error)
{
    return error.message.startsWith(file) ? error.message : QStringLiteral("%1: %2").arg(file, error.message);
}

void readContexts(const QString &directory, WorkspaceFiles &files)
{
    for (const auto &file : QDir(directory).entryInfoList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name)) {
        const auto bytes = readWhole(file.filePath(), kLargestFile);
        const auto parsed
            = bytes ? parseContextFile({file.completeBaseName()}, *bytes) : Result<ContextFile>(failure(bytes.error()));
        if (!parsed) {
            files.warnings << sentenceOf(file.fileName(), parsed.error());
            continue;
        }
        for (const auto &warning : parsed->warnings) {
            files.warnings << QStringLiteral("%1: %2").arg(file.fileName(), warning);
        }
        files.contexts.push_back(parsed->config);
    }
}

TriagePolicy shippedPolicy()
{
    nameResources();
    QFile shipped(QStringLiteral(":/policy/triage.yaml"));
    const auto policy = shipped.open(QIODevice::ReadOnly) ? parseTriagePolicy(shipped.readAll()) : TriagePolicy {};
    return policy.value_or(TriagePolicy {});
}

Result<TriagePolicy> readPolicy(const QString &path)
{
    const auto bytes = readWhole(path, kLargestFile);
    return bytes ? parseTriagePolicy(*bytes) : failure(bytes.error());
}

} // namespace

Result<std::vector<OwnershipRule>> readOwnership(const QString &path)
{
    const auto bytes = readWhole(path, kLargestFile);
    return bytes ? parseOwnership(*bytes) : failure(bytes.error());
}

Result<void> writeContext(const QString &path, const ContextConfig &context)
{
    const auto present = readWhole(path, kLargestFile);
    const auto text = writeContextFile(context, present.value_or(QByteArray()));
    return text ? writeAtomically(path, *text) : failure(text.error());
}

WorkspaceFiles readWorkspace(const QString &contexts, const QString &workspace)
{
    WorkspaceFiles files {.policy = shippedPolicy()};
    readContexts(contexts, files);
    if (auto ownership = readOwnership(workspace + QLatin1String("/ownership.yaml"))) {
        files.ownership = *std::move(ownership);
    } else if (ownership.error().kind != ErrorKind::NotFound) {
        files.warnings << sentenceOf(QStringLiteral("ownership.yaml"), ownership.error());
    }
    if (const auto policy = readPolicy(workspace + QLatin1String("/triage.yaml"))) {
        files.policy = *policy;
    } else if (policy.error().kind != ErrorKind::NotFound) {
        files.warnings << QStringLiteral("%1. The built-in thresholds hold.")
                              .arg(sentenceOf(QStringLiteral("triage.yaml"), policy.error()));
    }
    return files;
}

} // namespace headgate
