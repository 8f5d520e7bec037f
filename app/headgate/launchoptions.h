// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/playground/playgroundlauncher.h"

#include <QStringList>

#include <optional>

namespace headgate {

//! What the command line asks for.
struct LaunchOptions
{
    std::optional<PlaygroundKind> sandbox;
    PlaygroundOptions playground;
    QString context; //!< id or name to open first
    QString tour;    //!< directory for pictures of every page; the program ends after it

    //! Set where there is nothing to launch: printed to stdout (0) or stderr (else), and the code to end with.
    std::optional<int> exitCode;
    QString message;
};

//! Where no window can be opened.
QString noDisplaySentence();

LaunchOptions parseCommandLine(int argc, char **argv);

} // namespace headgate
