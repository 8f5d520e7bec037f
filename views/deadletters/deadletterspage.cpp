// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deadletters/deadletterspage.h"

#include "models/common/cellroles.h"
#include "models/common/errortext.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "themetokens.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/fonts.h"
#include "views/common/hairline.h"
#include "views/common/rowdelegate.h"
#include "views/deadletters/letterpane.h"
#include "views/deadletters/letterslist.h"
#include "views/deadletters/redrivebar.h"
#include "views/deadletters/redrivesheet.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

using Phase = DeadLetterViewModel::Phase;
using Redrive = DeadLetterViewModel::RedrivePhase;

constexpr int paneWidth = 408;

} // namespace

DeadLettersPage::DeadLettersPage(
    ContextsService &contexts, OperationsService &operations, DeadLetterService &letters, QWidget *parent)
    : Page(PageId::DeadLetters, parent)
    , m_model(contexts, operations, letters)
    , m_again(makeAction(this, QStringLiteral("deadletters.again"), tr("Read again"), QStringLiteral("restart")))
    , m_preview(makeAction(this, QStringLiteral("deadletters.preview"), tr("Preview sending the chosen ones again..."),
          QStringLiteral("replay")))
    , m_connector(
          makeAction(this, QStringLiteral("deadletters.connector"), tr("Show the connector"), QStringLiteral("jump")))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_groups(makeGroups())
    , m_letters(new LettersList(m_model, this))
    , m_redrive(new RedriveBar(m_model, this))
    , m_pane(new LetterPane(m_model, this))
    , m_banner(new Banner(this))
    , m_face(new FaceCard(this))
    , m_faceSide(new QWidget(this))
    , m_lists(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("deadLettersPage"));
    setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_groups);
    layOut();
    wire();
    show();
}

DeadLettersPage::~DeadLettersPage() = default;

QTableView *DeadLettersPage::makeGroups()
{
    m_sorted->setSourceModel(&m_model.groups());
    m_sorted->setSortRole(SortRole);
    auto *table = new QTableView(this);
    table->setObjectName(QStringLiteral("causesTable"));
    table->setModel(m_sorted);
    setUpTable(table, tr("Causes"));
    table->setFrameShape(QFrame::NoFrame);
    const int twoLines = 2 * QFontMetrics(fontOf(TextStyle::Body)).height() + 8;
    table->verticalHeader()->setDefaultSectionSize(std::max(tokens::size::rowTwoLine, twoLines));
    auto *header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(DeadLetterGroupsModel::Cause, QHeaderView::Stretch);
    const std::pair<int, int> widths[] {{DeadLetterGroupsModel::Records, 84}, {DeadLetterGroupsModel::Day, 92},
        {DeadLetterGroupsModel::First, 72}, {DeadLetterGroupsModel::Last, 72}, {DeadLetterGroupsModel::State, 152}};
    for (const auto &[column, width] : widths) {
        table->setColumnWidth(column, width);
    }
    table->sortByColumn(DeadLetterGroupsModel::Records, Qt::DescendingOrder);
    return table;
}

void DeadLettersPage::layOut()
{
    m_banner->hide();
    m_banner->setRoom({12, 0, 12, 8});
    auto *faceColumn = new QVBoxLayout(m_faceSide);
    faceColumn->setContentsMargins(12, 4, 12, 12);
    faceColumn->addWidget(m_face);
    faceColumn->addStretch(1);
    m_lists->setObjectName(QStringLiteral("deadLettersSplit"));
    m_lists->setChildrenCollapsible(false);
    m_lists->addWidget(m_groups);
    m_lists->addWidget(m_letters);
    m_lists->setSizes({250, 400});
    m_pane->setFixedWidth(paneWidth);
    auto *left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(0);
    left->addWidget(m_banner);
    left->addWidget(m_faceSide, 1);
    left->addWidget(m_lists, 1);
    left->addWidget(m_redrive);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    row->addWidget(makeHairline(Qt::Vertical, this));
    row->addWidget(m_pane);
}

void DeadLettersPage::wire()
{
    connect(&m_model, &DeadLetterViewModel::changed, this, &DeadLettersPage::show);
    connect(m_groups->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeadLettersPage::chooseGroup);
    connect(m_redrive, &RedriveBar::previewWanted, this, &DeadLettersPage::preview);
    connect(m_pane, &LetterPane::correctedWanted, this, &DeadLettersPage::preview);
    connect(m_pane, &LetterPane::said, this, &Page::said);
    connect(m_again, &QAction::triggered, this, &DeadLettersPage::begin);
    connect(m_preview, &QAction::triggered, this, &DeadLettersPage::preview);
    connect(m_connector, &QAction::triggered, this, [this] {
        if (const auto owner = m_model.owner()) {
            Q_EMIT goTo({.page = PageId::Connectors, .connector = *owner});
        }
    });
    connect(m_face, &FaceCard::acted, this, [this] {
        const auto &state = m_model.state();
        const bool read = state.phase == Phase::Ready && state.unread.empty();
        read ? Q_EMIT goTo({.page = PageId::Connectors}) : begin();
    });
    connect(m_banner, &Banner::acted, this, &DeadLettersPage::begin);
    m_letters->findChild<QTableView *>()->installEventFilter(this);
}

QString DeadLettersPage::title() const
{
    return tr("Dead letters");
}

QString DeadLettersPage::summary() const
{
    const auto &state = m_model.state();
    return state.overview ? m_model.headline() : state.reading ? tr("Reading the dead letter topics") : QString();
}

QList<QAction *> DeadLettersPage::headerActions() const
{
    return {m_connector, m_again};
}

std::vector<KeyHint> DeadLettersPage::keys() const
{
    return {{tr("Space"), tr("choose the record, or not")}, {QStringLiteral("/"), tr("filter the records")},
        {tr("Enter"), tr("to the record")}, {tr("Esc"), tr("back, or clear the filter")}};
}

void DeadLettersPage::setPicture(const ContextPicture &picture)
{
    m_picture = picture;
    if (isVisible() && m_model.state().context != picture.context.id) {
        begin();
    }
}

//! Of another context from the start; of the same one what is shown stays until the answer.
void DeadLettersPage::begin()
{
    if (m_picture.context.id.isEmpty()) {
        return;
    }
    if (m_model.state().context != m_picture.context.id) {
        m_model.open(m_picture.context.id);
    } else {
        m_model.readAgain();
    }
}

void DeadLettersPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    begin();
}

void DeadLettersPage::showPlace(const Place &place)
{
    m_wanted = place.connector.name;
    show();
    if (!place.operation.isEmpty()) {
        if (m_model.state().context != place.connector.context) { // the picture may come later than the wish
            m_model.open(place.connector.context);
        }
        m_model.openInterrupted(place.operation);
        if (m_model.state().redrive != Redrive::None) {
            openSheet();
        }
    }
}

void DeadLettersPage::show()
{
    const auto &state = m_model.state();
    const bool any = !state.groups.empty();
    m_lists->setVisible(any);
    m_redrive->setVisible(any);
    m_pane->setVisible(any && (!m_narrow || m_paneOpen));
    m_lists->setEnabled(true);
    m_faceSide->setVisible(!any);
    showFace();
    showBanner();
    if (any && (!m_wanted.isEmpty() || !m_groups->currentIndex().isValid())) {
        int wanted = 0;
        for (int row = 0; row < m_sorted->rowCount() && !m_wanted.isEmpty(); ++row) {
            const auto &group = m_model.groups().row(m_sorted->mapToSource(m_sorted->index(row, 0)).row()).group;
            wanted = group.connector == m_wanted ? row : wanted;
        }
        m_wanted.clear();
        m_groups->setCurrentIndex(m_sorted->index(wanted, DeadLetterGroupsModel::Cause));
    }
    m_letters->show(state);
    m_redrive->show(state);
    m_pane->show(state);
    setAvailable(m_again, state.reading ? tr("it is being read") : QString());
    setAvailable(m_preview, state.chosen.empty() ? tr("no record is chosen") : QString());
    setAvailable(m_connector, m_model.owner() ? QString() : tr("no cause is selected"));
    Q_EMIT summaryChanged();
}

void DeadLettersPage::showFace()
{
    const auto &state = m_model.state();
    if (state.phase == Phase::NotRead && state.error) {
        const auto text = errorText(*state.error);
        m_face->say(lookOf(Outcome::Failed), text.what, text.next, tr("Ask again"));
    } else if (state.phase != Phase::Ready) {
        m_face->sayLoading(tr("Reading the dead letter topics"));
    } else if (!state.unread.empty()) { // nobody looked into them: that is not "empty"
        const auto text = errorText(state.unread.front().second);
        m_face->say(lookOf(Outcome::Failed), text.what, text.next, tr("Ask again"));
    } else if (state.overview && state.overview->queues.empty()) {
        m_face->say({QStringLiteral("dead-letter"), {}, Tone::Stopped}, tr("No sink names a dead letter topic"),
            tr("A sink with errors.tolerance=all and errors.deadletterqueue.topic.name sends the records there that it "
               "cannot take. Without them its task stops at such a record."),
            tr("To the connectors"));
    } else {
        m_face->say(lookOf(Standing::Running), tr("There is no dead letter"),
            tr("%n dead letter topic(s) of this context are empty.", nullptr,
                state.overview ? int(state.overview->queues.size()) : 0),
            tr("To the connectors"));
    }
}

void DeadLettersPage::showBanner()
{
    const auto &state = m_model.state();
    const bool again = state.error && state.phase == Phase::Ready;
    m_banner->setVisible(!state.groups.empty() && (again || !state.unread.empty() || state.older > 0));
    if (again) {
        const auto text = errorText(*state.error);
        m_banner->say(lookOf(Outcome::Failed), tr("Not read again; what is shown is older."),
            text.what + QLatin1Char(' ') + text.next, tr("Ask again"));
    } else if (!state.unread.empty()) {
        const auto &[topic, error] = state.unread.front();
        m_banner->say(lookOf(Outcome::Unknown),
            tr("%n dead letter topic(s) were not read.", nullptr, int(state.unread.size())),
            QStringLiteral("%1: %2").arg(shownText(topic, 80), errorText(error).sentence()), tr("Ask again"));
    } else if (state.older > 0) {
        m_banner->say({QStringLiteral("info"), {}, Tone::Accent},
            tr("The newest %1 of each topic are shown.").arg(fullNumber(DeadLetterViewModel::mostOfAQueue)),
            tr("%1 older records were not read.").arg(fullNumber(state.older)));
    }
}

void DeadLettersPage::chooseGroup()
{
    const auto index = m_sorted->mapToSource(m_groups->currentIndex());
    if (index.isValid()) {
        m_model.select(m_model.groups().row(index.row()).key);
    }
}

void DeadLettersPage::preview()
{
    if (!m_model.isBusy()) {
        m_model.plan();
    }
    openSheet();
}

void DeadLettersPage::openSheet()
{
    if (m_sheet) {
        m_sheet->raise();
        return;
    }
    m_sheet = new RedriveSheet(m_model, m_picture, window());
    m_sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_sheet, &QDialog::finished, this, [this] {
        const bool ended = m_model.state().redrive == Redrive::Ended;
        m_model.forgetRedrive();
        if (ended) {
            begin(); // others may be there by now
        }
    });
    m_sheet->open();
}

void DeadLettersPage::enterFilter()
{
    m_letters->enterFilter();
}

bool DeadLettersPage::goBack()
{
    if (m_pane->leaveCorrection() || m_letters->clearFilter()) {
        return true;
    }
    if (m_narrow && m_paneOpen) {
        m_paneOpen = false;
        show();
        return true;
    }
    return false;
}

void DeadLettersPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_letters->setNarrow(narrow);
    m_groups->setColumnHidden(DeadLetterGroupsModel::First, narrow);
    show();
}

void DeadLettersPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Slash) {
        enterFilter();
    } else {
        Page::keyPressEvent(event);
    }
}

bool DeadLettersPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return Page::eventFilter(watched, event);
    }
    const auto key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Space) {
        m_letters->toggleCurrent();
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        m_paneOpen = true;
        show();
        m_pane->enter();
        return true;
    }
    return Page::eventFilter(watched, event);
}

} // namespace headgate
