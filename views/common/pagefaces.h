// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/pageface.h"
#include "views/common/statelook.h"

namespace headgate {

class Banner;
class Page;

//! Glyph and tint of a page's state: stale is sand, "cannot know" purple, "may not" neutral with the guard.
StateLook lookOf(PageState state);
//! Shows or hides the one banner of a page.
void showFace(Banner *banner, const PageFace &face);
//! What the banner's button does: asks the shell in the page's name, or copies.
void remedy(Page &page, const PageFace &face);

} // namespace headgate
