// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <array>
#include <optional>
#include <utility>

namespace headgate {

template <class E, std::size_t N> using Words = std::array<std::pair<E, QLatin1String>, N>;

//! The words of a context file. Kafka's own where Kafka has one.
inline constexpr Words<Environment, 3> environmentWords {{{Environment::Development, QLatin1String("development")},
    {Environment::Staging, QLatin1String("staging")}, {Environment::Production, QLatin1String("production")}}};
inline constexpr Words<Mode, 3> modeWords {{{Mode::ReadOnly, QLatin1String("read-only")},
    {Mode::Guarded, QLatin1String("guarded")}, {Mode::Armed, QLatin1String("armed")}}};
inline constexpr Words<RestAuth, 3> restAuthWords {{{RestAuth::None, QLatin1String("none")},
    {RestAuth::Basic, QLatin1String("basic")}, {RestAuth::Bearer, QLatin1String("bearer")}}};
inline constexpr Words<SecurityProtocol, 4> protocolWords {{{SecurityProtocol::Plaintext, QLatin1String("PLAINTEXT")},
    {SecurityProtocol::Ssl, QLatin1String("SSL")}, {SecurityProtocol::SaslPlaintext, QLatin1String("SASL_PLAINTEXT")},
    {SecurityProtocol::SaslSsl, QLatin1String("SASL_SSL")}}};
inline constexpr Words<SaslMechanism, 4> mechanismWords {{{SaslMechanism::None, QLatin1String("NONE")},
    {SaslMechanism::Plain, QLatin1String("PLAIN")}, {SaslMechanism::ScramSha256, QLatin1String("SCRAM-SHA-256")},
    {SaslMechanism::ScramSha512, QLatin1String("SCRAM-SHA-512")}}};

template <class E, std::size_t N> QString wordOf(const Words<E, N> &words, E value)
{
    for (const auto &[known, word] : words) {
        if (known == value) {
            return word;
        }
    }
    return {};
}

//! By any case of letters; nullopt: not a word of this list.
template <class E, std::size_t N> std::optional<E> valueOf(const Words<E, N> &words, const QString &text)
{
    for (const auto &[known, word] : words) {
        if (text.compare(word, Qt::CaseInsensitive) == 0) {
            return known;
        }
    }
    return std::nullopt;
}

} // namespace headgate
