// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/pageface.h"
#include "models/triage/evidence.h"
#include "models/triage/triagecard.h"

#include <QObject>

namespace headgate {

//! One healthy connector in the last card; the last may stand for the rest ("8 more run well", their sum).
struct HealthyLine
{
    QString name;
    QList<float> spark;
    QString rate;
    ConnectorRef connector; //!< empty name: stands for several

    bool operator==(const HealthyLine &) const = default;
};

//! The last card: who needs nothing.
struct HealthyRest
{
    QString title;   //!< "The other 16 connectors need nothing"
    QString summary; //!< "13 run well since 07:12 · 2 paused on purpose · seen 2 s ago"
    std::vector<HealthyLine> lines;

    bool operator==(const HealthyRest &) const = default;
};

//! The board as one value. `folded`: some of the problems past the first twelve, as one-line rows; `foldedTitle` counts
//! all of them.
struct TriageBoard
{
    PageFace face;
    QString summary;             //!< "3 problems, worst first. 1 heals by itself."
    QString wellTitle, wellText; //!< set when there is no problem and knowledge is fresh: "All is well since 07:12"
    std::vector<TriageCard> cards;
    std::vector<TriageCard> folded;
    QString foldedTitle;
    HealthyRest rest;

    bool operator==(const TriageBoard &) const = default;
};

TriageBoard boardOf(const ContextPicture &picture, int mostLines);
HealthyRest healthyRest(const ContextPicture &picture, int mostLines);

/*! The triage board and its selected card. One entrance, one signal; a refresh keeps the selection by key, and says
 * nothing when no sentence changed. GUI thread; owned by the page. */
class TriageViewModel : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t mostCards
        = 12; //!< two screens; all live: 30 took the GUI thread 90 ms when all failed at once
    static constexpr std::size_t mostFolded = 20;

    using QObject::QObject;

    void show(const ContextPicture &picture);
    //! More healthy connectors are listed when the board is empty.
    const TriageBoard &board() const { return m_board; }
    int selected() const { return m_selected; } //!< -1: no card
    void select(int card);
    //! Of the selected card; empty when there is none.
    const Evidence &evidence() const { return m_evidence; }
    const Problem *problem(int card) const; //!< nullptr: out of range; folded ones follow the cards
    QString handOver(int card) const;

Q_SIGNALS:
    void changed();
    void selectionChanged();

private:
    void keepSelection(const std::optional<CardKey> &key);
    void updateEvidence();

    ContextPicture m_picture;
    TriageBoard m_board;
    Evidence m_evidence;
    int m_selected = -1;
    bool m_chosen = false; //!< by a person: else the worst card is the selected one, whatever comes
};

} // namespace headgate
