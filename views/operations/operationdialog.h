// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations/operationviewmodel.h"
#include "views/common/sheet.h"

class QGridLayout;
class QPushButton;

namespace headgate {

class ConfirmFields;
class ImpactBlock;
class EnvironmentTag;
class PlainLabel;
class RequestView;
class SpansLabel;

/*! Preview and confirmation of one act: its effect in numbers, the exact requests, the way back; a reason on
 * production, the typed name where it is asked for. Cancel is the default and takes Enter and Esc; the act stays
 * disabled until nothing is missing and is reached by Tab or pointer. Closes once the service has the intent on disk;
 * the operation goes on. */
class OperationDialog final : public Sheet
{
    Q_OBJECT
public:
    OperationDialog(OperationsService &operations, OperationRequest request, QWidget *window);
    ~OperationDialog() override;
    //! Name of the context and its environment, before the preview knows them.
    void setContext(Environment environment, const QString &name);
    const OperationViewModel &viewModel() const { return m_viewModel; }
    //! In armed mode single acts run without a question; then this is where their requests are.
    void runWithoutAsking();

Q_SIGNALS:
    void started(const headgate::OperationPreview &preview);
    void copied();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeAsking();
    QWidget *makePreview();
    QLayout *makeFoot();
    void addFact(QGridLayout *grid, const QString &caption, QWidget *value);
    void showState();
    void showPreview(const OperationPreview &preview);
    void showMissing();
    void focusFirst();
    void act();

    OperationViewModel m_viewModel;
    bool m_direct = false;
    PlainLabel *m_title;
    EnvironmentTag *m_tag;
    QWidget *m_asking, *m_preview;
    PlainLabel *m_askingText, *m_effect;
    std::vector<class FigureLabel *> m_figures;
    ImpactBlock *m_impact;
    RequestView *m_requests;
    PlainLabel *m_wayBack;
    QWidget *m_warning;
    SpansLabel *m_warningText;
    QWidget *m_error;
    SpansLabel *m_errorText;
    ConfirmFields *m_fields;
    PlainLabel *m_note;
    QPushButton *m_cancel, *m_again, *m_act;
};

} // namespace headgate
