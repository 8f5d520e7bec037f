// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

/*! Who acts: name and mail, asked once and kept in the person's settings file; logged as self-declared, never believed
 * where a role counts. */
QString storedPerson();
void storePerson(const QString &person);

//! "Ada Lovelace <ada@example.org>" from what was typed; empty unless there is a name.
QString personOf(const QString &name, const QString &mail);

} // namespace headgate
