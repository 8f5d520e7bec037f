// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/replaypage.h"

#include "models/common/contextpicture.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/replay/replaytext.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/fileexport.h"
#include "views/common/hairline.h"
#include "views/replay/effectblock.h"
#include "views/replay/partitionsblock.h"
#include "views/replay/positionblock.h"
#include "views/replay/runpane.h"
#include "views/replay/sourceblock.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QShortcut>

namespace headgate {

namespace {

using Phase = ReplayViewModel::Phase;

constexpr int paneWidth = 432;
constexpr int narrowPaneWidth = 340;
constexpr qint64 mostPlanBytes = 64 * 1024 * 1024;

QScrollArea *makeScroll(QWidget *content, const char *kind)
{
    auto *area = new QScrollArea;
    content->setProperty("kind", QString::fromLatin1(kind));
    area->setProperty("kind", QString::fromLatin1(kind));
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

} // namespace

ReplayPage::ReplayPage(ContextsService &contexts, OperationsService &operations, ReplayService &replay, QWidget *parent)
    : Page(PageId::Replay, parent)
    , m_model(contexts, operations, replay)
    , m_open(makeAction(this, QStringLiteral("replay.open"), tr("Open a plan..."), QStringLiteral("plan")))
    , m_save(makeAction(this, QStringLiteral("replay.save"), tr("Export the plan..."), QStringLiteral("export")))
    , m_position(new PositionBlock(m_model, this))
    , m_source(new SourceBlock(m_model, this))
    , m_partitions(new PartitionsBlock(this))
    , m_effect(new EffectBlock(this))
    , m_banner(new Banner(this))
    , m_face(new FaceCard(this))
    , m_run(new RunPane(m_model, this))
{
    setObjectName(QStringLiteral("replayPage"));
    m_left = makeScroll(makeBlocks(), "window");
    m_right = makeScroll(m_run, "surface");
    m_right->setFixedWidth(paneWidth);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_left, 1);
    row->addWidget(makeHairline(Qt::Vertical, this));
    row->addWidget(m_right);
    wire();
    show();
}

ReplayPage::~ReplayPage() = default;

QWidget *ReplayPage::makeBlocks()
{
    auto *blocks = new QWidget;
    auto *column = new QVBoxLayout(blocks);
    column->setContentsMargins(16, 4, 16, 16);
    column->setSpacing(12);
    m_banner->hide();
    for (auto *widget :
        std::initializer_list<QWidget *> {m_banner, m_face, m_position, m_source, m_partitions, m_effect}) {
        column->addWidget(widget);
    }
    column->addStretch(1);
    return blocks;
}

void ReplayPage::wire()
{
    connect(&m_model, &ReplayViewModel::changed, this, &ReplayPage::show);
    connect(m_partitions, &PartitionsBlock::edited, m_position, &PositionBlock::editPartition);
    connect(m_run, &RunPane::copied, this, [this] { Q_EMIT said(tr("Copied as curl")); });
    connect(m_run, &RunPane::cancelled, this, [this] {
        const auto connector = m_model.connector();
        m_model.close();
        Q_EMIT goTo({.page = PageId::Connectors, .connector = connector});
    });
    connect(m_open, &QAction::triggered, this, &ReplayPage::openFile);
    connect(m_save, &QAction::triggered, this, &ReplayPage::saveFile);
    connect(m_banner, &Banner::acted, &m_model, &ReplayViewModel::readAgain);
    connect(m_face, &FaceCard::acted, this, [this] {
        m_model.state().phase == Phase::Idle ? Q_EMIT goTo({.page = PageId::Connectors}) : m_model.readAgain();
    });
    const auto key = [this](const QKeySequence &keys, auto &&act) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    key(Qt::CTRL | Qt::Key_Return, [this] { m_model.readAgain(); });
    for (int number = 1; number <= 4; ++number) {
        key(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number)), [this, number] { goToBlock(number); });
    }
}

void ReplayPage::goToBlock(int number)
{
    switch (number) {
    case 1:
        m_source->isVisible() ? m_source->enter() : m_position->enter();
        break;
    case 2:
        m_partitions->enter();
        break;
    case 3:
        m_left->ensureWidgetVisible(m_effect);
        break;
    default:
        m_run->enter();
    }
}

QString ReplayPage::title() const
{
    const auto &request = m_model.state().request;
    return request.connector.name.isEmpty() ? tr("Replay")
        : request.restores.isEmpty()        ? tr("Replay %1").arg(shownText(request.connector.name, 120))
                                            : tr("Restore positions of %1").arg(shownText(request.connector.name, 120));
}

QString ReplayPage::summary() const
{
    const auto &state = m_model.state();
    QStringList parts;
    if (state.plan) {
        QStringList topics;
        for (const auto &topic : state.plan->topics) {
            topics << shownText(topic.name, 80);
        }
        const auto behind = shownText(state.plan->downstream.system, 80);
        if (!topics.isEmpty()) {
            parts << (behind.isEmpty() ? topics.join(QStringLiteral(", "))
                                       : QStringLiteral("%1 → %2").arg(topics.join(QStringLiteral(", ")), behind));
        }
        if (!state.plan->request.reason.isEmpty()) {
            parts << shownText(state.plan->request.reason, 120);
        }
        if (!state.request.restores.isEmpty()) {
            parts << tr("takes back %1").arg(state.request.restores.text);
        }
    }
    return parts.join(QStringLiteral(" · "));
}

QList<QAction *> ReplayPage::headerActions() const
{
    return {m_open, m_save};
}

std::vector<KeyHint> ReplayPage::keys() const
{
    return {{tr("Ctrl+Enter"), tr("count again")}, {QStringLiteral("Alt+1"), tr("position")},
        {QStringLiteral("Alt+2"), tr("partitions; Enter gives one a position of its own")},
        {QStringLiteral("Alt+3"), tr("effect")}, {QStringLiteral("Alt+4"), tr("run")}};
}

std::optional<ConnectorRef> ReplayPage::selected() const
{
    const auto &connector = m_model.connector();
    return connector.name.isEmpty() ? std::nullopt : std::optional(connector);
}

void ReplayPage::setPicture(const ContextPicture &picture)
{
    Q_UNUSED(picture)
    if (isVisible()) {
        m_run->show(m_model.state()); // durations grow
    }
}

void ReplayPage::showPlace(const Place &place)
{
    const auto &state = m_model.state();
    if (place.wayBack) {
        m_model.beginWayBack(place.connector, place.operation);
    } else if (!place.operation.isEmpty()) {
        if (!state.operation || state.operation->id != place.operation) {
            m_model.open(place.connector.context, place.operation);
        }
    } else if (!place.connector.name.isEmpty() && (place.connector != state.request.connector || state.operation)) {
        m_model.begin(place.connector, place.positions);
    }
}

void ReplayPage::setNarrow(bool narrow)
{
    m_right->setFixedWidth(narrow ? narrowPaneWidth : paneWidth);
    m_partitions->setNarrow(narrow);
}

void ReplayPage::show()
{
    const auto &state = m_model.state();
    const bool sink = state.plan && state.plan->type == ConnectorType::Sink;
    showBanner();
    showEmpty();
    m_position->setVisible(sink
        || (state.facts && !m_source->isVisibleTo(this) && state.facts->operation.status.type == ConnectorType::Sink));
    m_position->show(state);
    m_source->show(state);
    m_partitions->show(state);
    m_effect->show(state, m_model.now());
    m_run->show(state);
    m_right->setVisible(state.phase != Phase::Idle);
    setAvailable(m_open, m_model.connector().name.isEmpty() ? tr("open the replay of a connector first") : QString());
    setAvailable(m_save, state.plan ? QString() : tr("there is no plan yet"));
    Q_EMIT summaryChanged();
}

void ReplayPage::showBanner()
{
    const auto &state = m_model.state();
    if (state.fromFile && !state.drift.empty()) {
        m_banner->say(lookOf(Outcome::Refused), tr("This plan does not fit any more."),
            tr("What differs now stands below; nothing was sent. Make a new plan."), tr("Look again"));
    } else if (state.fromFile) {
        m_banner->say({QStringLiteral("plan"), {}, Tone::Accent}, tr("A plan from a file."),
            state.reading ? tr("Comparing it with the platform as it is now.")
                          : tr("Nothing differs from what it was made on. Its hash fits its content."),
            tr("Look again"));
    } else if (state.phase == Phase::NotPlanned && state.error && state.facts) {
        const auto text = errorText(*state.error);
        m_banner->say(lookOf(Outcome::Refused), text.what, text.next, tr("Count again"));
    }
    m_banner->setVisible(state.fromFile || (state.phase == Phase::NotPlanned && state.error && state.facts));
}

void ReplayPage::showEmpty()
{
    const auto &state = m_model.state();
    const bool idle = state.phase == Phase::Idle;
    const bool waits = state.phase == Phase::Reading && !state.plan;
    const bool failed = state.phase == Phase::NotPlanned && !state.facts && state.error;
    m_face->setVisible(idle || waits || failed);
    if (idle) {
        m_face->say({QStringLiteral("replay"), {}, Tone::Stopped}, tr("No connector is chosen"),
            tr("A replay begins at a connector: choose one, then Replay from a position."), tr("To the connectors"));
    } else if (waits) {
        m_face->sayLoading(tr("Reading where %1 stands, and its log").arg(shownText(m_model.connector().name, 120)));
    } else if (failed) {
        const auto text = errorText(*state.error);
        m_face->say(lookOf(Outcome::Failed), text.what, text.next, tr("Ask again"));
    }
}

void ReplayPage::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a plan"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Plans (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly)) {
            m_model.openFile(file.read(mostPlanBytes));
        } else {
            Q_EMIT said(tr("The plan was not read: %1.").arg(file.errorString()));
        }
    });
    dialog->open();
}

void ReplayPage::saveFile()
{
    exportFile(this, tr("Export the plan"), QStringLiteral("replay-%1.json").arg(m_model.connector().name),
        m_model.planFile(), [this](const QString &sentence) { Q_EMIT said(sentence); });
}

} // namespace headgate
