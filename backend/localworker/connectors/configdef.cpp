// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/configdef.h"

#include <QString>

#include <algorithm>
#include <charconv>

namespace headgate::localworker {

namespace {

const char *nameOf(ConfigType type)
{
    switch (type) {
    case ConfigType::String:
        return "STRING";
    case ConfigType::Int:
        return "INT";
    case ConfigType::Short:
        return "SHORT";
    case ConfigType::Long:
        return "LONG";
    case ConfigType::Double:
        return "DOUBLE";
    case ConfigType::Boolean:
        return "BOOLEAN";
    case ConfigType::List:
        return "LIST";
    case ConfigType::Class:
        return "CLASS";
    case ConfigType::Password:
        return "PASSWORD";
    }
    return "";
}

std::string invalid(const std::string &value, const ConfigKey &key, const std::string &why)
{
    return "Invalid value " + value + " for configuration " + key.name + ": " + why;
}

std::optional<double> numberOf(const std::string &text, ConfigType type)
{
    bool ok = false;
    const auto trimmed = QString::fromStdString(text).trimmed();
    double number = 0;
    if (type == ConfigType::Int) {
        number = trimmed.toInt(&ok);
    } else if (type == ConfigType::Short) {
        number = trimmed.toShort(&ok);
    } else if (type == ConfigType::Long) {
        number = double(trimmed.toLongLong(&ok));
    } else {
        number = trimmed.toDouble(&ok);
    }
    return ok ? std::optional(number) : std::nullopt;
}

bool isNumeric(ConfigType type)
{
    return type == ConfigType::Int || type == ConfigType::Short || type == ConfigType::Long
        || type == ConfigType::Double;
}

//! A value that cannot be read becomes null, and Connect then complains about the null as well: two messages for one
//! fault.
void judgeNumber(ValidatedKey &found)
{
    const auto &key = found.key;
    const auto number = numberOf(*found.value, key.type);
    if (!number) {
        found.errors.push_back(invalid(*found.value, key, std::string("Not a number of type ") + nameOf(key.type)));
        if (key.atLeast) {
            found.errors.push_back(invalid("null", key, "Value must be non-null"));
        }
        found.value = std::nullopt;
    } else if (key.atLeast && *number < double(*key.atLeast)) {
        found.errors.push_back(invalid(*found.value, key, "Value must be at least " + std::to_string(*key.atLeast)));
    }
}

void judgeText(ValidatedKey &found)
{
    const auto &key = found.key;
    const auto lower = QString::fromStdString(*found.value).toLower();
    if (key.type == ConfigType::Boolean && lower != QLatin1String("true") && lower != QLatin1String("false")) {
        found.errors.push_back(invalid(*found.value, key, "Expected value to be either true or false"));
        found.value = std::nullopt;
    } else if (!key.oneOf.empty() && !std::ranges::any_of(key.oneOf, [&](const std::string &allowed) {
                   return QString::fromStdString(allowed).toLower() == lower;
               })) {
        std::string all;
        for (const auto &allowed : key.oneOf) {
            all += (all.empty() ? "" : ", ") + allowed;
        }
        found.errors.push_back(invalid(*found.value, key, "String must be one of: " + all));
    }
}

void judgeName(ValidatedKey &found)
{
    std::string controls;
    for (const char c : *found.value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            controls += (controls.empty() ? "" : ", ") + std::to_string(int(c));
        }
    }
    if (!controls.empty()) {
        found.errors.push_back(invalid(*found.value, found.key,
            "String may not contain control sequences but had the following ASCII chars: " + controls));
    } else if (QString::fromStdString(*found.value).trimmed().isEmpty()) {
        found.errors.push_back(invalid(*found.value, found.key, "String may not be empty"));
    }
}

} // namespace

std::vector<ValidatedKey> validateKeys(const std::vector<ConfigKey> &keys, const ConnectorConfig &config)
{
    std::vector<ValidatedKey> all;
    for (const auto &key : keys) {
        ValidatedKey found {.key = key, .value = key.fallback, .errors = {}};
        const auto &entries = config.entries();
        const auto entry = std::ranges::find(entries, key.name, &ConnectorConfig::Entry::key);
        if (entry != entries.end()) {
            found.value = entry->value;
        } else if (key.required) {
            found.errors.push_back("Missing required configuration \"" + key.name + "\" which has no default value.");
        }
        if (found.value && key.name == "name") {
            judgeName(found);
        } else if (found.value && isNumeric(key.type)) {
            judgeNumber(found);
        } else if (found.value) {
            judgeText(found);
        }
        all.push_back(std::move(found));
    }
    return all;
}

Json definitionJson(const ConfigKey &key)
{
    return {{"name", key.name}, {"type", nameOf(key.type)}, {"required", key.required},
        {"default_value", key.fallback ? Json(*key.fallback) : Json()}, {"importance", key.importance},
        {"documentation", key.documentation}, {"group", key.group.empty() ? Json() : Json(key.group)},
        {"width", key.width}, {"display_name", key.displayName.empty() ? key.name : key.displayName},
        {"dependents", Json::array()}, {"order", key.order}};
}

Json validatedJson(const ValidatedKey &found)
{
    return {{"definition", definitionJson(found.key)},
        {"value",
            {{"name", found.key.name}, {"value", found.value ? Json(*found.value) : Json()},
                {"recommended_values", Json(found.key.recommended)}, {"errors", Json(found.errors)},
                {"visible", true}}}};
}

} // namespace headgate::localworker
