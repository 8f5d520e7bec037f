// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/proof/fixproofviewmodel.h"
#include "views/common/sheet.h"

class QPushButton;

namespace headgate {

class EnvironmentTag;
class FixProofForm;
class FixProofResult;
class PlainLabel;
class SpansLabel;

/*! Tries settings on the records that a sink is about to read, before anybody sets them. Changes nothing, so it asks
 * for no confirmation and is there in every mode. Closing it ends the reading. */
class FixProofDialog final : public Sheet
{
    Q_OBJECT
public:
    //! `around`: the record that failed, where triage knows it.
    FixProofDialog(FixProofService &proofs, const ConnectorFacts &facts, const ContextPicture &picture,
        std::optional<RecordPlace> around, QWidget *window);
    ~FixProofDialog() override;
    const FixProofViewModel &viewModel() const { return m_viewModel; }

private:
    QLayout *makeFoot();
    void run();
    void showState();

    FixProofViewModel m_viewModel;
    std::optional<RecordPlace> m_around;
    PlainLabel *m_title;
    EnvironmentTag *m_tag;
    FixProofForm *m_form;
    PlainLabel *m_progress;
    FixProofResult *m_result;
    SpansLabel *m_error;
    QPushButton *m_close, *m_stop, *m_run;
};

} // namespace headgate
