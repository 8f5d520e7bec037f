// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

namespace headgate {

/*! Masking. A value is shown whole only when it is a reference (`${provider:path:key}`, whole-value match) or neither
 * its key nor its shape suggests a secret. Masked values read "••••••" and are never sent back. */
bool isSecretReference(const QString &value);
bool looksSecret(const QString &key, const QString &value);
//! The value to show for `key`: itself, or the mask; credentials inside a URI value are replaced in place (AutoMQ
//! bucket URIs, JDBC).
QString maskedValue(const QString &key, const QString &value);
ConfigMap masked(const ConfigMap &config);
//! Whether a mask stands in it: such a value is never written anywhere.
bool isMasked(const QString &value);
//! Free text (traces, messages, log lines): user:password@ in URLs, password=..., JAAS options, bearer tokens, query
//! tokens.
QString redacted(const QString &text);

} // namespace headgate
