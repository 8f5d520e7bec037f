// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectordetailmodel.h"

#include <QPointer>

namespace headgate {

ConnectorDetailModel::ConnectorDetailModel(DetailSources sources, QObject *parent)
    : QObject(parent)
    , m_sources(std::move(sources))
{
}

void ConnectorDetailModel::show(const ContextPicture &picture)
{
    m_picture = picture;
    update();
}

void ConnectorDetailModel::select(const std::optional<ConnectorRef> &ref)
{
    if (ref == m_selected) {
        return;
    }
    m_selected = ref;
    m_detail.reset();
    m_topics = {};
    m_offsets = {};
    ++m_request;
    update();
    if (!m_detail) {
        Q_EMIT changed();
    }
    if (ref && m_sources.topics) {
        m_topics.phase = FetchedPart<QStringList>::Phase::Asking;
        loadTopics(*ref, m_request);
    }
    Q_EMIT fetched();
}

void ConnectorDetailModel::askOffsets()
{
    using Phase = FetchedPart<std::vector<ConnectorOffset>>::Phase;
    if (!m_selected || m_offsets.phase == Phase::Asking) {
        return;
    }
    if (!m_sources.offsets) {
        m_offsets.phase = Phase::Failed;
        m_offsets.error = Error {ErrorKind::NotSupported, {}, m_selected->cluster.text, {}, {}, 0, false};
    } else {
        m_offsets.phase = Phase::Asking;
        loadOffsets(*m_selected, m_request);
    }
    Q_EMIT fetched();
}

namespace {

template <class T> void take(FetchedPart<T> &part, Result<T> answer)
{
    using Phase = typename FetchedPart<T>::Phase;
    part.phase = answer ? Phase::Ready : Phase::Failed;
    part.error = answer ? std::nullopt : std::optional(std::move(answer).error());
    if (answer) {
        part.value = *std::move(answer);
    }
}

} // namespace

QCoro::Task<> ConnectorDetailModel::loadTopics(ConnectorRef ref, quint64 request)
{
    const QPointer<ConnectorDetailModel> alive(this);
    auto answer = co_await m_sources.topics(std::move(ref));
    if (alive && request == m_request) {
        take(m_topics, std::move(answer));
        Q_EMIT fetched();
    }
}

QCoro::Task<> ConnectorDetailModel::loadOffsets(ConnectorRef ref, quint64 request)
{
    const QPointer<ConnectorDetailModel> alive(this);
    auto answer = co_await m_sources.offsets(std::move(ref));
    if (alive && request == m_request) {
        take(m_offsets, std::move(answer));
        Q_EMIT fetched();
    }
}

void ConnectorDetailModel::update()
{
    const auto *facts = m_selected ? findConnector(m_picture, *m_selected) : nullptr;
    if (facts == nullptr) {
        if (m_detail && !m_detail->deleted) { // stays readable after a deletion by somebody else
            m_detail->deleted = true;
            m_detail->offers.clear();
            Q_EMIT changed();
        }
        return;
    }
    auto detail = detailOf(*facts, m_picture);
    if (detail != m_detail) {
        m_detail = std::move(detail);
        Q_EMIT changed();
    }
}

} // namespace headgate
