// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/mainwindow.h"

#include "themetokens.h"
#include "views/common/banner.h"
#include "views/common/environment.h"
#include "views/common/hairline.h"
#include "views/common/prompts.h"
#include "views/shell/activitypanel.h"
#include "views/shell/commandpalette.h"
#include "views/shell/firstrunpage.h"
#include "views/shell/headerbuttons.h"
#include "views/shell/headermenus.h"
#include "views/shell/headerstrip.h"
#include "views/shell/interruptedbanner.h"
#include "views/shell/keyhints.h"
#include "views/shell/navigation.h"
#include "views/shell/operationpreviews.h"
#include "views/shell/pageheader.h"
#include "views/shell/pagestack.h"
#include "views/shell/paletteentries.h"
#include "views/shell/shellactions.h"
#include "views/shell/statusstrip.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QVBoxLayout>

namespace headgate {

namespace {

constexpr int narrowBelow = 1200;
constexpr int smallestWidth = 1024;
constexpr int smallestHeight = 700;

} // namespace

MainWindow::MainWindow(ContextsService &contexts, OperationsService &operations, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_contexts(contexts)
    , m_operations(operations)
    , m_prompts(prompts)
    , m_source(contexts, operations)
    , m_actions(new ShellActions(this))
    , m_band(new EnvironmentBand(this))
    , m_header(new HeaderStrip(this))
    , m_navigation(new Navigation(this))
    , m_keysButton(new KeysButton(this))
    , m_pageHeader(new PageHeader(this))
    , m_banner(new Banner(this))
    , m_pages(new PageStack(this))
    , m_pageColumn(new QWidget(this))
    , m_firstRun(new FirstRunPage(this))
    , m_activity(new ActivityPanel(this))
    , m_status(new StatusStrip(this))
    , m_palette(new CommandPalette(this))
    , m_keys(new KeysSheet(this))
    , m_previews(new OperationPreviews(contexts, operations, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(smallestWidth, smallestHeight);
    resize(1440, 900);
    layOut();
    wire();
    wireActions();
    wireHeader();
    qApp->installEventFilter(this);
    m_activity->hide();
    showPicture();
}

MainWindow::~MainWindow()
{
    m_palette->disconnect(
        this); // an open palette says that it closed when the widgets go, after this part of the window
}

void MainWindow::layOut()
{
    m_header->setMinimumHeight(tokens::size::headerStrip);
    m_status->setMinimumHeight(tokens::size::statusBar);
    m_banner->setRoom({16, 0, 16, 8});
    auto *page = new QVBoxLayout(m_pageColumn);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_pageHeader);
    page->addWidget(m_banner);
    page->addWidget(m_pages, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_pageColumn, 1);
    right->addWidget(m_firstRun, 1);
    right->addWidget(m_activity);
    auto *navigation = new QVBoxLayout;
    navigation->setSpacing(0);
    navigation->setContentsMargins(0, 8, 0, 4);
    navigation->addWidget(m_navigation, 1);
    navigation->addWidget(m_keysButton);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addLayout(navigation);
    body->addWidget(makeHairline(Qt::Vertical, this));
    body->addLayout(right, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addWidget(m_header);
    column->addLayout(body, 1);
    column->addWidget(m_status);
}

void MainWindow::wire()
{
    connect(&m_source, &PictureSource::changed, this, &MainWindow::showPicture);
    connect(&m_contexts, &ContextsService::currentChanged, this, [this] { m_interest = {}; }); // another session
    connect(m_navigation, &Navigation::chosen, this, [this](PageId id) { goTo({.page = id}); });
    connect(m_keysButton, &QAbstractButton::clicked, m_actions->keys, &QAction::trigger);
    connect(m_activity, &ActivityPanel::goTo, this, &MainWindow::goTo);
    connect(m_activity, &ActivityPanel::closeWanted, m_activity, &QWidget::hide);
    connect(m_status, &StatusStrip::activityWanted, m_actions->activity, &QAction::trigger);
    auto *interrupted = new InterruptedBanner(m_contexts, m_operations, m_banner, this);
    connect(interrupted, &InterruptedBanner::said, this, &MainWindow::say);
    const auto look = [this](const Operation &operation) {
        const auto kind = operation.request.kind;
        goTo({.page = kind == OperationKind::Replay ? PageId::Replay
                : kind == OperationKind::Redrive    ? PageId::DeadLetters
                                                    : PageId::Activity,
            .connector = operation.request.connector,
            .operation = operation.id});
    };
    connect(interrupted, &InterruptedBanner::wanted, this, look);
    connect(interrupted, &InterruptedBanner::choicesFound, this, [this, look](const Operation &operation) {
        if (currentPage() == m_pages->widget(0)) { // nobody went anywhere yet: the choices are the first thing to see
            look(operation);
        }
    });
    connect(m_palette, &CommandPalette::chosen, this, &MainWindow::choose);
    connect(m_palette, &CommandPalette::closed, this, [this] {
        if (m_focusBefore) {
            m_focusBefore->setFocus();
        }
    });
    connect(m_firstRun, &FirstRunPage::contextWanted, m_actions->addContext, &QAction::trigger);
    connect(m_previews, &OperationPreviews::said, this, &MainWindow::say);
}

void MainWindow::wireActions()
{
    connect(m_actions->palette, &QAction::triggered, this, &MainWindow::openPalette);
    connect(m_actions->back, &QAction::triggered, this, &MainWindow::back);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->keys, &QAction::triggered, this, [this] {
        const auto *shown = currentPage();
        m_keys->openWith(shown ? shown->title() : tr("First run"), shown ? shown->keys() : std::vector<KeyHint>(),
            m_actions->everywhere());
    });
    connect(m_actions->filter, &QAction::triggered, this, [this] {
        if (auto *shown = currentPage()) {
            shown->enterFilter();
        }
    });
    connect(m_actions->activity, &QAction::triggered, this, [this] {
        m_activity->setVisible(!m_activity->isVisible());
        if (m_activity->isVisible()) {
            m_activity->focusTable();
        }
    });
    connect(m_actions->refresh, &QAction::triggered, this, [this] {
        if (auto *session = m_contexts.session(m_contexts.current())) {
            session->refreshNow();
        }
    });
    connect(m_actions->addContext, &QAction::triggered, this, [this] {
        m_addingContext = true;
        goTo({.page = PageId::Contexts});
        Q_EMIT addContextWanted();
    });
}

void MainWindow::wireHeader()
{
    auto *menus = new HeaderMenus(m_contexts, m_source, *m_header, m_actions, this);
    connect(menus, &HeaderMenus::said, this, &MainWindow::say);
    connect(menus, &HeaderMenus::modeChanged, this, &MainWindow::showPicture);
    connect(m_header->search(), &QAbstractButton::clicked, this, &MainWindow::openPalette);
    connect(m_header, &HeaderStrip::counterPressed, this,
        [this](const QString &filter) { goTo({.page = PageId::Connectors, .filter = filter}); });
}

void MainWindow::addGroup(const QString &title)
{
    m_navigation->addGroup(title);
}

void MainWindow::addPage(Page *page, const QString &icon)
{
    auto *action = m_actions->addPage(page->title(), icon, m_pages->pages());
    m_pages->add(page);
    m_navigation->addPage(page->id(), icon, page->title());
    connect(action, &QAction::triggered, this, [this, id = page->id()] { goTo({.page = id}); });
    wirePage(page);
    page->setNarrow(isNarrow());
    if (m_pages->pages() == 1) {
        showPage(page);
    }
    showPicture();
}

void MainWindow::addInnerPage(Page *page, PageId outer)
{
    m_outer.insert(page->id(), outer);
    m_pages->add(page);
    wirePage(page);
    page->setNarrow(isNarrow());
}

void MainWindow::wirePage(Page *page)
{
    connect(page, &Page::goTo, this, &MainWindow::goTo);
    connect(page, &Page::actRequested, this, [this](const OperationRequest &request) {
        if (request.kind == OperationKind::Replay) { // has a page of its own for its preview
            goTo({.page = PageId::Replay,
                .connector = request.connector,
                .operation = request.compensates,
                .wayBack = !request.compensates.isEmpty()});
        } else {
            m_previews->open(request);
        }
    });
    connect(page, &Page::said, this, &MainWindow::say);
    connect(page, &Page::askAgain, m_actions->refresh, &QAction::trigger);
    connect(page, &Page::summaryChanged, this, [this, page] {
        if (page == currentPage()) {
            m_pageHeader->setTitle(page->title());
            m_header->setActiveFilter(page->filter());
            sendInterest();
        }
    });
}

Page *MainWindow::currentPage() const
{
    return m_pages->current();
}

bool MainWindow::isNarrow() const
{
    return width() < narrowBelow;
}

void MainWindow::goTo(const Place &place)
{
    auto *next = m_pages->page(place.page);
    if (!next) {
        return;
    }
    m_addingContext = m_addingContext && place.page == PageId::Contexts;
    m_pages->show(next);
    showPage(next);
    next->showPlace(place);
}

//! What the frame says of the page that is shown by now.
void MainWindow::showPage(Page *next)
{
    if (!m_navigation->hasFocus()) { // who walks the pages by keys stays there
        next->setFocus();
    }
    m_navigation->setCurrent(m_outer.value(next->id(), next->id()));
    m_pageHeader->setPage(next);
    m_header->setActiveFilter(next->filter());
    say({});
    showShell();
    sendInterest();
}

void MainWindow::back()
{
    if (m_activity->isVisible() && m_activity->isAncestorOf(QApplication::focusWidget())) {
        m_activity->hide();
        return;
    }
    if (auto *before = m_pages->back()) {
        showPage(before);
    }
}

void MainWindow::showPicture()
{
    const auto &picture = m_source.picture();
    if (picture) {
        m_pages->setPicture(*picture);
        QHash<ContextId, QString> names;
        for (const auto &context : m_contexts.contexts()) {
            names.insert(context.id, context.name);
        }
        m_activity->setOperations(m_operations.operations(), names, picture->now);
        m_state = shellStateOf(*picture, m_source.armedUntil());
    } else {
        m_state.reset();
    }
    showShell();
    sendInterest();
}

void MainWindow::showShell()
{
    const auto environment = m_state ? std::optional(m_state->environment) : std::nullopt;
    const bool first = !m_state && !m_addingContext;
    m_firstRun->setVisible(first);
    m_pageColumn->setVisible(!first);
    m_band->setEnvironment(environment);
    m_header->setState(m_state);
    m_status->setState(m_state);
    m_actions->setMode(m_state ? std::optional(m_state->mode) : std::nullopt);
    m_navigation->setBadge(PageId::Triage, m_state ? m_state->problems : 0, m_state && m_state->anyStopped);
    const auto *shown = currentPage();
    setWindowTitle(windowTitleOf(
        environment, m_state ? m_state->contextName : QString(), first || !shown ? tr("First run") : shown->title()));
}

void MainWindow::openPalette()
{
    m_focusBefore = QApplication::focusWidget();
    const auto &picture = m_source.picture();
    const auto environment = picture ? std::optional(picture->context.environment) : std::nullopt;
    m_palette->openWith(paletteEntries(findChildren<QAction *>(), currentPage(), picture, m_contexts.contexts()),
        environment, picture ? picture->context.name : QString());
}

void MainWindow::choose(const PaletteEntry &entry)
{
    switch (entry.kind) {
    case PaletteEntry::Kind::Action:
    case PaletteEntry::Kind::Page:
        if (auto *action = findChild<QAction *>(entry.id)) {
            action->trigger();
        }
        break;
    case PaletteEntry::Kind::Connector:
        goTo({.page = PageId::Connectors, .connector = connectorOf(entry, m_contexts.current())});
        break;
    case PaletteEntry::Kind::Context:
        m_contexts.setCurrent({entry.id});
        break;
    }
}

void MainWindow::say(const QString &sentence)
{
    m_status->say(sentence);
}

void MainWindow::sendInterest()
{
    auto *session = m_contexts.session(m_contexts.current());
    const auto *shown = currentPage();
    if (!session || !shown) {
        return;
    }
    const Interest interest {isVisible() && !isMinimized(), shown->onScreen(), shown->selected()};
    if (interest != m_interest) {
        m_interest = interest;
        session->setInterest(interest);
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose || !m_operations.anyRunning()) {
        event->accept();
        Q_EMIT closeAgreed();
        return;
    }
    event->ignore();
    m_prompts.ask(this,
        {.title = tr("An operation is still being watched"),
            .text = tr("It goes on at the workers. Without Headgate nobody sees how it ends; the next start will offer "
                       "to look."),
            .safeButton = tr("Keep watching"),
            .otherButton = tr("Quit now"),
            .dangerous = true,
            .environment = m_state ? std::optional(m_state->environment) : std::nullopt,
            .context = m_state ? m_state->contextName : QString()},
        [this](bool quit) {
            if (quit) {
                m_mayClose = true;
                QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection); // not from within closeEvent
            }
        });
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_navigation->isRail() != isNarrow()) {
        m_navigation->setRail(isNarrow());
        m_keysButton->setRail(isNarrow());
        m_pages->setNarrow(isNarrow());
    }
}

bool MainWindow::eventFilter(QObject *, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride) {
        return false;
    }
    // Line edits want Ctrl+K for themselves (delete to the end); here it is the palette's, wherever one types.
    const auto *key = static_cast<QKeyEvent *>(event);
    return key->key() == Qt::Key_K && key->modifiers() == Qt::ControlModifier;
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        sendInterest();
    }
}

} // namespace headgate
