// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triage/triageviewmodel.h"

#include <QFrame>

class QPushButton;
class QVBoxLayout;

namespace headgate {

class PlainLabel;

//! Past `TriageViewModel::mostCards` problems: the rest as one-line rows that lead to their connectors. A card each
//! would keep them all alive.
class FoldedCard final : public QFrame
{
    Q_OBJECT
public:
    explicit FoldedCard(QWidget *parent = nullptr);
    void setCards(const QString &title, const std::vector<TriageCard> &cards);

Q_SIGNALS:
    void opened(const headgate::ConnectorRef &ref);

private:
    void addRow();

    PlainLabel *m_title;
    QVBoxLayout *m_column;
    std::vector<QPushButton *> m_rows; //!< kept while the numbers in them move: one may have the focus
    std::vector<ConnectorRef> m_connectors;
};

} // namespace headgate
