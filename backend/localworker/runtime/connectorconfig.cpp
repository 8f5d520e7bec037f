// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/connectorconfig.h"

#include <QStringList>

#include <algorithm>
#include <charconv>

namespace headgate::localworker {

const ConnectorConfig::Entry *ConnectorConfig::find(const std::string &key) const
{
    const auto it = std::ranges::find(m_entries, key, &Entry::key);
    return it == m_entries.end() ? nullptr : &*it;
}

std::string ConnectorConfig::get(const std::string &key, std::string fallback) const
{
    const auto *entry = find(key);
    return entry && entry->value ? *entry->value : std::move(fallback);
}

std::int64_t ConnectorConfig::number(const std::string &key, std::int64_t fallback) const
{
    const auto text = get(key);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && end == text.data() + text.size() && !text.empty() ? value : fallback;
}

bool ConnectorConfig::flag(const std::string &key, bool fallback) const
{
    const auto text = QString::fromStdString(get(key)).toLower();
    return text == QLatin1String("true") || (text != QLatin1String("false") && fallback);
}

std::vector<std::string> ConnectorConfig::list(const std::string &key) const
{
    std::vector<std::string> found;
    for (const auto &part : QString::fromStdString(get(key)).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        found.push_back(part.trimmed().toStdString());
    }
    return found;
}

ConnectorConfig ConnectorConfig::under(const std::string &prefix) const
{
    ConnectorConfig inner;
    for (const auto &entry : m_entries) {
        if (entry.key.starts_with(prefix)) {
            inner.set(entry.key.substr(prefix.size()), entry.value);
        }
    }
    return inner;
}

void ConnectorConfig::set(const std::string &key, std::optional<std::string> value)
{
    const auto it = std::ranges::find(m_entries, key, &Entry::key);
    if (it == m_entries.end()) {
        m_entries.push_back({key, std::move(value)});
    } else {
        it->value = std::move(value);
    }
}

void ConnectorConfig::remove(const std::string &key)
{
    std::erase_if(m_entries, [&](const Entry &entry) { return entry.key == key; });
}

Json ConnectorConfig::toJson() const
{
    Json object = Json::object();
    for (const auto &entry : m_entries) {
        object[entry.key] = entry.value ? Json(*entry.value) : Json();
    }
    return object;
}

std::string ConnectorConfig::toJavaText() const
{
    auto sorted = m_entries;
    std::ranges::sort(sorted, {}, &Entry::key);
    std::string text;
    for (const auto &entry : sorted) {
        text += (text.empty() ? "" : ", ") + entry.key + '=' + entry.value.value_or("null");
    }
    return '{' + text + '}';
}

ConnectorConfig ConnectorConfig::fromJson(const Json &object)
{
    ConnectorConfig config;
    for (const auto &[key, value] : object.items()) {
        if (value.is_null()) {
            config.set(key, std::nullopt);
        } else {
            config.set(key, value.is_string() ? value.get<std::string>() : dump(value));
        }
    }
    return config;
}

} // namespace headgate::localworker
