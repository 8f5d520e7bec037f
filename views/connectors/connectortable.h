// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectorsproxy.h"

#include <QSet>
#include <QTableView>

#include <functional>

namespace headgate {

/*! The connectors table: columns come and go with the width in a fixed order, a refresh keeps the selected row where it
 * is on screen. */
class ConnectorTable final : public QTableView
{
    Q_OBJECT
public:
    explicit ConnectorTable(ConnectorsProxy *proxy, QWidget *parent = nullptr);

    std::optional<ConnectorRef> selected() const;
    bool select(const ConnectorRef &ref); //!< false: not there or filtered out
    void selectFirst();
    //! The refs of the rows between top and bottom of the viewport.
    std::vector<ConnectorRef> onScreen() const;

    //! Runs `change` (which may insert, remove, move rows) and keeps the selected row, else the top one, at its place
    //! on screen.
    void keepPlaceWhile(const std::function<void()> &change);

    void setColumnWanted(ConnectorColumn column, bool wanted);
    bool isColumnWanted(ConnectorColumn column) const { return !m_unwanted.contains(int(column)); }

Q_SIGNALS:
    void selectedChanged();
    void wentOn();   //!< Enter: to the detail
    void scrolled(); //!< other rows are on screen

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void fitColumns();

    ConnectorsProxy *m_proxy;
    QSet<int> m_unwanted;
};

} // namespace headgate
