// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectorspage.h"

#include "models/common/numberformat.h"
#include "models/connectors/connectorscsv.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/buttons.h"
#include "views/common/facecard.h"
#include "views/common/filteredit.h"
#include "views/common/flowrow.h"
#include "views/common/keyhintsline.h"
#include "views/common/pagefaces.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"
#include "views/common/symbolicon.h"
#include "views/common/tracepanel.h"
#include "views/connectors/connectoractions.h"
#include "views/connectors/connectorpane.h"
#include "views/connectors/connectortable.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace headgate {

namespace {

enum Choice { All, FaultsOnly };

constexpr int margin = 12;

} // namespace

ConnectorsPage::ConnectorsPage(DetailSources sources, QWidget *parent)
    : Page(PageId::Connectors, parent)
    , m_proxy(&m_rows)
    , m_detail(std::move(sources))
    , m_stack(new QStackedWidget)
    , m_split(new QSplitter(Qt::Horizontal))
    , m_trace(new TracePanel)
{
    setObjectName(QStringLiteral("connectorsPage"));
    setFocusPolicy(Qt::StrongFocus);
    makeActions();
    m_tableSide = makeTableSide();
    const auto act = [this](OperationKind kind) {
        return m_actions->of(kind);
    };
    m_pane = new ConnectorPane(m_detail,
        {act(OperationKind::Pause), act(OperationKind::Resume), act(OperationKind::Stop)},
        {act(OperationKind::RestartFailed), act(OperationKind::RestartAllTasks), act(OperationKind::RestartConnector)});
    m_split->setObjectName(QStringLiteral("connectorsSplit"));
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_tableSide);
    m_split->addWidget(m_pane);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({860, 392});
    m_stack->addWidget(m_split);
    m_stack->addWidget(m_trace);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    connect(m_table, &ConnectorTable::selectedChanged, this, &ConnectorsPage::showSelected);
    connect(m_table, &ConnectorTable::wentOn, this, &ConnectorsPage::openDetail);
    connect(m_table, &ConnectorTable::scrolled, this, &Page::summaryChanged);
    connect(&m_detail, &ConnectorDetailModel::changed, this, [this] {
        showActions();
        showPanes();
    });
    connect(m_pane, &ConnectorPane::traceRequested, this, &ConnectorsPage::readTrace);
    connect(m_pane, &ConnectorPane::actRequested, this, &Page::actRequested);
    connect(m_trace, &TracePanel::closed, this, &ConnectorsPage::goBack);
    connect(m_trace, &TracePanel::copied, this, [this] { Q_EMIT said(tr("Trace copied.")); });
    showFaces();
    showActions();
    showPanes();
}

void ConnectorsPage::makeActions()
{
    m_actions = new ConnectorActions(this);
    connect(m_actions, &ConnectorActions::wanted, this, &Page::actRequested);
    m_readTrace = makeAction(this, QStringLiteral("connectors.trace"), tr("Read the trace"));
    m_lookConfig = makeAction(this, QStringLiteral("connectors.config"), tr("Look at the configuration"));
    m_lookOffsets = makeAction(this, QStringLiteral("connectors.offsets"), tr("Read offsets"));
    m_export = makeAction(this, QStringLiteral("connectors.export"), tr("Export as CSV..."), QStringLiteral("export"));
    connect(m_readTrace, &QAction::triggered, this, &ConnectorsPage::readTrace);
    connect(m_lookConfig, &QAction::triggered, this, [this] {
        openDetail();
        m_pane->lookAtConfig();
    });
    connect(m_lookOffsets, &QAction::triggered, this, [this] {
        openDetail();
        m_pane->lookAtOffsets();
    });
    connect(m_export, &QAction::triggered, this, &ConnectorsPage::exportCsv);
}

QWidget *ConnectorsPage::makeFilterRow()
{
    auto *bar = new QFrame;
    bar->setProperty("kind", QStringLiteral("surface"));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(margin, 7, margin, 7);
    row->setSpacing(8);
    m_filterEdit = new FilterEdit;
    m_filterEdit->setObjectName(QStringLiteral("filter"));
    m_filterEdit->setMinimumWidth(180);
    m_filterEdit->setPlaceholderText(tr("Filter: text, !text, key:value, -f fuzzy"));
    m_choice = new SegmentedChoice(tr("Rows"));
    m_choice->add(All, tr("All"));
    m_choice->add(FaultsOnly, tr("Faults only  !"));
    auto *save = makeActionButton(m_export);
    save->setObjectName(QStringLiteral("export"));
    row->addWidget(m_filterEdit, 1);
    auto *others = new FlowRow;
    others->setSpacing(8);
    others->addWidget(m_choice);
    others->addWidget(makeColumnsButton());
    others->addWidget(save);
    row->addLayout(others);
    connect(m_filterEdit, &FilterEdit::filterChanged, this, &ConnectorsPage::applyFilter);
    connect(m_filterEdit, &FilterEdit::understandingChanged, this, [this] { Q_EMIT said(m_filterEdit->sentence()); });
    connect(m_filterEdit, &FilterEdit::leftDown, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_choice, &SegmentedChoice::chosenChanged, this, [this](int value) { setFaultsOnly(value == FaultsOnly); });
    return bar;
}

QPushButton *ConnectorsPage::makeColumnsButton()
{
    auto *button = makeSmallButton(tr("Columns"));
    button->setObjectName(QStringLiteral("columns"));
    auto *menu = new QMenu(button);
    for (int column = int(ConnectorColumn::Tasks); column < connectorColumns; ++column) {
        const auto header = m_rows.headerData(column, Qt::Horizontal).toString();
        auto *action = makeAction(this, QStringLiteral("connectors.column%1").arg(column), tr("Column %1").arg(header));
        setPaletteGroup(action, tr("Columns"));
        menu->addAction(action);
        action->setCheckable(true);
        action->setChecked(true);
        markRemembered(action);
        connect(action, &QAction::toggled, this,
            [this, column](bool wanted) { m_table->setColumnWanted(ConnectorColumn(column), wanted); });
    }
    connect(button, &QPushButton::clicked, menu,
        [menu, button] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

QWidget *ConnectorsPage::makeTableSide()
{
    auto *side = new QFrame;
    side->setProperty("kind", QStringLiteral("surface"));
    side->setMinimumWidth(420);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilterRow());
    m_banner = new Banner;
    m_banner->setRoom({margin, 0, margin, 8});
    column->addWidget(m_banner);
    m_faceCard = new FaceCard;
    m_faceSide = new QWidget;
    auto *faceRow = new QVBoxLayout(m_faceSide);
    faceRow->setContentsMargins(margin, margin, margin, margin);
    faceRow->addWidget(m_faceCard);
    faceRow->addStretch(1);
    column->addWidget(m_faceSide, 1);
    m_table = new ConnectorTable(&m_proxy);
    column->addWidget(m_table, 1);
    m_foot = new KeyHintsLine;
    m_footRow = new QWidget;
    auto *footRow = new QHBoxLayout(m_footRow);
    footRow->setContentsMargins(margin, 6, margin, 8);
    footRow->addWidget(m_foot);
    column->addWidget(m_footRow);
    connect(m_banner, &Banner::acted, this, [this] { remedy(*this, m_face); });
    connect(m_faceCard, &FaceCard::acted, this, [this] {
        if (m_face.state == PageState::Loading) {
            remedy(*this, m_face);
            return;
        }
        m_filterEdit->clear();
        applyFilter({});
        setFaultsOnly(false);
    });
    return side;
}

QString ConnectorsPage::title() const
{
    return tr("Connectors");
}

QString ConnectorsPage::summary() const
{
    if (!m_picture.isKnown() || m_picture.snapshot->connectors.empty()) {
        return {};
    }
    int running = 0;
    int failed = 0;
    int unassigned = 0;
    int paused = 0;
    int tasks = 0;
    for (const auto &facts : m_picture.snapshot->connectors) {
        for (const auto &task : facts.status.tasks) {
            ++tasks;
            running += task.state.run == RunState::Running ? 1 : 0;
            failed += task.state.run == RunState::Failed ? 1 : 0;
            unassigned += task.state.run == RunState::Unassigned ? 1 : 0;
            paused += task.state.run == RunState::Paused ? 1 : 0;
        }
    }
    QStringList parts {tr("%1 running").arg(running)};
    if (unassigned > 0) {
        parts << tr("%1 unassigned").arg(unassigned);
    }
    if (paused > 0) {
        parts << tr("%1 paused").arg(paused);
    }
    if (failed > 0) {
        parts << tr("%1 failed").arg(failed);
    }
    const auto &clusters = m_picture.snapshot->clusters;
    const auto where
        = clusters.size() == 1 ? clusters.front().name.text : tr("%n cluster(s)", nullptr, int(clusters.size()));
    return tr("%1 on %2 · %3: %4")
        .arg(QString::number(m_picture.snapshot->connectors.size()), where, tr("%n task(s)", nullptr, tasks),
            parts.join(QStringLiteral(", ")));
}

QString ConnectorsPage::filter() const
{
    return m_filterEdit->text();
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
    m_table->keepPlaceWhile([this] { m_rows.show(m_picture); });
    m_detail.show(picture);
    if (m_wanted && m_table->select(*m_wanted)) {
        m_wanted.reset();
    } else if (!m_narrow && !m_wanted && !m_detail.selected()) {
        m_table->selectFirst();
    }
    showFaces();
    showActions();
}

void ConnectorsPage::showPlace(const Place &place)
{
    if (!place.connector.name.isEmpty()) {
        m_filterEdit->clear();
        applyFilter({});
        setFaultsOnly(false);
        m_wanted = m_table->select(place.connector) ? std::nullopt : std::optional(place.connector);
        m_detail.select(place.connector);
        openDetail();
    } else if (place.filter) {
        m_filterEdit->setText(*place.filter);
        applyFilter(m_filterEdit->text());
    }
    m_table->setFocus(Qt::OtherFocusReason);
}

void ConnectorsPage::enterFilter()
{
    m_filterEdit->setFocus(Qt::ShortcutFocusReason);
    m_filterEdit->selectAll();
}

void ConnectorsPage::applyFilter(const QString &text)
{
    using Understanding = FilterEdit::Understanding;
    const auto parsed = parseFilter(text);
    if (!parsed) {
        const auto &error = parsed.error();
        m_filterEdit->setUnderstanding(
            Understanding::Invalid, tr("%1 (at letter %2).").arg(error.message).arg(error.code + 1));
        return; // the rows stay as they are until the filter is understood
    }
    m_filterEdit->setUnderstanding(text.isEmpty() ? Understanding::Neutral : Understanding::Valid);
    m_table->keepPlaceWhile([this, &parsed] { m_proxy.setFilter(*parsed); });
    showFaces();
}

void ConnectorsPage::setFaultsOnly(bool faultsOnly)
{
    m_choice->choose(faultsOnly ? FaultsOnly : All);
    m_table->keepPlaceWhile([this, faultsOnly] { m_proxy.setFaultsOnly(faultsOnly); });
    showFaces();
}

void ConnectorsPage::showFaces()
{
    showFace(m_banner, m_face);
    const int all = m_rows.rowCount();
    const bool noHit = all > 0 && m_proxy.rowCount() == 0;
    const bool nothing = all == 0;
    m_faceSide->setVisible(noHit || nothing);
    m_table->setVisible(!noHit && !nothing);
    if (noHit) {
        const auto what = m_filterEdit->text().isEmpty() ? tr("No connector has a fault")
                                                         : tr("No connector fits %1").arg(m_filterEdit->text());
        m_faceCard->say({QStringLiteral("filter"), {}, Tone::Stopped}, what,
            tr("%n row(s) are there without the filter.", nullptr, all), tr("Clear the filter"));
    } else if (m_face.state == PageState::Empty) {
        m_faceCard->say({QStringLiteral("connector"), {}, Tone::Stopped}, tr("No connector yet"),
            tr("The workers answer, and nobody has created a connector. The first one appears here by itself."));
    } else if (m_face.state == PageState::Loading) {
        m_faceCard->sayLoading(m_face.sentence, m_face.remedyText);
    } else if (nothing) {
        m_faceCard->say(
            lookOf(m_face.state), tr("Nothing to show"), tr("No list was ever read here; the reason stands above."));
    }
    showCounts();
}

void ConnectorsPage::showCounts()
{
    m_choice->setText(All, tr("All %1").arg(fullNumber(m_rows.rowCount())));
    std::vector<KeyHint> hints;
    if (m_proxy.rowCount() != m_rows.rowCount()) {
        hints.push_back({{}, tr("%1 of %2 shown").arg(m_proxy.rowCount()).arg(m_rows.rowCount())});
    }
    if (m_proxy.sortColumn() == int(ConnectorColumn::State)) {
        hints.push_back({{}, tr("Failed first, then by name")});
    }
    if (m_proxy.marks() > 0) {
        hints.push_back({{}, tr("%n marked", nullptr, m_proxy.marks())});
    }
    hints.insert(hints.end(),
        {{tr("Space"), tr("mark")}, {QStringLiteral("R"), tr("restart failed...")},
            {QStringLiteral("O"), tr("offsets")}, {QStringLiteral("Y"), tr("configuration")},
            {QStringLiteral("T"), tr("trace")}});
    m_foot->setHints(std::move(hints));
    m_footRow->setVisible(!m_table->isHidden());
    Q_EMIT summaryChanged();
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
    setAvailable(m_export, m_rows.rowCount() > 0 ? QString() : tr("there is nothing to export"));
}

void ConnectorsPage::showPanes()
{
    const bool any = m_detail.detail().has_value();
    m_detailOpen = m_detailOpen && any;
    m_tableSide->setVisible(!m_narrow || !m_detailOpen);
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
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m_narrow && m_detailOpen) {
        m_detailOpen = false;
        showPanes();
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (!m_filterEdit->text().isEmpty() || m_proxy.faultsOnly()) {
        m_filterEdit->clear();
        applyFilter({});
        setFaultsOnly(false);
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void ConnectorsPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    showPanes();
}

QByteArray ConnectorsPage::csv() const
{
    return connectorsCsv(m_proxy.chosen());
}

void ConnectorsPage::exportCsv()
{
    const auto bytes = csv();
    auto *dialog = new QFileDialog(this, tr("Export as CSV"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("connectors.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes](const QString &path) {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        Q_EMIT said(written ? tr("Exported to %1.").arg(path)
                            : tr("Nothing was exported: %1. Choose another folder.").arg(file.errorString()));
    });
    dialog->open();
}

void ConnectorsPage::keyPressEvent(QKeyEvent *event)
{
    const auto trigger = [](QAction *action) {
        action->isEnabled() ? action->trigger() : void();
    };
    switch (event->key()) {
    case Qt::Key_Exclam:
        setFaultsOnly(!m_proxy.faultsOnly());
        return;
    case Qt::Key_Slash:
        enterFilter();
        return;
    case Qt::Key_Space:
        if (const auto ref = m_table->selected()) {
            m_proxy.toggleMark(*ref);
            showCounts();
        }
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
