// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/triage/triagepage.h"

#include "models/triage/causewords.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/pagefaces.h"
#include "views/common/tracepanel.h"
#include "views/triage/evidencepane.h"
#include "views/triage/foldedcard.h"
#include "views/triage/problemcard.h"
#include "views/triage/restcard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

constexpr int margin = 16;
constexpr int cardGap = 11;
constexpr int lowWindow = 780; //!< below this height unselected cards fold

//! A lost worker or its brokers have a card of their own; the banner would say the same again.
bool hasCardFor(PageState state, const std::vector<TriageCard> &cards)
{
    const auto any = [&cards](ProblemKind kind) {
        return std::ranges::any_of(cards, [kind](const TriageCard &card) { return card.key.kind == kind; });
    };
    return (state == PageState::WorkerLost && any(ProblemKind::WorkerUnreachable))
        || (state == PageState::BrokersLost && any(ProblemKind::WorkerUnhealthy));
}

} // namespace

TriagePage::TriagePage(QWidget *parent)
    : Page(PageId::Triage, parent)
    , m_stack(new QStackedWidget)
    , m_evidence(new EvidencePane)
    , m_trace(new TracePanel)
    , m_handOver(makeAction(this, QStringLiteral("triage.handOver"), tr("Copy hand-over"), QStringLiteral("copy")))
{
    setObjectName(QStringLiteral("triage"));
    setFocusPolicy(Qt::StrongFocus);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("triageSplit"));
    split->setChildrenCollapsible(false);
    split->addWidget(makeBoard());
    split->addWidget(m_evidence);
    split->setStretchFactor(0, 1);
    split->setSizes({870, 380});
    m_stack->addWidget(split);
    m_stack->addWidget(m_trace);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    connect(&m_model, &TriageViewModel::changed, this, &TriagePage::showBoard);
    connect(&m_model, &TriageViewModel::selectionChanged, this, &TriagePage::showSelection);
    connect(m_handOver, &QAction::triggered, this, &TriagePage::copyHandOver);
    connect(m_evidence, &EvidencePane::openRequested, this, [this] { openConnector(m_model.selected()); });
    connect(m_evidence, &EvidencePane::traceRequested, this, &TriagePage::readTrace);
    connect(m_trace, &TracePanel::closed, this, &TriagePage::goBack);
    connect(m_trace, &TracePanel::copied, this, [this] { Q_EMIT said(tr("Trace copied.")); });
    showBoard();
}

QWidget *TriagePage::makeBoard()
{
    auto *board = new QFrame;
    board->setProperty("kind", QStringLiteral("window"));
    board->setMinimumWidth(420);
    auto *column = new QVBoxLayout(board);
    column->setContentsMargins(margin, 0, margin, margin);
    column->setSpacing(cardGap);
    m_banner = new Banner;
    m_face = new FaceCard;
    m_rest = new RestCard;
    m_cardColumn = new QVBoxLayout;
    m_cardColumn->setSpacing(cardGap);
    m_folded = new FoldedCard;
    column->addWidget(m_banner);
    column->addWidget(m_face);
    column->addLayout(m_cardColumn);
    column->addWidget(m_folded);
    column->addWidget(m_rest);
    column->addStretch(1);
    m_scroll = new QScrollArea;
    m_scroll->setObjectName(QStringLiteral("board"));
    m_scroll->setProperty("kind", QStringLiteral("window"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(board);
    m_scroll->installEventFilter(this);
    connect(m_banner, &Banner::acted, this, [this] { remedy(*this, m_model.board().face); });
    connect(m_face, &FaceCard::acted, this, [this] { remedy(*this, m_model.board().face); });
    const auto open = [this](const ConnectorRef &ref) {
        Q_EMIT goTo({.page = PageId::Connectors, .connector = ref});
    };
    connect(m_rest, &RestCard::opened, this, open);
    connect(m_folded, &FoldedCard::opened, this, open);
    return m_scroll;
}

QString TriagePage::title() const
{
    return tr("Triage");
}

QString TriagePage::summary() const
{
    return m_model.board().summary;
}

QList<QAction *> TriagePage::headerActions() const
{
    return {m_handOver};
}

std::vector<KeyHint> TriagePage::keys() const
{
    return {{tr("Up, Down"), tr("walk the problems")}, {tr("Enter"), tr("open the connector")},
        {QStringLiteral("1 2 3 4"), tr("press a button of the card")},
        {QStringLiteral("T"), tr("read the whole trace")}, {QStringLiteral("H"), tr("copy a hand-over")},
        {tr("Esc"), tr("back")}};
}

void TriagePage::setPicture(const ContextPicture &picture)
{
    m_model.show(picture);
}

void TriagePage::showBoard()
{
    showFace();
    showCards();
    m_folded->setCards(m_model.board().foldedTitle, m_model.board().folded);
    m_rest->setRest(m_model.board().rest);
    showSelection();
    setAvailable(m_handOver, m_cards.empty() ? tr("there is no problem") : QString());
    Q_EMIT summaryChanged();
}

std::vector<ConnectorRef> TriagePage::onScreen() const
{
    std::vector<ConnectorRef> refs;
    for (const auto &card : m_model.board().cards) {
        if (!card.key.connector.name.isEmpty()) {
            refs.push_back(card.key.connector);
        }
    }
    return refs;
}

void TriagePage::showFace()
{
    const auto &board = m_model.board();
    headgate::showFace(m_banner, board.face);
    if (hasCardFor(board.face.state, board.cards)) {
        m_banner->hide(); // said once, by the card, with more evidence
    }
    m_face->setVisible(!board.wellTitle.isEmpty() || board.face.state == PageState::Loading);
    if (board.face.state == PageState::Loading) {
        m_face->sayLoading(board.face.sentence, board.face.remedyText);
    } else {
        const auto look = board.face.state == PageState::Empty
            ? StateLook {QStringLiteral("connector"), {}, Tone::Stopped}
            : lookOf(Standing::Running);
        m_face->say(look, board.wellTitle, board.wellText);
    }
}

ProblemCard *TriagePage::makeCard()
{
    auto *card = new ProblemCard;
    const auto index = int(m_cards.size());
    connect(card, &ProblemCard::chosen, this, [this, index] { m_model.select(index); });
    connect(card, &ProblemCard::opened, this, [this, index] { openConnector(index); });
    connect(card, &ProblemCard::acted, this, [this, index](const CardButton &button) { act(index, button); });
    m_cardColumn->addWidget(card);
    return card;
}

//! Cards are reused by position: a refresh changes texts, never focus or scroll position.
void TriagePage::showCards()
{
    const auto &cards = m_model.board().cards;
    while (m_cards.size() > cards.size()) {
        delete m_cards.back();
        m_cards.pop_back();
    }
    while (m_cards.size() < cards.size()) {
        m_cards.push_back(makeCard());
    }
    for (std::size_t i = 0; i < cards.size(); ++i) {
        m_cards[i]->setCard(cards[i]);
    }
    foldCards();
}

void TriagePage::showSelection()
{
    const int selected = m_model.selected();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setSelected(int(i) == selected);
    }
    foldCards();
    const bool any = selected >= 0 && selected < int(m_cards.size());
    m_evidence->show(any ? &m_model.board().cards[std::size_t(selected)] : nullptr, m_model.evidence());
    showPanes();
}

void TriagePage::showPanes()
{
    const bool any = m_model.selected() >= 0;
    m_detailOpen = m_detailOpen && any;
    m_scroll->setVisible(!m_narrow || !m_detailOpen);
    m_evidence->setVisible(any && (!m_narrow || m_detailOpen));
}

void TriagePage::foldCards()
{
    const bool low = window()->height() < lowWindow;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setFolded(low && int(i) != m_model.selected());
    }
}

void TriagePage::select(int card)
{
    if (card < 0 || card >= int(m_cards.size())) {
        return;
    }
    m_model.select(card);
    m_cards[std::size_t(card)]->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(m_cards[std::size_t(card)], 0, margin);
}

void TriagePage::act(int card, const CardButton &button)
{
    m_model.select(card);
    switch (button.act) {
    case CardAct::LookAtRecord:
        m_detailOpen = true;
        showPanes();
        m_evidence->lookAtRecord();
        break;
    case CardAct::ReadTrace:
        readTrace();
        break;
    case CardAct::ProveFix:
        proveFix(card);
        break;
    case CardAct::ReplayPast:
        replayPast(card, button);
        break;
    case CardAct::OpenConnector:
        openConnector(card);
        break;
    case CardAct::ShowConnectors:
        Q_EMIT goTo({.page = PageId::Connectors, .filter = button.filter});
        break;
    case CardAct::CopyReport:
        copyHandOver();
        break;
    case CardAct::Operate:
        Q_EMIT actRequested(button.request);
        break;
    }
}

void TriagePage::proveFix(int card)
{
    const auto *problem = m_model.problem(card);
    if (problem == nullptr) {
        return;
    }
    const auto &record = problem->record;
    const bool known = record && record->rangeEnd < 0;
    Q_EMIT proofRequested(
        {problem->connector, known ? std::optional(RecordPlace {record->tp, record->offset}) : std::nullopt});
}

void TriagePage::replayPast(int card, const CardButton &button)
{
    if (const auto *problem = m_model.problem(card)) {
        Q_EMIT goTo({.page = PageId::Replay, .connector = problem->connector, .positions = button.positions});
    }
}

void TriagePage::openConnector(int card)
{
    const auto *problem = m_model.problem(card);
    if (problem == nullptr) {
        return;
    }
    if (!problem->connector.name.isEmpty()) {
        Q_EMIT goTo({.page = PageId::Connectors, .connector = problem->connector});
    } else if (!problem->worker.isEmpty()) {
        Q_EMIT goTo({.page = PageId::Connectors, .filter = QString(QStringLiteral("worker:") + problem->worker)});
    }
}

void TriagePage::readTrace()
{
    const auto *problem = m_model.problem(m_model.selected());
    if (problem == nullptr || problem->rawTrace.isEmpty()) {
        return;
    }
    const auto &explanation = problem->trace;
    const bool known = explanation.first >= 0 && explanation.first < int(explanation.chain.size());
    m_trace->open(m_model.board().cards[std::size_t(m_model.selected())].title, problem->rawTrace,
        known ? explanation.chain[std::size_t(explanation.first)].exceptionClass : QString());
    m_stack->setCurrentWidget(m_trace);
}

void TriagePage::copyHandOver()
{
    const auto text = m_model.handOver(m_model.selected());
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT said(tr("Hand-over copied."));
    }
}

bool TriagePage::goBack()
{
    if (m_stack->currentWidget() == m_trace) {
        m_stack->setCurrentIndex(0);
        select(m_model.selected());
        return true;
    }
    if (m_narrow && m_detailOpen) {
        m_detailOpen = false;
        showPanes();
        select(m_model.selected());
        return true;
    }
    return false;
}

void TriagePage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    showPanes();
}

//! A scroll area would take the arrow keys of the cards in it for itself.
bool TriagePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scroll && event->type() == QEvent::KeyPress) {
        event->ignore();
        keyPressEvent(static_cast<QKeyEvent *>(event));
        return event->isAccepted();
    }
    return Page::eventFilter(watched, event);
}

void TriagePage::focusInEvent(QFocusEvent *event)
{
    Page::focusInEvent(event);
    select(m_model.selected());
}

void TriagePage::keyPressEvent(QKeyEvent *event)
{
    event->accept();
    const int selected = m_model.selected();
    const auto key = event->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        select(selected + (key == Qt::Key_Down ? 1 : -1));
    } else if (key >= Qt::Key_1 && key <= Qt::Key_4 && selected >= 0) {
        m_cards[std::size_t(selected)]->press(key - Qt::Key_1);
    } else if (key == Qt::Key_H) {
        m_handOver->trigger();
    } else if (key == Qt::Key_T) {
        readTrace();
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && selected >= 0) {
        if (m_narrow && !m_detailOpen) {
            m_detailOpen = true;
            showPanes();
        } else {
            openConnector(selected);
        }
    } else {
        event->ignore();
    }
}

void TriagePage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    foldCards();
}

} // namespace headgate
