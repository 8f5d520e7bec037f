// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/operationlook.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OperationLook)
};

} // namespace

StateLook lookOf(const Operation &operation)
{
    if (operation.outcome) {
        return lookOf(*operation.outcome);
    }
    if (operation.interrupted) {
        auto look = lookOf(Outcome::Unknown);
        look.word = Words::tr("Interrupted");
        return look;
    }
    auto look = lookOf(Standing::Restarting);
    look.word = Words::tr("Running");
    return look;
}

} // namespace headgate
