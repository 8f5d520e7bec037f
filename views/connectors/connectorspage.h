// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/pageface.h"
#include "models/connectors/connectordetailmodel.h"
#include "views/common/page.h"

class QSplitter;
class QStackedWidget;

namespace headgate {

class ConnectorActions;
class ConnectorCopies;
class ConnectorList;
class ConnectorPane;
class ConnectorTable;
class TracePanel;

/*! All connectors of a context: filter row, table, pane of the selected one. Acts are asked for by actRequested() and
 * nothing else leaves here. Keys: / filter, ! faults only, Space mark, R restart what failed, O offsets, Y
 * configuration, T trace, Enter, Esc. */
class ConnectorsPage final : public Page
{
    Q_OBJECT
public:
    explicit ConnectorsPage(DetailSources sources, QWidget *parent = nullptr);

    QString title() const override;
    QString summary() const override;
    QString filter() const override;
    std::vector<ConnectorRef> onScreen() const override;
    std::optional<ConnectorRef> selected() const override;
    std::vector<KeyHint> keys() const override;
    void setPicture(const ContextPicture &picture) override;
    void showPlace(const Place &place) override;
    void enterFilter() override;
    bool goBack() override;
    void setNarrow(bool narrow) override;

    //! What Export writes.
    QByteArray csv() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void makeActions();
    void layOut();
    void wire();
    void showSelected();
    void showActions();
    void showPanes();
    void openDetail();
    void readTrace();
    void toRows(); //!< the focus

    ContextPicture m_picture;
    PageFace m_face;
    ConnectorDetailModel m_detail;
    ConnectorActions *m_actions;
    ConnectorCopies *m_copies;
    QAction *m_readTrace;
    QAction *m_lookConfig;
    QAction *m_lookOffsets;
    QAction *m_proveFix, *m_letters;
    QStackedWidget *m_stack;
    QSplitter *m_split;
    ConnectorList *m_list;
    ConnectorTable *m_table; //!< the list's
    ConnectorPane *m_pane;
    TracePanel *m_trace;
    bool m_narrow = false;
    bool m_detailOpen = false;
    std::optional<ConnectorRef> m_wanted; //!< a place asked for before its row was there
};

} // namespace headgate
