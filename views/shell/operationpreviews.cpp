// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/operationpreviews.h"

#include "services/operations/operationsservice.h"
#include "views/operations/operationdialog.h"

#include <algorithm>

namespace headgate {

OperationPreviews::OperationPreviews(ContextsService &contexts, OperationsService &operations, QWidget *window)
    : QObject(window)
    , m_contexts(contexts)
    , m_operations(operations)
    , m_window(window)
{
}

void OperationPreviews::open(const OperationRequest &request)
{
    auto *dialog = new OperationDialog(m_operations, request, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto &known = m_contexts.contexts();
    if (const auto at = std::ranges::find(known, request.connector.context, &ContextConfig::id); at != known.end()) {
        dialog->setContext(at->environment, at->name);
    }
    connect(dialog, &OperationDialog::copied, this, [this] { Q_EMIT said(tr("Copied as curl")); });
    connect(dialog, &OperationDialog::started, this, &OperationPreviews::saySent);
    dialog->open();
    if (m_contexts.mode(request.connector.context) == Mode::Armed && runsUnasked(request.kind)) {
        dialog->runWithoutAsking();
    }
}

void OperationPreviews::saySent(const OperationPreview &preview)
{
    const auto &request = preview.request;
    if (m_contexts.mode(request.connector.context) != Mode::Armed || !runsUnasked(request.kind)) {
        return;
    }
    QStringList sent;
    for (const auto &line : preview.requests) {
        sent << QString::fromUtf8(line.method + ' ' + line.path);
    }
    Q_EMIT said(tr("Sent %1").arg(sent.join(QLatin1String(", "))));
}

} // namespace headgate
