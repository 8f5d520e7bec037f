// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "domain/triage/snapshot.h"
#include "views/common/theme.h"

namespace headgate {

//! State = shape + word + colour, never two of the three.
struct StateLook
{
    QString icon;
    QString word;
    Tone tone = Tone::Neutral;

    bool operator==(const StateLook &) const = default;
};

StateLook lookOf(Standing standing);
//! Unknown states show the worker's own word.
StateLook lookOf(const State &state);
StateLook lookOf(Outcome outcome);
StateLook staleLook();

StateLook lookOf(Environment environment);
//! The environment's word as it stands in window titles and tags: "PRODUCTION".
QString environmentWord(Environment environment);
StateLook lookOf(Mode mode);

} // namespace headgate
