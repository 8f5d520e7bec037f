// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/operations/operationsservice.h"
#include "views/common/banner.h"

namespace headgate {

/*! Above every page: operations of the context in view whose program ended before their outcome was seen. Looks for
 * them whenever another context comes into view, names them, leads to the first, and goes with the last. Nothing is
 * ever sent again by it. GUI thread; owned by the window. */
class InterruptedBanner final : public QObject
{
    Q_OBJECT
public:
    InterruptedBanner(ContextsService &contexts, OperationsService &operations, Banner *banner, QObject *parent);
    ~InterruptedBanner() override;

Q_SIGNALS:
    void wanted(const headgate::Operation &operation);       //!< to be looked at
    void choicesFound(const headgate::Operation &operation); //!< the first time in a context: a replay, a redrive
    void said(const QString &sentence);                      //!< the platform spoke for itself: closed without a person

private:
    void look();
    void show();
    QCoro::Task<> find(ContextId context);

    ContextsService &m_contexts;
    OperationsService &m_operations;
    Banner *m_banner;
    std::optional<Operation> m_first; //!< still open: where the banner leads
    std::vector<ContextId> m_told;
    std::stop_source m_stop;
};

} // namespace headgate
