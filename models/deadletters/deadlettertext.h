// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/payload.h"
#include "domain/deadletters/redriveprogress.h"
#include "domain/schemas/registeredschema.h"

namespace headgate {

//! @{ Sentences about dead letters, for the window and the terminal. Plain texts, translated.
QString causeText(const DeadLetterGroup &group); //!< why its records were refused; says so where nobody tells
QString redriveWarningText(const RedriveWarning &warning);
QString redriveSentence(const RedrivePlan &plan);                //!< "15 records to orders at 20 a second, takes 1 s"
QString interruptedRedriveText(const RedriveProgress &progress); //!< what is known, what is not
QString payloadFormText(const Payload &payload); //!< "JSON, 812 bytes", "schema 1184 of a registry, 90 bytes"
QString recordText(const RecordAt &at);          //!< "orders-3 @ 9,114,020"
QString schemaKindText(SchemaKind kind);
QString undecodedText(const Error &error); //!< why bytes in a registry's frame stay bytes, and what helps
//! @}

} // namespace headgate
