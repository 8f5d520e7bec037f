// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"

#include <array>

namespace headgate {

//! One counter of the header; `filter` is what the Connectors page shows when it is pressed.
struct Counter
{
    Standing standing = Standing::Failed;
    int count = 0;
    QString text; //!< the count; "–" while nobody has answered, "3+" where only some clusters have
    QString toolTip;
    QString word;
    QString filter;

    bool operator==(const Counter &) const = default;
};

//! How old the picture is, as the header says it.
struct DataAge
{
    QString text;      //!< "Data 2 s old", "Stale, 6 min old", "Asking connect-eu"
    QString shortText; //!< without the word, for narrow windows
    QString toolTip;   //!< one line a cluster and source
    bool stale = false;

    bool operator==(const DataAge &) const = default;
};

//! Left of the status bar: the running operation, else the last outcome.
struct OperationLine
{
    enum class Kind { None, Running, Ended } kind = Kind::None;
    Outcome outcome = Outcome::Confirmed; //!< where ended
    QString what;                         //!< "Paused loyalty-redis-sink"
    QString note;                         //!< "confirmed 08:15:31 by R. Okafor", "watching, 7 s of 120 s"
    OperationId id;

    bool operator==(const OperationLine &) const = default;
};

//! One fact at the right of the status bar.
struct Underneath
{
    QString text;
    QString toolTip;
    bool wrong = false; //!< less than there should be

    bool operator==(const Underneath &) const = default;
};

//! Everything the frame around the pages shows of a context; values only.
struct ShellState
{
    QString contextName;
    Environment environment = Environment::Development;
    Mode mode = Mode::ReadOnly;
    QString modeText; //!< "Guarded", "Armed, 4:12 left"
    std::array<Counter, 5> counters;
    DataAge age;
    OperationLine operation;
    Underneath workers, brokers;
    int problems = 0; //!< on the board
    bool anyStopped = false;

    bool operator==(const ShellState &) const = default;
};

//! Pure. `armedUntil` only counts in Mode::Armed.
ShellState shellStateOf(const ContextPicture &picture, Monotonic armedUntil);

} // namespace headgate
