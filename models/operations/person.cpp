// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/person.h"

#include <QSettings>

namespace headgate {

namespace {

QString key()
{
    return QStringLiteral("person");
}

} // namespace

QString storedPerson()
{
    return QSettings().value(key()).toString();
}

void storePerson(const QString &person)
{
    QSettings().setValue(key(), person);
}

QString personOf(const QString &name, const QString &mail)
{
    const auto plainName = name.simplified().remove(QLatin1Char('<')).remove(QLatin1Char('>'));
    const auto plainMail = mail.simplified().remove(QLatin1Char('<')).remove(QLatin1Char('>'));
    if (plainName.isEmpty() || plainMail.isEmpty()) {
        return plainName;
    }
    return QStringLiteral("%1 <%2>").arg(plainName, plainMail);
}

} // namespace headgate
