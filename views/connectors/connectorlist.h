// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/pageface.h"
#include "models/connectors/connectorsproxy.h"

#include <QFrame>

class QAction;
class QMenu;
class QVBoxLayout;

namespace headgate {

class Banner;
class ConnectorFilter;
class ConnectorTable;
class FaceCard;
class KeyHintsLine;

/*! The rows of the connectors page: filter row, banner, table or what stands in its place, foot with counts and keys.
 * Owns the rows, their order, filter and marks; which of them is selected is the table's. */
class ConnectorList final : public QFrame
{
    Q_OBJECT
public:
    explicit ConnectorList(QWidget *parent = nullptr);

    void show(const ContextPicture &picture, const PageFace &face); //!< keeps selection, place and order
    ConnectorTable *table() const { return m_table; }
    QString filter() const;
    void setFilter(const QString &text);
    void enterFilter();
    bool clearFilter(); //!< false: there was none
    void toggleFaultsOnly();
    void toggleMark(); //!< of the selected row
    QByteArray csv() const;

Q_SIGNALS:
    void shownChanged(); //!< other rows, or another filter
    void remedyWanted(); //!< what the face offers
    void said(const QString &sentence);

private:
    QMenu *makeColumns();
    void makeBody(QVBoxLayout *column);
    void wire();
    void showFaces();
    void showEmpty(int all);
    void showCounts();

    PageFace m_face;
    ConnectorsModel m_rows;
    ConnectorsProxy m_proxy;
    QAction *m_export;
    ConnectorTable *m_table;
    ConnectorFilter *m_filter;
    Banner *m_banner;
    QWidget *m_faceSide; //!< in place of the table
    FaceCard *m_faceCard;
    KeyHintsLine *m_foot;
    QWidget *m_footRow;
};

} // namespace headgate
