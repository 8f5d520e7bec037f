// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/triage/foldedcard.h"

#include "views/common/buttons.h"
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
    m_column->setContentsMargins(18, 10, 14, 10);
    m_column->setSpacing(2);
    m_column->addWidget(m_title);
}

void FoldedCard::setCards(const QString &title, const std::vector<TriageCard> &cards)
{
    setVisible(!cards.empty());
    m_title->setText(title);
    while (m_column->count() > 1) {
        auto *item = m_column->takeAt(1);
        delete item->widget();
        delete item;
    }
    for (const auto &card : cards) {
        auto *row = makeSmallButton(
            QString(card.title + QStringLiteral("   ") + card.chip + QStringLiteral(" · ") + card.duration),
            ButtonKind::Link);
        connect(row, &QPushButton::clicked, this, [this, ref = card.key.connector] { Q_EMIT opened(ref); });
        m_column->addWidget(row);
    }
}

} // namespace headgate
