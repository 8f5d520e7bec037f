// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectorspage.h"

#include "models/connectors/connectorssummary.h"
#include "models/proof/fixproofviewmodel.h"
#include "views/common/actions.h"
#include "views/common/pagefaces.h"
#include "views/common/tracepanel.h"
#include "views/connectors/connectoractions.h"
#include "views/connectors/connectorcopies.h"
#include "views/connectors/connectorlist.h"
#include "views/connectors/connectorpane.h"
#include "views/connectors/connectortable.h"

#include <QKeyEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace headgate {

ConnectorsPage::ConnectorsPage(DetailSources sources, QWidget *parent)
    : Page(PageId::Connectors, parent)
    , m_detail(std::move(sources))
    , m_actions(new ConnectorActions(this))
    , m_copies(new ConnectorCopies(this))
    , m_stack(new QStackedWidget)
    , m_split(new QSplitter(Qt::Horizontal))
    , m_list(new ConnectorList)
    , m_table(m_list->table())
    , m_trace(new TracePanel)
{
    setObjectName(QStringLiteral("connectorsPage"));
    setFocusPolicy(Qt::StrongFocus);
    makeActions();
    const auto act = [this](OperationKind kind) {
        return m_actions->of(kind);
    };
    m_pane = new ConnectorPane(m_detail,
        {act(OperationKind::Pause), act(OperationKind::Resume), act(OperationKind::Stop)},
        {act(OperationKind::RestartFailed), act(OperationKind::RestartAllTasks), act(OperationKind::RestartConnector),
            act(OperationKind::Replay), m_proveFix, m_letters, m_copies->menuAction()});
    layOut();
    wire();
    showActions();
    showPanes();
}

void ConnectorsPage::makeActions()
{
    m_readTrace = makeAction(this, QStringLiteral("connectors.trace"), tr("Read the trace"));
    m_lookConfig = makeAction(this, QStringLiteral("connectors.config"), tr("Look at the configuration"));
    m_lookOffsets = makeAction(this, QStringLiteral("connectors.offsets"), tr("Read offsets"));
    m_proveFix = makeAction(this, QStringLiteral("connectors.proveFix"), tr("Try a fix on the real records..."));
    m_letters = makeAction(
        this, QStringLiteral("connectors.deadLetters"), tr("Look at its dead letters"), QStringLiteral("dead-letter"));
    connect(m_letters, &QAction::triggered, this, [this] {
        if (const auto ref = selected()) {
            Q_EMIT goTo({.page = PageId::DeadLetters, .connector = *ref});
        }
    });
    connect(m_proveFix, &QAction::triggered, this, [this] {
        if (const auto ref = selected()) {
            Q_EMIT proofRequested({*ref});
        }
    });
    connect(m_actions, &ConnectorActions::wanted, this, &Page::actRequested);
    connect(m_copies, &ConnectorCopies::said, this, &Page::said);
    connect(m_readTrace, &QAction::triggered, this, &ConnectorsPage::readTrace);
    connect(m_lookConfig, &QAction::triggered, this, [this] {
        openDetail();
        m_pane->lookAtConfig();
    });
    connect(m_lookOffsets, &QAction::triggered, this, [this] {
        openDetail();
        m_pane->lookAtOffsets();
    });
}

void ConnectorsPage::layOut()
{
    m_split->setObjectName(QStringLiteral("connectorsSplit"));
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_list);
    m_split->addWidget(m_pane);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({860, 392});
    m_stack->addWidget(m_split);
    m_stack->addWidget(m_trace);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

void ConnectorsPage::wire()
{
    connect(m_table, &ConnectorTable::selectedChanged, this, &ConnectorsPage::showSelected);
    connect(m_table, &ConnectorTable::wentOn, this, &ConnectorsPage::openDetail);
    connect(m_list, &ConnectorList::shownChanged, this, &Page::summaryChanged);
    connect(m_list, &ConnectorList::said, this, &Page::said);
    connect(m_list, &ConnectorList::remedyWanted, this, [this] { remedy(*this, m_face); });
    connect(&m_detail, &ConnectorDetailModel::changed, this, [this] {
        showActions();
        showPanes();
    });
    connect(m_pane, &ConnectorPane::traceRequested, this, &ConnectorsPage::readTrace);
    connect(m_pane, &ConnectorPane::actRequested, this, &Page::actRequested);
    connect(m_trace, &TracePanel::closed, this, &ConnectorsPage::goBack);
    connect(m_trace, &TracePanel::copied, this, [this] { Q_EMIT said(tr("Trace copied.")); });
}

QString ConnectorsPage::title() const
{
    return tr("Connectors");
}

QString ConnectorsPage::summary() const
{
    return connectorsSummary(m_picture);
}

QString ConnectorsPage::filter() const
{
    return m_list->filter();
}

std::vector<ConnectorRef> ConnectorsPage::onScreen() const
{
    return m_table->onScreen();
}

std::optional<ConnectorRef> ConnectorsPage::selected() const
{
    return m_detail.selected();
}

std::vector<KeyHint> ConnectorsPage::keys() const
{
    return {{QStringLiteral("/"), tr("filter")}, {QStringLiteral("!"), tr("faults only")},
        {tr("Space"), tr("mark for the export")}, {QStringLiteral("R"), tr("restart what failed...")},
        {QStringLiteral("O"), tr("offsets")}, {QStringLiteral("Y"), tr("configuration")},
        {QStringLiteral("T"), tr("trace")}, {tr("Enter"), tr("to the detail")},
        {tr("Esc"), tr("back, or clear the filter")}};
}

void ConnectorsPage::setPicture(const ContextPicture &picture)
{
    const bool other = !(picture.context.id == m_picture.context.id);
    m_picture = picture;
    m_face = pageFace(picture);
    if (other) {
        m_detail.select({});
    }
    m_list->show(m_picture, m_face);
    m_detail.show(picture);
    if (m_wanted && m_table->select(*m_wanted)) {
        m_wanted.reset();
    } else if (!m_narrow && !m_wanted && !m_detail.selected()) {
        m_table->selectFirst();
    }
    showActions();
}

void ConnectorsPage::showPlace(const Place &place)
{
    if (!place.connector.name.isEmpty()) {
        m_list->clearFilter();
        m_wanted = m_table->select(place.connector) ? std::nullopt : std::optional(place.connector);
        m_detail.select(place.connector);
        openDetail();
    } else if (place.filter) {
        m_list->setFilter(*place.filter);
    }
    toRows();
}

void ConnectorsPage::enterFilter()
{
    m_list->enterFilter();
}

QByteArray ConnectorsPage::csv() const
{
    return m_list->csv();
}

void ConnectorsPage::toRows()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void ConnectorsPage::showSelected()
{
    if (const auto ref = m_table->selected()) {
        m_detail.select(ref);
    }
    showActions();
    showPanes();
    Q_EMIT summaryChanged();
}

void ConnectorsPage::showActions()
{
    const auto &detail = m_detail.detail();
    m_actions->show(detail, m_picture);
    const bool hasTrace = detail && detail->error && !detail->error->trace.isEmpty();
    setAvailable(m_readTrace, hasTrace ? QString() : tr("there is no trace"));
    setAvailable(m_lookConfig, detail ? QString() : tr("no connector is selected"));
    setAvailable(m_lookOffsets, detail ? QString() : tr("no connector is selected"));
    const auto *facts = detail ? findConnector(m_picture, detail->ref) : nullptr;
    m_copies->show(facts, m_picture);
    setAvailable(m_letters,
        facts == nullptr                       ? tr("no connector is selected")
            : facts->deadLetterTopic.isEmpty() ? tr("it names no dead letter topic")
                                               : QString());
    setAvailable(m_proveFix, facts != nullptr ? proofReason(*facts, m_picture) : tr("no connector is selected"));
}

void ConnectorsPage::showPanes()
{
    const bool any = m_detail.detail().has_value();
    m_detailOpen = m_detailOpen && any;
    m_list->setVisible(!m_narrow || !m_detailOpen);
    m_pane->setVisible(any && (!m_narrow || m_detailOpen));
}

void ConnectorsPage::openDetail()
{
    m_detailOpen = true;
    showPanes();
}

void ConnectorsPage::readTrace()
{
    if (!m_detail.detail() || !m_detail.detail()->error || m_detail.detail()->error->trace.isEmpty()) {
        return;
    }
    const auto &trace = m_detail.detail()->error->trace;
    const auto explanation = explainTrace(trace);
    const bool known = explanation.first >= 0 && explanation.first < int(explanation.chain.size());
    m_trace->open(m_detail.detail()->title, trace,
        known ? explanation.chain[std::size_t(explanation.first)].exceptionClass : QString());
    m_stack->setCurrentWidget(m_trace);
}

bool ConnectorsPage::goBack()
{
    if (m_stack->currentWidget() == m_trace) {
        m_stack->setCurrentWidget(m_split);
    } else if (m_narrow && m_detailOpen) {
        m_detailOpen = false;
        showPanes();
    } else if (!m_list->clearFilter()) {
        return false;
    }
    toRows();
    return true;
}

void ConnectorsPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    showPanes();
}

void ConnectorsPage::keyPressEvent(QKeyEvent *event)
{
    const auto trigger = [](QAction *action) {
        action->isEnabled() ? action->trigger() : void();
    };
    switch (event->key()) {
    case Qt::Key_Exclam:
        m_list->toggleFaultsOnly();
        return;
    case Qt::Key_Slash:
        enterFilter();
        return;
    case Qt::Key_Space:
        m_list->toggleMark();
        return;
    case Qt::Key_R:
        trigger(m_actions->of(OperationKind::RestartFailed));
        Q_EMIT said(reasonOf(m_actions->of(OperationKind::RestartFailed)));
        return;
    case Qt::Key_O:
        trigger(m_lookOffsets);
        return;
    case Qt::Key_Y:
        trigger(m_lookConfig);
        return;
    case Qt::Key_T:
        trigger(m_readTrace);
        return;
    default:
        Page::keyPressEvent(event);
    }
}

void ConnectorsPage::focusInEvent(QFocusEvent *event)
{
    Page::focusInEvent(event);
    m_table->setFocus(event->reason());
}

} // namespace headgate
