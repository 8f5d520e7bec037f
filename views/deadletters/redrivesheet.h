// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deadletters/deadletterviewmodel.h"
#include "views/common/sheet.h"

class QProgressBar;
class QPushButton;

namespace headgate {

class Chip;
class ConfirmFields;
class EnvironmentTag;
class FigureLabel;
class PlainLabel;
class SpansLabel;
struct ContextPicture;

/*! A redrive before it is sent, while it runs and after, or interrupted with its choices: counts, where to, who else
 * gets them, warnings, the confirmation, progress, outcome. Closed while it runs, it goes on. GUI thread. */
class RedriveSheet final : public Sheet
{
    Q_OBJECT
public:
    RedriveSheet(DeadLetterViewModel &model, const ContextPicture &picture, QWidget *window);
    ~RedriveSheet() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makePreview();
    QLayout *makeFoot();
    void showState();
    void showPlan(const RedrivePlan &plan);
    void showWarnings(const RedrivePlan &plan);
    void showRun();
    void showMissing();
    void run();

    DeadLetterViewModel &m_model;
    PlainLabel *m_title;
    EnvironmentTag *m_tag;
    PlainLabel *m_asking;
    QWidget *m_preview = nullptr;
    std::vector<FigureLabel *> m_figures;
    std::vector<PlainLabel *> m_facts;
    QWidget *m_warnings;
    SpansLabel *m_error;
    QWidget *m_runSide;
    Chip *m_chip;
    PlainLabel *m_progressText;
    QProgressBar *m_progress;
    ConfirmFields *m_fields;
    PlainLabel *m_note;
    QPushButton *m_close, *m_leave, *m_stop, *m_run;
    std::optional<Instant> m_shownPlan;
};

} // namespace headgate
