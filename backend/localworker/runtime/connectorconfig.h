// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/json.h"

#include <optional>
#include <string>
#include <vector>

namespace headgate::localworker {

/*! A connector's configuration in the order it was given. A value may be null: Connect accepts that, and the connector
 * fails on it. */
class ConnectorConfig
{
public:
    struct Entry
    {
        std::string key;
        std::optional<std::string> value;
        bool operator==(const Entry &) const = default;
    };

    bool has(const std::string &key) const { return find(key) != nullptr; }
    //! The value, or `fallback` when the key is missing or null.
    std::string get(const std::string &key, std::string fallback = {}) const;
    std::int64_t number(const std::string &key, std::int64_t fallback) const; //!< fallback also when it is no integer
    bool flag(const std::string &key, bool fallback) const;
    std::vector<std::string> list(const std::string &key) const; //!< comma-separated, trimmed
    //! The entries whose key begins with `prefix`, without it.
    ConnectorConfig under(const std::string &prefix) const;
    void set(const std::string &key, std::optional<std::string> value);
    void remove(const std::string &key);
    const std::vector<Entry> &entries() const { return m_entries; }

    Json toJson() const;
    std::string toJavaText() const; //!< "{name=a, topic=b}" as Java prints a map
    //! From an object of scalars; numbers and booleans become text as Jackson coerces them.
    static ConnectorConfig fromJson(const Json &object);
    bool operator==(const ConnectorConfig &) const = default;

private:
    const Entry *find(const std::string &key) const;

    std::vector<Entry> m_entries;
};

} // namespace headgate::localworker
