// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "support/cast/cast.h"

namespace headgate::cast {

//! The cast as pages get it: guarded, two seconds old.
inline ContextPicture picture(const PlatformSnapshot &snapshot, std::vector<Problem> problems)
{
    ContextPicture picture;
    picture.context = context();
    picture.mode = Mode::Guarded;
    picture.snapshot = std::make_shared<const PlatformSnapshot>(snapshot);
    picture.problems = std::make_shared<const std::vector<Problem>>(std::move(problems));
    picture.operations = std::make_shared<const std::vector<Operation>>(operations());
    picture.now = now();
    return picture;
}

inline ContextPicture picture()
{
    return picture(snapshot(), problems());
}

} // namespace headgate::cast
