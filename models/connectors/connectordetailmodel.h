// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectordetail.h"

#include <QObject>

#include <functional>

namespace headgate {

//! What is fetched for one connector only when somebody looks. An empty function: the part says that nobody can answer.
struct DetailSources
{
    std::function<Task<QStringList>(ConnectorRef)> topics;
    std::function<Task<std::vector<ConnectorOffset>>(ConnectorRef)> offsets;
};

//! A part that has to be asked for: its phase, and the old answer while a new one is under way.
template <class T> struct FetchedPart
{
    enum class Phase { NotAsked, Asking, Ready, Failed } phase = Phase::NotAsked;
    T value {};
    std::optional<Error> error;

    bool operator==(const FetchedPart &) const = default;
};

/*! The pane of the selected connector. The picture comes by show(), the selection by select(); late answers are dropped
 * by request number. GUI thread; owned by the page. */
class ConnectorDetailModel : public QObject
{
    Q_OBJECT
public:
    explicit ConnectorDetailModel(DetailSources sources, QObject *parent = nullptr);

    void show(const ContextPicture &picture);
    void select(const std::optional<ConnectorRef> &ref); //!< asks for its topics too
    const std::optional<ConnectorRef> &selected() const { return m_selected; }
    void askOffsets();

    //! nullopt: nothing selected, or it was never in the picture.
    const std::optional<ConnectorDetail> &detail() const { return m_detail; }
    const FetchedPart<QStringList> &topics() const { return m_topics; }
    const FetchedPart<std::vector<ConnectorOffset>> &offsets() const { return m_offsets; }

Q_SIGNALS:
    void changed(); //!< detail()
    void fetched(); //!< topics() or offsets()

private:
    QCoro::Task<> loadTopics(ConnectorRef ref, quint64 request);
    QCoro::Task<> loadOffsets(ConnectorRef ref, quint64 request);
    void update();

    DetailSources m_sources;
    ContextPicture m_picture;
    std::optional<ConnectorRef> m_selected;
    std::optional<ConnectorDetail> m_detail;
    FetchedPart<QStringList> m_topics;
    FetchedPart<std::vector<ConnectorOffset>> m_offsets;
    quint64 m_request = 0; //!< grows with each selection: answers to older ones are dropped
};

} // namespace headgate
