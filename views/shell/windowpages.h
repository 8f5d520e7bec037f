// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace headgate {

class ContextsService;
class DeadLetterService;
class FixProofService;
class LedgerService;
class MainWindow;
class OperationsService;
class ReplayService;

//! What the pages work with; outlives the window.
struct PageServices
{
    ContextsService &contexts;
    OperationsService &operations;
    ReplayService &replay;
    LedgerService &ledger;
    FixProofService &proofs;
    DeadLetterService &deadLetters;
};

//! Every page that exists, in its group of the navigation.
void addPages(MainWindow &window, const PageServices &services);

} // namespace headgate
