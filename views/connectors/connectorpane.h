// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectordetailmodel.h"

#include <QFrame>

class QAction;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace headgate {

class Chip;
class ErrorFrame;
class FactGrid;
class FigureLabel;
class FlowStrip;
class Glyph;
class LinesBox;
class PlainLabel;
class TaskList;

/*! The pane of one connector: errors first, figures, tasks, path, facts, topics, configuration, offsets, history;
 * actions at its foot. */
class ConnectorPane final : public QFrame
{
    Q_OBJECT
public:
    //! `actions`: those of the foot, in order; the last ones go into "More".
    ConnectorPane(ConnectorDetailModel &model, const QList<QAction *> &foot, const QList<QAction *> &more,
        QWidget *parent = nullptr);

    void lookAtConfig();
    void lookAtOffsets();

Q_SIGNALS:
    void traceRequested();
    void actRequested(const headgate::OperationRequest &request);

private:
    QWidget *makeHeader();
    QWidget *makeBody();
    QWidget *makeFoot(const QList<QAction *> &foot, const QList<QAction *> &more);
    QWidget *addSection(QVBoxLayout *column, const QString &title, QWidget *content);
    void showDetail();
    void showFigures(const ConnectorDetail &detail);
    void showFetched();

    ConnectorDetailModel &m_model;
    Glyph *m_type;
    PlainLabel *m_title;
    Chip *m_chip;
    PlainLabel *m_subtitle;
    ErrorFrame *m_error;
    QScrollArea *m_scroll;
    std::vector<FigureLabel *> m_figures;
    QWidget *m_figureRow;
    TaskList *m_tasks;
    FlowStrip *m_flow;
    FactGrid *m_facts;
    PlainLabel *m_topics;
    QWidget *m_configSection;
    PlainLabel *m_configAge;
    FactGrid *m_config;
    QWidget *m_offsetsSection;
    QPushButton *m_askOffsets;
    PlainLabel *m_offsetsText;
    FactGrid *m_offsets;
    QWidget *m_historySection;
    FactGrid *m_history;
    QWidget *m_foot;
    PlainLabel *m_reason;
};

} // namespace headgate
