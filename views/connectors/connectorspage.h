// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/pageface.h"
#include "models/connectors/connectordetailmodel.h"
#include "models/connectors/connectorsproxy.h"
#include "views/common/page.h"

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace headgate {

class Banner;
class ConnectorPane;
class ConnectorTable;
class FaceCard;
class FilterEdit;
class ConnectorActions;
class KeyHintsLine;
class SegmentedChoice;
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

    //! What Export writes; the file dialog is the page's only one.
    QByteArray csv() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void makeActions();
    QWidget *makeFilterRow();
    QWidget *makeTableSide();
    QPushButton *makeColumnsButton();
    void applyFilter(const QString &text);
    void setFaultsOnly(bool faultsOnly);
    void showFaces();
    void showCounts();
    void showSelected();
    void showActions();
    void showPanes();
    void openDetail();
    void readTrace();
    void exportCsv();

    ContextPicture m_picture;
    PageFace m_face;
    ConnectorsModel m_rows;
    ConnectorsProxy m_proxy;
    ConnectorDetailModel m_detail;
    ConnectorActions *m_actions;
    QAction *m_readTrace;
    QAction *m_lookConfig;
    QAction *m_lookOffsets;
    QAction *m_export;
    QStackedWidget *m_stack;
    QSplitter *m_split;
    QWidget *m_tableSide;
    FilterEdit *m_filterEdit;
    SegmentedChoice *m_choice;
    Banner *m_banner;
    QWidget *m_faceSide; //!< in place of the table
    FaceCard *m_faceCard;
    ConnectorTable *m_table;
    KeyHintsLine *m_foot;
    QWidget *m_footRow;
    ConnectorPane *m_pane;
    TracePanel *m_trace;
    bool m_narrow = false;
    bool m_detailOpen = false;
    std::optional<ConnectorRef> m_wanted; //!< a place asked for before its row was there
};

} // namespace headgate
