// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/records/fixproof.h"

namespace headgate {

//! What a proof comes down to.
enum class ProofVerdict {
    Holds,   //!< no record stops the task: all were taken, or set aside as the settings say
    Stops,   //!< the task stops again, or Connect refuses the settings, or the task fails at its start
    Unproven //!< nothing was read, or of some records nothing can be said
};
ProofVerdict verdictOf(const FixProof &proof);

//! @{ Sentences about a proof, for the window and the terminal. Plain texts, translated.
//! "Of 500 records 499 pass, 1 goes to the dead letter topic orders-dead, at orders-0 @ 18,442,907."
QString verdictText(const FixProof &proof);
//! The same records with the present settings: "As it is set now, 1 stops the task, at orders-0 @ 18,442,907."
QString presentText(const FixProof &proof);
//! "orders-0 from 18,442,700 to 18,443,199", and what was not read and why.
QString reachText(const FixProof &proof);
QString gapText(const ProofGap &gap);
QString proofWarningText(ProofWarning warning, const FixProof &proof);
QString placeText(const RecordPlace &place);          //!< "orders-0 @ 18,442,907"
QString fateText(RecordFate fate);                    //!< "dead letter topic"
QString refusedBecause(const RefusedRecord &refused); //!< the last cause: "JsonParseException: Unrecognized token ..."
QString stageText(const RefusedRecord &refused);      //!< "value, JsonConverter"
QString changeText(const SettingChange &change);      //!< "errors.tolerance=all"; secrets masked
//! @}

} // namespace headgate
