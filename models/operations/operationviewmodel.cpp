// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/operationviewmodel.h"

#include <QPointer>

namespace headgate {

OperationViewModel::OperationViewModel(OperationsService &operations, QObject *parent)
    : QObject(parent)
    , m_operations(operations)
{
}

OperationViewModel::~OperationViewModel()
{
    m_stop.request_stop();
}

void OperationViewModel::ask(OperationRequest request)
{
    m_stop.request_stop();
    m_stop = {};
    m_state = {Phase::Asking, request, {}, {}, {}, {}};
    Q_EMIT changed();
    fetch(++m_number, std::move(request));
}

void OperationViewModel::cancel()
{
    m_stop.request_stop();
    ++m_number;
    if (m_state.phase == Phase::Asking) {
        m_state.phase = Phase::Idle;
        Q_EMIT changed();
    }
}

QCoro::Task<> OperationViewModel::fetch(quint64 number, OperationRequest request)
{
    const QPointer<OperationViewModel> self(this);
    auto preview = co_await m_operations.preview(std::move(request), {previewDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return; // closed, or somebody asked anew meanwhile
    }
    if (!preview) {
        fail(std::move(preview.error()));
        co_return;
    }
    m_state.preview = std::move(*preview);
    m_state.phase = Phase::Ready;
    Q_EMIT changed();
}

int OperationViewModel::lettersToGo(const QString &typed) const
{
    if (!m_state.preview || !m_state.preview->typedNameNeeded) {
        return 0;
    }
    const auto &name = m_state.request.connector.name;
    return name.startsWith(typed) ? int(name.size() - typed.size()) : -1;
}

QString OperationViewModel::missing(const Confirmation &confirmation) const
{
    if (!m_state.preview || m_state.phase != Phase::Ready) {
        return tr("the preview is not there yet");
    }
    if (confirmation.person.isEmpty()) {
        return tr("your name is missing: it goes to the audit log");
    }
    if (m_state.preview->reasonNeeded && confirmation.reason.trimmed().isEmpty()) {
        return tr("production needs a reason");
    }
    if (lettersToGo(confirmation.typedName) != 0) {
        return tr("type the connector's name");
    }
    return {};
}

void OperationViewModel::run(Confirmation confirmation)
{
    if (!missing(confirmation).isEmpty()) {
        return;
    }
    m_state.phase = Phase::Starting;
    m_state.error.reset();
    Q_EMIT changed();
    start(++m_number, *m_state.preview, std::move(confirmation));
}

QCoro::Task<> OperationViewModel::start(quint64 number, OperationPreview preview, Confirmation confirmation)
{
    const QPointer<OperationViewModel> self(this);
    auto id = co_await m_operations.run(std::move(preview), std::move(confirmation));
    if (!self || number != m_number) {
        co_return;
    }
    if (!id) {
        fail(std::move(id.error()));
        co_return;
    }
    m_state.id = *id;
    m_state.phase = Phase::Started;
    Q_EMIT changed();
    Q_EMIT started(*id);
}

void OperationViewModel::fail(Error error)
{
    m_state.error = std::move(error);
    m_state.phase = Phase::Failed;
    Q_EMIT changed();
}

} // namespace headgate
