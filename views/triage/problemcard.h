// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triage/triagecard.h"

#include <QFrame>

class QGridLayout;
class QPushButton;

namespace headgate {

class Chip;
class FactLabel;
class FlowRow;
class Glyph;
class PlainLabel;
class SpansLabel;

/*! One problem as a card: what, since when, because of what, what it touches, how one sees that it is over, what to do.
 * Takes the values of TriageCard and shows them; only the selected card has a primary button. */
class ProblemCard final : public QFrame
{
    Q_OBJECT
public:
    explicit ProblemCard(QWidget *parent = nullptr);

    void setCard(const TriageCard &card);
    const TriageCard &card() const { return m_card; }
    void setSelected(bool selected);
    //! Low windows: title, cause and actions only.
    void setFolded(bool folded);
    void press(int button); //!< as if its n-th button were clicked; does nothing when disabled or not there

Q_SIGNALS:
    void chosen(); //!< clicked or focused
    void opened(); //!< double click
    void acted(const headgate::CardButton &button);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeTitleRow();
    QWidget *makeStory();
    void showFacts();
    void placeFacts();
    void showButtons();
    void markPrimary();

    TriageCard m_card;
    bool m_selected = false;
    Glyph *m_glyph;
    PlainLabel *m_title;
    Chip *m_chip;
    SpansLabel *m_since;
    SpansLabel *m_cause;
    QWidget *m_factsRow;
    QGridLayout *m_factsGrid;
    std::vector<FactLabel *> m_facts;
    QWidget *m_story;
    PlainLabel *m_touchesCaption;
    SpansLabel *m_touches;
    SpansLabel *m_recovered;
    FlowRow *m_buttonRow;
    std::vector<QPushButton *> m_buttons;
};

} // namespace headgate
