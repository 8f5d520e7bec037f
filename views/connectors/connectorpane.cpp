// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectorpane.h"

#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/connectors/connectorsmodel.h"
#include "views/common/actions.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/factgrid.h"
#include "views/common/factlabel.h"
#include "views/common/flowhops.h"
#include "views/common/flowrow.h"
#include "views/common/flowstrip.h"
#include "views/common/glyph.h"
#include "views/common/hairline.h"
#include "views/common/plainlabel.h"
#include "views/common/symbolicon.h"
#include "views/connectors/errorframe.h"
#include "views/connectors/tasklist.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headgate {

namespace {

constexpr int margin = 16;
constexpr std::size_t mostOffsets = 200;

//! The one reason that holds for all acts, so that it is said once above them.
QString commonReason(const std::vector<ActionOffer> &offers)
{
    if (offers.empty()) {
        return {};
    }
    const bool same
        = std::ranges::all_of(offers, [&](const ActionOffer &offer) { return offer.reason == offers.front().reason; });
    return same ? offers.front().reason : QString();
}

} // namespace

ConnectorPane::ConnectorPane(
    ConnectorDetailModel &model, const QList<QAction *> &foot, const QList<QAction *> &more, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("connectorPane"));
    setProperty("kind", QStringLiteral("surface"));
    setMinimumWidth(332);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    m_error = new ErrorFrame;
    column->addWidget(m_error);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(makeBody());
    column->addWidget(m_scroll, 1);
    column->addWidget(m_foot = makeFoot(foot, more));
    connect(&m_model, &ConnectorDetailModel::changed, this, &ConnectorPane::showDetail);
    connect(&m_model, &ConnectorDetailModel::fetched, this, &ConnectorPane::showFetched);
    connect(m_error, &ErrorFrame::traceRequested, this, &ConnectorPane::traceRequested);
    connect(m_error, &ErrorFrame::actRequested, this, &ConnectorPane::actRequested);
    showDetail();
    showFetched();
}

QWidget *ConnectorPane::makeHeader()
{
    auto *header = new QWidget;
    auto *column = new QVBoxLayout(header);
    column->setContentsMargins(margin, 12, margin, 10);
    column->setSpacing(5);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_type = new Glyph(16);
    m_title = new PlainLabel({}, TextStyle::Section);
    m_title->setElided(true);
    m_chip = new Chip;
    m_chip->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row->addWidget(m_type);
    row->addWidget(m_title, 1);
    row->addWidget(m_chip);
    column->addLayout(row);
    m_subtitle = (new PlainLabel)->muted();
    m_subtitle->setElided(true);
    column->addWidget(m_subtitle);
    return header;
}

QWidget *ConnectorPane::addSection(QVBoxLayout *column, const QString &title, QWidget *content)
{
    auto *section = new QWidget;
    auto *inner = new QVBoxLayout(section);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(6);
    inner->addWidget(new PlainLabel(title, TextStyle::BodyStrong));
    inner->addWidget(content);
    column->addWidget(section);
    return section;
}

QWidget *ConnectorPane::makeBody()
{
    auto *body = new QFrame;
    body->setProperty("kind", QStringLiteral("surface"));
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(margin, 14, margin, margin);
    column->setSpacing(16);
    m_figureRow = new QWidget;
    auto *figures = new QHBoxLayout(m_figureRow);
    figures->setContentsMargins(0, 0, 0, 0);
    figures->setSpacing(12);
    column->addWidget(m_figureRow);
    m_tasks = new TaskList;
    addSection(column, tr("Tasks"), m_tasks);
    m_flow = new FlowStrip;
    addSection(column, tr("Path"), m_flow);
    m_facts = new FactGrid;
    column->addWidget(m_facts);
    m_topics = new PlainLabel;
    m_topics->setWordWrap(true);
    m_topics->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addSection(column, tr("Topics it used"), m_topics);

    auto *config = new QWidget;
    auto *configColumn = new QVBoxLayout(config);
    configColumn->setContentsMargins(0, 0, 0, 0);
    m_configAge = (new PlainLabel({}, TextStyle::Caption))->muted();
    m_config = new FactGrid;
    m_config->setCode(true);
    configColumn->addWidget(m_configAge);
    configColumn->addWidget(m_config);
    m_configSection = addSection(column, tr("Configuration"), config);

    auto *offsets = new QWidget;
    auto *offsetsColumn = new QVBoxLayout(offsets);
    offsetsColumn->setContentsMargins(0, 0, 0, 0);
    m_askOffsets = makeSmallButton(tr("Read offsets"));
    m_askOffsets->setObjectName(QStringLiteral("askOffsets"));
    connect(m_askOffsets, &QPushButton::clicked, &m_model, &ConnectorDetailModel::askOffsets);
    m_offsetsText = (new PlainLabel)->muted();
    m_offsetsText->setWordWrap(true);
    m_offsets = new FactGrid;
    m_offsets->setCode(true);
    offsetsColumn->addWidget(m_askOffsets, 0, Qt::AlignLeft);
    offsetsColumn->addWidget(m_offsetsText);
    offsetsColumn->addWidget(m_offsets);
    m_offsetsSection = addSection(column, tr("Offsets"), offsets);
    m_history = new FactGrid;
    m_historySection = addSection(column, tr("History"), m_history);
    column->addStretch(1);
    return body;
}

QWidget *ConnectorPane::makeFoot(const QList<QAction *> &foot, const QList<QAction *> &more)
{
    auto *bar = new QFrame;
    bar->setProperty("kind", QStringLiteral("surface"));
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(0, 0, 0, 12);
    column->setSpacing(8);
    column->addWidget(makeHairline(Qt::Horizontal));
    m_reason = (new PlainLabel({}, TextStyle::Caption))->muted();
    m_reason->setObjectName(QStringLiteral("actionsReason"));
    m_reason->setContentsMargins(margin, 0, margin, 0);
    column->addWidget(m_reason);
    auto *row = new FlowRow;
    row->setContentsMargins(margin, 0, margin, 0);
    row->setSpacing(8);
    for (auto *action : foot) {
        row->addWidget(makeActionButton(action));
    }
    auto *others = makeSmallButton(tr("More"));
    others->setObjectName(QStringLiteral("moreActions"));
    others->setIcon(symbol(QStringLiteral("chevron-down")));
    auto *menu = new QMenu(others);
    menu->addActions(more);
    menu->setToolTipsVisible(true); // a disabled act says why
    connect(others, &QPushButton::clicked, menu,
        [menu, others] { menu->popup(others->mapToGlobal(QPoint(0, -menu->sizeHint().height()))); });
    row->addWidget(others);
    row->setTrailing(others);
    column->addLayout(row);
    return bar;
}

void ConnectorPane::showDetail()
{
    if (!m_model.detail()) {
        return;
    }
    const auto &detail = *m_model.detail();
    m_type->setSymbol(typeSymbol(detail.type));
    m_title->setText(detail.title);
    auto look = lookOf(detail.standing);
    look.word = detail.deleted ? tr("Deleted") : detail.stateWord;
    m_chip->setLook(look);
    m_subtitle->setText(detail.subtitle);
    m_error->setError(detail.error);
    showFigures(detail);
    m_tasks->setTasks(detail.tasks);
    showFlow(m_flow, detail.flow);
    m_facts->setRows(detail.facts);
    m_config->setRows(detail.config);
    m_configAge->setText(
        detail.config.empty() ? tr("Not read yet.") : tr("Secrets masked; read %1.").arg(detail.configAge));
    std::vector<std::pair<QString, QString>> history;
    for (const auto &event : detail.history) {
        history.emplace_back(event.time, event.what);
    }
    m_history->setRows(history);
    m_historySection->setVisible(!history.empty());
    const auto reason = commonReason(detail.offers);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_foot->setVisible(!detail.deleted);
}

void ConnectorPane::showFigures(const ConnectorDetail &detail)
{
    while (m_figures.size() > detail.figures.size()) {
        delete m_figures.back();
        m_figures.pop_back();
    }
    while (m_figures.size() < detail.figures.size()) {
        m_figures.push_back(new FigureLabel);
        m_figures.back()->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        m_figureRow->layout()->addWidget(m_figures.back());
    }
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        m_figures[i]->setCaption(detail.figures[i].first);
        m_figures[i]->setNumber(detail.figures[i].second);
    }
}

void ConnectorPane::showFetched()
{
    using Topics = FetchedPart<QStringList>::Phase;
    const auto &topics = m_model.topics();
    QStringList names;
    for (const auto &topic : topics.value) {
        names << shownText(topic, 200);
    }
    m_topics->setText(topics.phase == Topics::Asking ? tr("Asking...")
            : topics.phase == Topics::Failed         ? errorText(*topics.error).sentence()
            : topics.phase == Topics::NotAsked       ? tr("Not read.")
            : names.isEmpty()                        ? tr("None since the last restart or reset.")
                                                     : names.join(QStringLiteral(", ")));

    using Offsets = FetchedPart<std::vector<ConnectorOffset>>::Phase;
    const auto &offsets = m_model.offsets();
    m_askOffsets->setEnabled(offsets.phase != Offsets::Asking);
    m_offsetsText->setText(offsets.phase == Offsets::Asking            ? tr("Asking...")
            : offsets.phase == Offsets::Failed                         ? errorText(*offsets.error).sentence()
            : offsets.phase == Offsets::Ready && offsets.value.empty() ? tr("The worker has no offsets for it.")
                                                                       : QString());
    m_offsetsText->setVisible(!m_offsetsText->text().isEmpty());
    std::vector<std::pair<QString, QString>> rows;
    for (const auto &offset : offsets.value) {
        if (rows.size() < mostOffsets) {
            rows.emplace_back(shownText(QString::fromUtf8(offset.partitionJson), 200),
                shownText(QString::fromUtf8(offset.offsetJson), 200));
        }
    }
    m_offsets->setRows(rows);
}

void ConnectorPane::lookAtConfig()
{
    m_scroll->ensureWidgetVisible(m_configSection, 0, 0);
    m_scroll->ensureVisible(0, m_configSection->y() + m_scroll->viewport()->height() - 1, 0, 0);
}

void ConnectorPane::lookAtOffsets()
{
    m_model.askOffsets();
    m_scroll->ensureVisible(0, m_offsetsSection->y() + m_scroll->viewport()->height() - 1, 0, 0);
}

} // namespace headgate
