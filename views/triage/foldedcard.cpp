// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/triage/foldedcard.h"

#include "views/common/buttons.h"
#include "views/common/lane.h"
#include "views/common/plainlabel.h"

#include <QVBoxLayout>

namespace headgate {

FoldedCard::FoldedCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new PlainLabel({}, TextStyle::BodyStrong))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("folded"));
    setProperty("kind", QStringLiteral("card"));
    m_column->setContentsMargins(asRead(18, 10, 14, 10));
    m_column->setSpacing(2);
    m_column->addWidget(m_title);
}

void FoldedCard::setCards(const QString &title, const std::vector<TriageCard> &cards)
{
    setVisible(!cards.empty());
    m_title->setText(title);
    m_connectors.clear();
    for (; m_rows.size() > cards.size(); m_rows.pop_back()) {
        delete m_rows.back();
    }
    while (m_rows.size() < cards.size()) {
        addRow();
    }
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const auto &card = cards[i];
        m_rows[i]->setText(card.title + QStringLiteral("   ") + card.chip + QStringLiteral(" · ") + card.duration);
        m_connectors.push_back(card.key.connector);
    }
}

void FoldedCard::addRow()
{
    auto *row = makeSmallButton({}, ButtonKind::Link);
    connect(row, &QPushButton::clicked, this, [this, at = m_rows.size()] { Q_EMIT opened(m_connectors.at(at)); });
    m_column->addWidget(row);
    m_rows.push_back(row);
}

} // namespace headgate
