// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <cstdint>

namespace headgate {

//! A name with a type, so that a cluster's name is never passed where a connector's is meant. No way back but `.text`.
template <class Tag> struct Named
{
    QString text;

    bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const Named &) const = default;
    std::strong_ordering operator<=>(const Named &other) const
    {
        // Rows share the text of their context and cluster: ten thousand of them are told apart by their own names.
        const bool shared = text.constData() == other.text.constData() && text.size() == other.text.size();
        return shared ? std::strong_ordering::equal : text.compare(other.text) <=> 0;
    }
    friend size_t qHash(const Named &name, size_t seed = 0) { return ::qHash(name.text, seed); }
};

using ContextId = Named<struct ContextTag>;     //!< stable id of a context (its file name), not its display name
using ClusterName = Named<struct ClusterTag>;   //!< a Connect cluster within a context
using OperationId = Named<struct OperationTag>; //!< time-ordered, unique per installation

//! The identity of a connector everywhere: a view switch never moves an operation to another cluster.
struct ConnectorRef
{
    ContextId context;
    ClusterName cluster;
    QString name;

    bool operator==(const ConnectorRef &) const = default;
    std::strong_ordering operator<=>(const ConnectorRef &other) const
    {
        if (const auto byContext = context <=> other.context; byContext != 0) {
            return byContext;
        }
        if (const auto byCluster = cluster <=> other.cluster; byCluster != 0) {
            return byCluster;
        }
        return name.compare(other.name) <=> 0; // QString has no <=> of its own
    }
    friend size_t qHash(const ConnectorRef &ref, size_t seed = 0)
    {
        return qHashMulti(seed, ref.context, ref.cluster, ref.name);
    }
};

struct TopicPartition
{
    QString topic;
    std::int32_t partition = 0;

    bool operator==(const TopicPartition &) const = default;
    std::strong_ordering operator<=>(const TopicPartition &other) const
    {
        const auto byTopic = topic.compare(other.topic) <=> 0;
        return byTopic != 0 ? byTopic : partition <=> other.partition;
    }
    friend size_t qHash(const TopicPartition &tp, size_t seed = 0) { return qHashMulti(seed, tp.topic, tp.partition); }
};

} // namespace headgate
