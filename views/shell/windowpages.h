// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace headgate {

class ContextsService;
class FixProofService;
class MainWindow;
class LedgerService;
class OperationsService;
class ReplayService;

//! Every page that exists, in its group of the navigation.
void addPages(MainWindow &window, ContextsService &contexts, OperationsService &operations, ReplayService &replay,
    LedgerService &ledger, FixProofService &proofs);

} // namespace headgate
