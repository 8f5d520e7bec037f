// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/triageviewmodel.h"

#include "models/common/agetext.h"
#include "models/common/showntext.h"
#include "models/triage/problemwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TriageViewModel)
};

constexpr int linesBesideProblems = 6;
constexpr int linesAlone = 24;

const std::vector<Problem> &problemsOf(const ContextPicture &picture)
{
    static const std::vector<Problem> none;
    return picture.problems ? *picture.problems : none;
}

//! Connectors that some card speaks of.
std::set<QString> touchedNames(const ContextPicture &picture)
{
    std::set<QString> names;
    for (const auto &problem : problemsOf(picture)) {
        if (!problem.connector.name.isEmpty()) {
            names.insert(problem.connector.name);
        }
        names.insert(problem.alsoTouched.begin(), problem.alsoTouched.end());
    }
    return names;
}

QString summaryOf(const ContextPicture &picture)
{
    const auto &problems = problemsOf(picture);
    if (!picture.isKnown()) {
        return {};
    }
    if (problems.empty()) {
        return Words::tr("No problem.");
    }
    const auto healing = int(std::ranges::count(problems, Severity::SelfHealing, &Problem::severity));
    const auto first = Words::tr("%n problem(s), worst first.", nullptr, int(problems.size()));
    return healing == 0 ? first : QString(first + u' ' + Words::tr("%n heal(s) by itself.", nullptr, healing));
}

QString tasksAndAge(const ContextPicture &picture)
{
    std::size_t tasks = 0;
    for (const auto &facts : picture.snapshot->connectors) {
        tasks += facts.status.tasks.size();
    }
    return Words::tr("%1, %2, seen %3.")
        .arg(Words::tr("%n connector(s)", nullptr, int(picture.snapshot->connectors.size())),
            Words::tr("%n task(s)", nullptr, int(tasks)), agoText(picture.now - picture.snapshot->takenAt));
}

//! "All is well" is only said on fresh, complete knowledge.
void sayWell(TriageBoard &board, const ContextPicture &picture)
{
    if (!problemsOf(picture).empty() || !picture.isKnown()) {
        return;
    }
    if (board.face.state == PageState::Normal) {
        board.wellTitle = picture.wellSince == Instant {}
            ? Words::tr("All is well")
            : Words::tr("All is well since %1").arg(dayText(picture.wellSince, picture.now));
        board.wellText = tasksAndAge(picture);
    } else if (board.face.state == PageState::Empty) {
        board.wellTitle = Words::tr("No connector yet");
        board.wellText = Words::tr(
            "The workers answer, and nobody has created a connector. The first one appears here by itself.");
    }
}

QString wordsOf(const Observed<double> &perSecond, const ContextPicture &picture)
{
    const auto rate = rateText(perSecond, Words::tr("/s"), picture.freshness());
    return rate.unit.isEmpty() ? rate.text : QString(rate.text + u' ' + rate.unit);
}

HealthyLine lineOf(const ConnectorFacts &facts, const ContextPicture &picture)
{
    QList<float> spark(facts.rateHistory.begin(), facts.rateHistory.end());
    return {shownText(facts.ref.name, 120), spark, wordsOf(facts.recordsPerSecond, picture), facts.ref};
}

HealthyLine sumOf(const std::vector<const ConnectorFacts *> &rest, const ContextPicture &picture)
{
    HealthyLine line;
    line.name = Words::tr("%n more run well", nullptr, int(rest.size()));
    auto sum = Observed<double>::none(Absence::NoData, {});
    for (const auto *facts : rest) {
        if (const auto &rate = facts->recordsPerSecond.value) {
            sum = Observed<double>::of(sum.value.value_or(0) + *rate, picture.now, {});
        }
        line.spark.resize(std::max<qsizetype>(line.spark.size(), qsizetype(facts->rateHistory.size())));
        for (std::size_t i = 0; i < facts->rateHistory.size(); ++i) {
            line.spark[qsizetype(i)] += facts->rateHistory[i];
        }
    }
    line.rate = wordsOf(sum, picture);
    return line;
}

struct Quiet
{
    std::vector<const ConnectorFacts *> running;
    int paused = 0;
    int stopped = 0;
    Instant since {}; //!< since the youngest of them runs
};

Quiet quietOnes(const ContextPicture &picture)
{
    Quiet quiet;
    const auto touched = touchedNames(picture);
    for (const auto &facts : picture.snapshot->connectors) {
        if (touched.contains(facts.ref.name)) {
            continue;
        }
        quiet.paused += facts.standing == Standing::Paused ? 1 : 0;
        quiet.stopped += facts.standing == Standing::Stopped ? 1 : 0;
        if (facts.standing == Standing::Running) {
            quiet.running.push_back(&facts);
            quiet.since = std::max(quiet.since, facts.since.value.value_or(Instant {}));
        }
    }
    const auto busier = [](const ConnectorFacts *a, const ConnectorFacts *b) {
        const auto left = a->recordsPerSecond.value.value_or(0);
        const auto right = b->recordsPerSecond.value.value_or(0);
        return left != right ? left > right : a->ref < b->ref;
    };
    std::ranges::sort(quiet.running, busier);
    return quiet;
}

QString restSummary(const Quiet &quiet, const ContextPicture &picture)
{
    QStringList parts;
    if (!quiet.running.empty()) {
        const auto count = Words::tr("%n run(s) well", nullptr, int(quiet.running.size()));
        parts << (quiet.since == Instant {} ? count
                                            : Words::tr("%1 since %2").arg(count, dayText(quiet.since, picture.now)));
    }
    if (quiet.paused > 0) {
        parts << Words::tr("%1 paused on purpose").arg(quiet.paused);
    }
    if (quiet.stopped > 0) {
        parts << Words::tr("%1 stopped").arg(quiet.stopped);
    }
    parts << Words::tr("seen %1").arg(agoText(picture.now - picture.snapshot->takenAt));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

HealthyRest healthyRest(const ContextPicture &picture, int mostLines)
{
    HealthyRest rest;
    if (!picture.isKnown()) {
        return rest;
    }
    const auto quiet = quietOnes(picture);
    const int count = int(quiet.running.size()) + quiet.paused + quiet.stopped;
    if (count == 0) {
        return rest;
    }
    rest.title = problemsOf(picture).empty() ? Words::tr("%n connector(s) need(s) nothing", nullptr, count)
                                             : Words::tr("The other %n connector(s) need(s) nothing", nullptr, count);
    rest.summary = restSummary(quiet, picture);
    const auto shown = int(quiet.running.size()) > mostLines ? mostLines - 1 : int(quiet.running.size());
    for (int i = 0; i < shown; ++i) {
        rest.lines.push_back(lineOf(*quiet.running[std::size_t(i)], picture));
    }
    if (shown < int(quiet.running.size())) {
        rest.lines.push_back(sumOf({quiet.running.begin() + shown, quiet.running.end()}, picture));
    }
    return rest;
}

TriageBoard boardOf(const ContextPicture &picture, int mostLines)
{
    TriageBoard board;
    board.face = pageFace(picture);
    board.summary = summaryOf(picture);
    const auto &problems = problemsOf(picture);
    for (std::size_t i = 0; i < problems.size() && i < TriageViewModel::mostCards + TriageViewModel::mostFolded; ++i) {
        (i < TriageViewModel::mostCards ? board.cards : board.folded).push_back(cardOf(problems[i], picture));
    }
    if (!board.folded.empty()) {
        board.foldedTitle = Words::tr("%n more problem(s)", nullptr, int(problems.size() - board.cards.size()));
    }
    sayWell(board, picture);
    board.rest = healthyRest(picture, mostLines);
    return board;
}

void TriageViewModel::show(const ContextPicture &picture)
{
    const auto key = m_selected >= 0 ? std::optional(m_board.cards[std::size_t(m_selected)].key) : std::nullopt;
    m_picture = picture;
    const bool alone = problemsOf(picture).empty();
    auto board = boardOf(picture, alone ? linesAlone : linesBesideProblems);
    const bool same = board == m_board;
    m_board = std::move(board);
    keepSelection(key);
    updateEvidence();
    if (!same) {
        Q_EMIT changed();
    }
}

void TriageViewModel::keepSelection(const std::optional<CardKey> &key)
{
    const auto before = m_selected;
    const auto at = key ? std::ranges::find(m_board.cards, *key, &TriageCard::key) : m_board.cards.end();
    if (!m_chosen) {
        m_selected = m_board.cards.empty() ? -1 : 0;
    } else if (at != m_board.cards.end()) {
        m_selected = int(at - m_board.cards.begin());
    } else {
        m_selected = m_board.cards.empty() ? -1 : std::clamp(before, 0, int(m_board.cards.size()) - 1);
    }
}

void TriageViewModel::updateEvidence()
{
    const auto *selectedProblem = problem(m_selected);
    auto evidence = selectedProblem != nullptr ? evidenceOf(*selectedProblem, m_picture) : Evidence {};
    if (evidence != m_evidence) {
        m_evidence = std::move(evidence);
        Q_EMIT selectionChanged();
    }
}

void TriageViewModel::select(int card)
{
    m_chosen = true;
    if (card == m_selected || card < 0 || card >= int(m_board.cards.size())) {
        return;
    }
    m_selected = card;
    m_evidence = evidenceOf(*problem(card), m_picture);
    Q_EMIT selectionChanged();
}

const Problem *TriageViewModel::problem(int card) const
{
    const auto &problems = problemsOf(m_picture);
    return card >= 0 && card < int(problems.size()) ? &problems[std::size_t(card)] : nullptr;
}

QString TriageViewModel::handOver(int card) const
{
    const auto *one = problem(card);
    return one != nullptr ? handOverText(*one, m_picture) : QString();
}

} // namespace headgate
