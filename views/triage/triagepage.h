// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triage/triageviewmodel.h"
#include "views/common/page.h"

class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace headgate {

class Banner;
class EvidencePane;
class FaceCard;
class FoldedCard;
class ProblemCard;
class RestCard;
class TracePanel;

/*! Home: one card a problem, worst first, with the evidence of the selected one at the right. Keys: up and down walk
 * the cards, Enter opens the connector, 1 to 3 press buttons, H copies a hand-over, T reads the trace. Follows the
 * picture it is given; sends nothing. */
class TriagePage final : public Page
{
    Q_OBJECT
public:
    explicit TriagePage(QWidget *parent = nullptr);

    QString title() const override;
    QString summary() const override;
    QList<QAction *> headerActions() const override;
    std::vector<KeyHint> keys() const override;
    void setPicture(const ContextPicture &picture) override;
    std::vector<ConnectorRef> onScreen() const override; //!< the connectors of the cards
    bool goBack() override;
    void setNarrow(bool narrow) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeBoard();
    void showBoard();
    void showFace();
    void showCards();
    void showSelection();
    void showPanes();
    void foldCards();
    void select(int card);
    void act(int card, const CardButton &button);
    void openConnector(int card);
    void proveFix(int card);
    void replayPast(int card, const CardButton &button);
    void readTrace();
    void copyHandOver();
    ProblemCard *makeCard();

    TriageViewModel m_model;
    QStackedWidget *m_stack;
    Banner *m_banner;
    FaceCard *m_face;
    QScrollArea *m_scroll;
    QVBoxLayout *m_cardColumn;
    std::vector<ProblemCard *> m_cards;
    FoldedCard *m_folded;
    RestCard *m_rest;
    EvidencePane *m_evidence;
    TracePanel *m_trace;
    QAction *m_handOver;
    bool m_narrow = false;
    bool m_detailOpen = false; //!< narrow windows: the evidence in place of the cards
};

} // namespace headgate
