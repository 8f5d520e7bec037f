// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace headgate {

//! How much a key's name speaks for a secret. Weak words ("token") also name counts and switches: their value decides
//! too.
enum class Suspicion { None, Weak, Strong };

/*! Judges a name by its words: "connection.password", "apiKey", "X-Amz-Signature",
 * "producer.override.sasl.jaas.config". A last word that names a place or a kind ("credentials.provider",
 * "token.endpoint.url", "InvalidTokenException") lifts the suspicion. */
Suspicion suspicionOf(QStringView key);

//! Long, of one piece, and changing between upper case, lower case and digits as words of people do not.
bool looksRandom(QStringView value);

} // namespace headgate
