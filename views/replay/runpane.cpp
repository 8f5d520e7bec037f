// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/runpane.h"

#include "models/common/agetext.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/operations/person.h"
#include "models/replay/waybacktext.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/flowrow.h"
#include "views/common/hairline.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/operations/confirmfields.h"
#include "views/operations/operationlook.h"
#include "views/operations/requestview.h"
#include "views/replay/steplist.h"

#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

using Phase = ReplayViewModel::Phase;

std::vector<StepProgress> waitingSteps()
{
    std::vector<StepProgress> steps;
    for (int step = 0; step <= int(ReplayStep::Close); ++step) {
        steps.push_back({.step = ReplayStep(step)});
    }
    return steps;
}

bool offers(const ReplayViewModel::State &state, ReplayChoice choice)
{
    return state.phase == Phase::Interrupted && state.interrupted && !state.reading
        && std::ranges::find(state.interrupted->choices, choice) != state.interrupted->choices.end();
}

} // namespace

RunPane::RunPane(ReplayViewModel &model, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_note(new PlainLabel({}, TextStyle::Caption, this))
    , m_chip(new Chip(this))
    , m_steps(new StepList(this))
    , m_seen(new PlainLabel({}, TextStyle::Body, this))
    , m_error(new SpansLabel(this))
    , m_fields(new ConfirmFields(this))
    , m_missing(new PlainLabel({}, TextStyle::Caption, this))
    , m_requestsSide(new QWidget(this))
    , m_requests(new RequestView(this, Qt::Vertical))
{
    setProperty("kind", QStringLiteral("surface"));
    setObjectName(QStringLiteral("replayRun"));
    m_seen->setObjectName(QStringLiteral("replaySeen"));
    m_seen->setWordWrap(true);
    m_seen->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->setObjectName(QStringLiteral("replayError"));
    m_error->setTone(Tone::Fail);
    m_missing->setObjectName(QStringLiteral("replayMissing"));
    m_missing->muted()->setWordWrap(true);
    auto *requests = new QVBoxLayout(m_requestsSide);
    requests->setContentsMargins(0, 0, 0, 0);
    requests->setSpacing(8);
    requests->addWidget(makeHairline(Qt::Horizontal, m_requestsSide));
    requests->addWidget(new PlainLabel(tr("Exact requests"), TextStyle::BodyStrong, m_requestsSide));
    requests->addWidget(m_requests);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    column->addLayout(makeHead());
    column->addWidget(m_steps);
    column->addWidget(m_seen);
    column->addWidget(m_error);
    column->addWidget(m_fields);
    column->addLayout(makeButtons());
    column->addWidget(m_missing);
    column->addWidget(m_requestsSide);
    column->addWidget(makeHairline(Qt::Horizontal, this));
    column->addWidget(makeWayBack());
    column->addStretch(1);
    connect(m_fields, &ConfirmFields::changed, this, &RunPane::showButtons);
    connect(m_requests, &RequestView::copied, this, &RunPane::copied);
}

QLayout *RunPane::makeHead()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new PlainLabel(tr("4  Run"), TextStyle::Section, this));
    head->addWidget(m_note->muted(), 1);
    m_note->setElided(true);
    head->addWidget(m_chip);
    return head;
}

QLayout *RunPane::makeButtons()
{
    const auto make = [this](const char *name, const QString &text, ButtonKind kind, auto &&clicked) {
        auto *button = makeButton(text, kind, this);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QPushButton::clicked, this, clicked);
        return button;
    };
    m_cancel = make("replayCancel", tr("Cancel"), ButtonKind::Safe, [this] { Q_EMIT cancelled(); });
    m_run = make("replayRun", {}, ButtonKind::Danger, [this] { act(&ReplayViewModel::run); });
    m_goOn = make("replayGoOn", tr("Go on with the plan"), ButtonKind::Danger, [this] { act(&ReplayViewModel::goOn); });
    m_putBack = make("replayPutBack", tr("Put the saved positions back"), ButtonKind::Danger,
        [this] { act(&ReplayViewModel::putBack); });
    m_leave = make("replayLeave", tr("Leave it as it is"), ButtonKind::Normal,
        [this] { m_model.leave(m_fields->confirmation().person); });
    m_lookAgain = make("replayLookAgain", tr("Look again"), ButtonKind::Normal,
        [this] { m_model.state().phase == Phase::Interrupted ? m_model.look() : m_model.readAgain(); });
    m_stopWaiting = make(
        "replayStopWaiting", tr("Stop waiting"), ButtonKind::Normal, [this] { m_model.stopWaiting(storedPerson()); });
    auto *row = new FlowRow;
    row->setSpacing(8);
    for (auto *button : {m_cancel, m_run, m_goOn, m_putBack, m_leave, m_lookAgain, m_stopWaiting}) {
        row->addWidget(button);
    }
    return row;
}

QWidget *RunPane::makeWayBack()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(new PlainLabel(tr("The way back"), TextStyle::BodyStrong, side));
    m_wayBackText = new PlainLabel({}, TextStyle::Body, side);
    m_wayBackText->muted()->setWordWrap(true);
    column->addWidget(m_wayBackText);
    m_wayBack = makeButton({}, ButtonKind::Normal, side);
    m_wayBack->setObjectName(QStringLiteral("replayWayBack"));
    setButtonSymbol(m_wayBack, QStringLiteral("way-back"));
    connect(m_wayBack, &QPushButton::clicked, &m_model, &ReplayViewModel::planWayBack);
    column->addWidget(m_wayBack, 0, Qt::AlignLeft);
    return side;
}

void RunPane::act(void (ReplayViewModel::*how)(const Confirmation &))
{
    const auto confirmation = m_fields->confirmation();
    m_fields->keepPerson();
    (m_model.*how)(confirmation);
}

void RunPane::show(const ReplayViewModel::State &state)
{
    // A name is typed for one act: the next plan, the way back and what follows an interruption ask anew.
    const Asked asked {state.request.connector, state.operation ? state.operation->id : OperationId(),
        state.request.restores, state.phase == Phase::Running};
    if (m_asked != asked) {
        m_asked = asked;
        m_fields->clear();
    }
    const auto &progress = state.progress;
    m_steps->setSteps(!progress         ? waitingSteps()
            : progress->wayBack.empty() ? progress->steps
                                        : progress->wayBack,
        state.phase == Phase::Running, m_model.now());
    showHead(state);
    showSeen(state);
    showButtons();
    m_requestsSide->setVisible(state.plan && !state.plan->requests.empty());
    m_requests->setPreview(m_model.requests());
    showWayBack(state);
}

void RunPane::showHead(const ReplayViewModel::State &state)
{
    m_chip->setVisible(state.operation.has_value());
    if (!state.operation) {
        m_note->setText(state.phase == Phase::Starting ? tr("checking again, nothing was sent yet") : QString());
        return;
    }
    auto look = lookOf(*state.operation);
    if (state.phase == Phase::Running && state.progress) {
        look.word = tr("%1, %2").arg(look.word, stepCountText(*state.progress));
    }
    m_chip->setLook(look);
    m_note->setText(tr("started %1 by %2")
            .arg(momentText(state.operation->startedAt, m_model.now()),
                shownText(personName(state.operation->person), 60)));
}

void RunPane::showSeen(const ReplayViewModel::State &state)
{
    QString seen;
    if (state.interrupted) {
        seen = interruptedText(*state.interrupted, state.operation ? state.operation->letGoBy : QString());
    } else if (state.phase == Phase::Interrupted && !state.error) {
        seen = state.operation && !state.operation->letGoBy.isEmpty()
            ? tr("It was let go in the middle. Looking at the platform as it is now.")
            : tr("Headgate ended in the middle of this replay. Looking at the platform as it is now.");
    } else if (state.operation) {
        seen = shownText(state.operation->observed, 1200);
    }
    m_seen->setText(seen);
    m_seen->setVisible(!seen.isEmpty());
    const auto error = state.error ? state.error : state.operation ? state.operation->error : std::nullopt;
    m_error->setVisible(error.has_value());
    if (error) {
        m_error->setSpans(errorSpans(*error, shownText(error->detail, 600)));
    }
}

void RunPane::showButtons()
{
    const auto &state = m_model.state();
    const bool planning = state.phase == Phase::Ready || state.phase == Phase::Reading
        || state.phase == Phase::NotPlanned || state.phase == Phase::Starting;
    const bool choosing = offers(state, ReplayChoice::Continue) || offers(state, ReplayChoice::Restore);
    const auto confirmation = m_fields->confirmation();
    const auto missing = m_model.missing(confirmation);
    m_fields->setVisible(planning || choosing);
    m_fields->setNeeds(state.plan && state.plan->reasonNeeded && planning && !state.fromFile, true);
    m_fields->setLettersToGo(m_model.lettersToGo(confirmation.typedName));
    m_fields->setEnabled(state.phase != Phase::Starting);
    m_cancel->setVisible(planning);
    m_run->setVisible(planning);
    m_run->setText(state.plan ? runButtonText(*state.plan) : tr("Stop and replay"));
    m_goOn->setVisible(offers(state, ReplayChoice::Continue));
    m_putBack->setVisible(offers(state, ReplayChoice::Restore));
    m_leave->setVisible(state.phase == Phase::Interrupted);
    m_lookAgain->setVisible(state.phase == Phase::Interrupted || state.phase == Phase::NotPlanned
        || (planning && state.error) || !state.drift.empty());
    for (auto *button : {m_run, m_goOn, m_putBack}) {
        button->setEnabled(missing.isEmpty() && state.phase != Phase::Starting);
        button->setAccessibleDescription(missing);
    }
    const bool running = state.phase == Phase::Running;
    m_stopWaiting->setVisible(running);
    m_stopWaiting->setEnabled(m_model.canStopWaiting());
    m_missing->setVisible(planning || choosing || running);
    m_missing->setText(!running        ? missing.isEmpty() ? tr("Goes to the audit log with name and reason") : missing
            : m_model.canStopWaiting() ? tr("Stops behind the step it is in, says how things stand, and asks what next")
                                       : tr("Stops behind the step it is in: what was sent is answered first"));
}

void RunPane::showWayBack(const ReplayViewModel::State &state)
{
    m_wayBackText->setText(wayBackText(state));
    m_wayBack->setVisible(m_model.hasWayBack());
    if (state.operation) {
        m_wayBack->setText(tr("Restore positions of %1...").arg(momentText(state.operation->startedAt, m_model.now())));
    }
}

void RunPane::enter()
{
    auto *empty = m_fields->isVisible() ? m_fields->firstEmpty() : nullptr;
    auto *target = empty != nullptr ? empty : m_run->isVisible() ? m_run : static_cast<QWidget *>(m_wayBack);
    target->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate
