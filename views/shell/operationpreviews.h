// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace headgate {

class ContextsService;
class OperationsService;
struct OperationPreview;
struct OperationRequest;

/*! Carries what a page asks for to its preview. In armed mode the preview runs by itself and what it sent is said. GUI
 * thread; owned by the window, whose children the dialogs are. */
class OperationPreviews final : public QObject
{
    Q_OBJECT
public:
    OperationPreviews(ContextsService &contexts, OperationsService &operations, QWidget *window);
    void open(const OperationRequest &request);

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void saySent(const OperationPreview &preview);

    ContextsService &m_contexts;
    OperationsService &m_operations;
    QWidget *m_window;
};

} // namespace headgate
