// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectorlist.h"

#include "models/connectors/connectorscsv.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/fileexport.h"
#include "views/common/keyhintsline.h"
#include "views/common/pagefaces.h"
#include "views/connectors/connectorfilter.h"
#include "views/connectors/connectortable.h"

#include <QMenu>
#include <QVBoxLayout>

namespace headgate {

namespace {

constexpr int margin = 12;

} // namespace

ConnectorList::ConnectorList(QWidget *parent)
    : QFrame(parent)
    , m_proxy(&m_rows)
    , m_export(makeAction(this, QStringLiteral("connectors.export"), tr("Export as CSV..."), QStringLiteral("export")))
    , m_table(new ConnectorTable(&m_proxy))
    , m_filter(new ConnectorFilter(makeColumns(), m_export))
    , m_banner(new Banner)
    , m_faceSide(new QWidget)
    , m_faceCard(new FaceCard)
    , m_foot(new KeyHintsLine)
    , m_footRow(new QWidget)
{
    setProperty("kind", QStringLiteral("surface"));
    setMinimumWidth(420);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeBody(column);
    wire();
    showFaces();
}

void ConnectorList::makeBody(QVBoxLayout *column)
{
    column->addWidget(m_filter);
    m_banner->setRoom({margin, 0, margin, 8});
    column->addWidget(m_banner);
    auto *faceRow = new QVBoxLayout(m_faceSide);
    faceRow->setContentsMargins(margin, margin, margin, margin);
    faceRow->addWidget(m_faceCard);
    faceRow->addStretch(1);
    column->addWidget(m_faceSide, 1);
    column->addWidget(m_table, 1);
    auto *footRow = new QHBoxLayout(m_footRow);
    footRow->setContentsMargins(margin, 6, margin, 8);
    footRow->addWidget(m_foot);
    column->addWidget(m_footRow);
}

void ConnectorList::wire()
{
    connect(m_filter, &ConnectorFilter::filterChanged, this, [this](const FilterExpression &filter) {
        m_table->keepPlaceWhile([this, &filter] { m_proxy.setFilter(filter); });
        showFaces();
    });
    connect(m_filter, &ConnectorFilter::faultsOnlyChanged, this, [this](bool faultsOnly) {
        m_table->keepPlaceWhile([this, faultsOnly] { m_proxy.setFaultsOnly(faultsOnly); });
        showFaces();
    });
    connect(m_filter, &ConnectorFilter::said, this, &ConnectorList::said);
    connect(m_filter, &ConnectorFilter::leftDown, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_banner, &Banner::acted, this, &ConnectorList::remedyWanted);
    connect(m_faceCard, &FaceCard::acted, this, [this] {
        if (m_rows.rowCount() == 0 || !clearFilter()) {
            Q_EMIT remedyWanted();
        }
    });
    connect(m_table, &ConnectorTable::scrolled, this, &ConnectorList::shownChanged);
    connect(m_export, &QAction::triggered, this, [this] {
        exportFile(this, tr("Export as CSV"), QStringLiteral("connectors.csv"), csv(),
            [this](const QString &sentence) { Q_EMIT said(sentence); });
    });
}

QMenu *ConnectorList::makeColumns()
{
    auto *menu = new QMenu;
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
    return menu;
}

void ConnectorList::show(const ContextPicture &picture, const PageFace &face)
{
    m_face = face;
    m_table->keepPlaceWhile([this, &picture] { m_rows.show(picture); });
    showFaces();
}

QString ConnectorList::filter() const
{
    return m_filter->text();
}

void ConnectorList::setFilter(const QString &text)
{
    m_filter->setText(text);
}

void ConnectorList::enterFilter()
{
    m_filter->enter();
}

bool ConnectorList::clearFilter()
{
    const bool any = m_filter->isNarrowing();
    if (any) {
        m_filter->clear();
    }
    return any;
}

void ConnectorList::toggleFaultsOnly()
{
    m_filter->setFaultsOnly(!m_filter->isFaultsOnly());
}

void ConnectorList::toggleMark()
{
    if (const auto ref = m_table->selected()) {
        m_proxy.toggleMark(*ref);
        showCounts();
    }
}

QByteArray ConnectorList::csv() const
{
    return connectorsCsv(m_proxy.chosen());
}

void ConnectorList::showFaces()
{
    showFace(m_banner, m_face);
    const int all = m_rows.rowCount();
    const bool anyShown = m_proxy.rowCount() > 0;
    m_faceSide->setVisible(!anyShown);
    m_table->setVisible(anyShown);
    if (!anyShown) {
        showEmpty(all);
    }
    setAvailable(m_export, all > 0 ? QString() : tr("there is nothing to export"));
    showCounts();
}

void ConnectorList::showEmpty(int all)
{
    if (all > 0) {
        const auto what
            = filter().isEmpty() ? tr("No connector has a fault") : tr("No connector fits %1").arg(filter());
        m_faceCard->say({QStringLiteral("filter"), {}, Tone::Stopped}, what,
            tr("%n row(s) are there without the filter.", nullptr, all), tr("Clear the filter"));
    } else if (m_face.state == PageState::Empty) {
        m_faceCard->say({QStringLiteral("connector"), {}, Tone::Stopped}, tr("No connector yet"),
            tr("The workers answer, and nobody has created a connector. The first one appears here by itself."));
    } else if (m_face.state == PageState::Loading) {
        m_faceCard->sayLoading(m_face.sentence, m_face.remedyText);
    } else {
        m_faceCard->say(
            lookOf(m_face.state), tr("Nothing to show"), tr("No list was ever read here; the reason stands above."));
    }
}

void ConnectorList::showCounts()
{
    m_filter->setTotal(m_rows.rowCount());
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
    Q_EMIT shownChanged();
}

} // namespace headgate
