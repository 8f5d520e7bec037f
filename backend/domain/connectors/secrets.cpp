// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/secrets.h"

#include "domain/connectors/secretwords.h"

namespace headgate {

namespace {

QString mask()
{
    return QStringLiteral("••••••");
}

//! Position behind the "}" of a `${provider:key}` that begins at `from`, or -1.
qsizetype referenceEnd(const QString &value, qsizetype from)
{
    const auto close = value.indexOf(u'}', from);
    if (close < 0) {
        return -1;
    }
    const auto inner = QStringView(value).mid(from + 2, close - from - 2);
    return inner.indexOf(u':') > 0 && !inner.contains(u'{') ? close + 1 : -1;
}

//! A reference among other letters: the others may be the secret ("plain${env:X}").
bool holdsReferenceAmongOthers(const QString &value)
{
    const auto begin = value.indexOf(QLatin1String("${"));
    return begin >= 0 && referenceEnd(value, begin) > 0 && !isSecretReference(value);
}

bool isNumberOrSwitch(const QString &value)
{
    bool number = false;
    value.toLongLong(&number);
    return number || value == QLatin1String("true") || value == QLatin1String("false");
}

//! The value as a whole is to be hidden, by its key or by its shape.
bool hidesWhole(const QString &key, const QString &value)
{
    const auto suspicion = suspicionOf(key);
    const bool weak = suspicion == Suspicion::Weak && !isNumberOrSwitch(value);
    const bool mixed = holdsReferenceAmongOthers(value) && !value.contains(QLatin1String("://"));
    return suspicion == Suspicion::Strong || weak || mixed || looksRandom(value)
        || value.contains(QLatin1String("LoginModule"));
}

} // namespace

bool isSecretReference(const QString &value)
{
    return value.startsWith(QLatin1String("${")) && referenceEnd(value, 0) == value.size();
}

bool isMasked(const QString &value)
{
    return value.contains(mask());
}

bool looksSecret(const QString &key, const QString &value)
{
    if (value.isEmpty() || isSecretReference(value)) {
        return false;
    }
    return hidesWhole(key, value) || redacted(value) != value;
}

QString maskedValue(const QString &key, const QString &value)
{
    if (value.isEmpty() || isSecretReference(value)) {
        return value;
    }
    return hidesWhole(key, value) ? mask() : redacted(value);
}

ConfigMap masked(const ConfigMap &config)
{
    ConfigMap answer;
    answer.reserve(config.size());
    for (const auto &[key, value] : config) {
        answer.emplace_back(key, maskedValue(key, value));
    }
    return answer;
}

} // namespace headgate
