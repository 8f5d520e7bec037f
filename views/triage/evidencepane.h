// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triage/triageviewmodel.h"

#include <QScrollArea>

namespace headgate {

class FactGrid;
class FlowStrip;
class Glyph;
class LinesBox;
class PlainLabel;

/*! What stands behind the selected card: flow, first cause, record, story, owner. Sections without content are not
 * there. */
class EvidencePane final : public QScrollArea
{
    Q_OBJECT
public:
    explicit EvidencePane(QWidget *parent = nullptr);
    void show(const TriageCard *card, const Evidence &evidence); //!< nullptr: nothing selected
    void lookAtRecord();                                         //!< scrolls to it and gives it the focus

Q_SIGNALS:
    void openRequested();
    void traceRequested();

private:
    QWidget *makeHeader();
    QWidget *makeCause();
    QWidget *makeRecord();
    QWidget *makeStory();

    Glyph *m_glyph;
    PlainLabel *m_title;
    FlowStrip *m_flow;
    QWidget *m_cause;
    LinesBox *m_trace;
    PlainLabel *m_advice;
    QWidget *m_record;
    PlainLabel *m_recordPlace;
    LinesBox *m_recordLines;
    PlainLabel *m_recordHow;
    QWidget *m_story;
    FactGrid *m_events;
    QFrame *m_line;
    FactGrid *m_owner;
};

} // namespace headgate
