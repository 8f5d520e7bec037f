// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace headgate {

/*! What a cell of any of our tables can say beyond its text; delegates read roles only and know no model. Absent =
 * plain text cell. */
enum CellRole {
    StandingRole = Qt::UserRole + 1, //!< int(Standing): glyph, word and colour
    NumberRole,                      //!< NumberText
    SparkRole,                       //!< QList<float>, newest last; NaN = gap
    ProblemRole,                     //!< bool: this cell is where the problem is (600, state colour of the row)
    MutedRole,                       //!< bool: muted text
    SymbolRole,                      //!< QString: icon name before the text
    SecondLineRole,                  //!< QString: caption below the text in two-line rows
    OutcomeRole,                     //!< int(Outcome), or -1 while it runs
    SortRole,                        //!< what the column is sorted by
    KeyRole,                         //!< identity of the row
    ReasonRole,                      //!< QString: why the row cannot be used
    TailRole,                        //!< QString: the muted end of the text, "/3" of "2/3"
    GroupRole,                       //!< QString: heading of the group the row belongs to
    PlaceRole,                       //!< PlaceInLog: positions in a partition's log
};

} // namespace headgate
