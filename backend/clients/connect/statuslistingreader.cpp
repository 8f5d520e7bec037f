// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/statuslistingreader.h"

#include "clients/connect/connectjson.h"

#include <algorithm>

namespace headgate {

namespace {

using Members = std::vector<std::pair<QByteArrayView, QByteArrayView>>;

//! Finds where the members of a JSON object begin and end, and nothing more: what they hold is the parser's matter.
class MemberScanner
{
public:
    explicit MemberScanner(QByteArrayView text)
        : m_at(text.data())
        , m_end(text.data() + text.size())
    {
    }

    //! Nothing: it is not plainly an object of objects whose keys have no escapes.
    std::optional<Members> members()
    {
        Members found;
        if (!take('{')) {
            return std::nullopt;
        }
        do {
            const auto key = string();
            if (!key || key->contains('\\') || !take(':')) {
                return std::nullopt;
            }
            const auto value = object();
            if (!value) {
                return std::nullopt;
            }
            found.emplace_back(*key, *value);
        } while (take(','));
        return take('}') && isOver() ? std::optional(std::move(found)) : std::nullopt;
    }

private:
    void skipBlanks()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t')) {
            ++m_at;
        }
    }
    bool take(char wanted)
    {
        skipBlanks();
        const bool there = m_at != m_end && *m_at == wanted;
        m_at += there ? 1 : 0;
        return there;
    }
    bool isOver()
    {
        skipBlanks();
        return m_at == m_end;
    }
    //! Between its quotes, as it is written.
    std::optional<QByteArrayView> string()
    {
        if (!take('"')) {
            return std::nullopt;
        }
        const auto *const begin = m_at;
        return skipString() ? std::optional(QByteArrayView(begin, m_at - 1)) : std::nullopt;
    }
    //! Behind the closing quote.
    bool skipString()
    {
        while (m_at != m_end) {
            const char letter = *m_at++;
            if (letter == '"') {
                return true;
            }
            if (letter == '\\' && m_at != m_end) {
                ++m_at;
            }
        }
        return false;
    }
    std::optional<QByteArrayView> object()
    {
        skipBlanks();
        const auto *const begin = m_at;
        if (m_at == m_end || *m_at != '{') {
            return std::nullopt;
        }
        int depth = 0;
        while (m_at != m_end) {
            const char letter = *m_at++;
            if (letter == '"' && !skipString()) {
                return std::nullopt;
            }
            depth += letter == '{' || letter == '[' ? 1 : letter == '}' || letter == ']' ? -1 : 0;
            if (depth == 0) {
                return QByteArrayView(begin, m_at);
            }
        }
        return std::nullopt;
    }

    const char *m_at;
    const char *m_end;
};

bool hasTwins(const Members &members)
{
    QHash<QByteArrayView, int> seen;
    seen.reserve(qsizetype(members.size()));
    for (const auto &[key, value] : members) {
        if (seen.contains(key)) {
            return true;
        }
        seen.insert(key, 0);
    }
    return false;
}

} // namespace

Result<StatusListing> StatusListingReader::read(const QByteArray &body)
{
    const std::lock_guard lock(m_mutex);
    m_reused = 0;
    const auto members = MemberScanner(body).members();
    if (members && !m_entries.isEmpty() && !hasTwins(*members)) {
        if (auto listing = readChanges(body, *members)) {
            remember(body, *members, *listing);
            return *std::move(listing);
        }
    }
    auto listing = parseStatusListing(body);
    if (listing && members && !hasTwins(*members)) {
        remember(body, *members, *listing);
    } else {
        m_entries.clear();
        m_body.clear();
    }
    return listing;
}

//! Nothing where the changed entries are no JSON: the whole is parsed then, which says where it is wrong.
std::optional<StatusListing> StatusListingReader::readChanges(const QByteArray &body, const Members &members)
{
    StatusListing listing;
    listing.connectors.reserve(members.size());
    QByteArray changed;
    for (const auto &[key, value] : members) {
        const auto known = m_entries.constFind(key);
        if (known != m_entries.cend() && known->value == value) {
            listing.connectors.push_back(known->status);
            continue;
        }
        changed += (changed.isEmpty() ? "{\"" : ",\"") + key.toByteArray() + "\":" + value.toByteArray();
    }
    m_reused = qsizetype(listing.connectors.size());
    if (!changed.isEmpty()) {
        auto parsed = parseStatusListing(changed + '}');
        if (!parsed) {
            return std::nullopt;
        }
        std::ranges::move(parsed->connectors, std::back_inserter(listing.connectors));
        listing.damaged = parsed->damaged;
    }
    std::ranges::sort(listing.connectors, {}, &ConnectorStatus::name);
    listing.bytes = body.size();
    return listing;
}

void StatusListingReader::remember(const QByteArray &body, const Members &members, const StatusListing &listing)
{
    m_body = QByteArray(body.constData(), body.size()); // its own: the views below look into it
    m_entries.clear();
    m_entries.reserve(qsizetype(members.size()));
    const auto shift = m_body.constData() - body.constData();
    for (const auto &[key, value] : members) {
        const auto name = QString::fromUtf8(key);
        const auto status = std::ranges::lower_bound(listing.connectors, name, {}, &ConnectorStatus::name);
        if (status != listing.connectors.end() && status->name == name) {
            m_entries.insert(QByteArrayView(key.data() + shift, key.size()),
                {QByteArrayView(value.data() + shift, value.size()), *status});
        }
    }
}

} // namespace headgate
