// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/shell/picturesource.h"
#include "models/shell/shellstate.h"
#include "views/common/page.h"

namespace headgate {

class ActivityPanel;
class Banner;
class CommandPalette;
class EnvironmentBand;
class FirstRunPage;
class HeaderStrip;
class KeysButton;
class KeysSheet;
class Navigation;
class OperationPreviews;
class PageHeader;
class PageStack;
class Prompts;
class ShellActions;
class StatusStrip;
struct PaletteEntry;

/*! The frame around the pages: environment band, header strip, navigation, page, activity panel, status strip; palette
 * and keys over it. Gives each page the picture of the current context, carries acts to their preview, remembers the
 * way back. GUI thread; owned by main. Shows nothing of its own invention: all words come from ShellState. */
class MainWindow final : public QWidget
{
    Q_OBJECT
public:
    MainWindow(ContextsService &contexts, OperationsService &operations, Prompts &prompts, QWidget *parent = nullptr);
    ~MainWindow() override;

    void addGroup(const QString &title);
    void addPage(Page *page, const QString &icon); //!< takes it; in the order of the navigation
    //! Takes it; it belongs to what `outer` shows, and is reached from there alone.
    void addInnerPage(Page *page, PageId outer);
    void goTo(const Place &place);
    Page *currentPage() const;
    const std::optional<ContextPicture> &picture() const { return m_source.picture(); }
    FirstRunPage *firstRun() const { return m_firstRun; }
    ShellActions *actions() const { return m_actions; }
    CommandPalette *palette() const { return m_palette; }
    void say(const QString &sentence);
    void openPalette();

Q_SIGNALS:
    //! The window may go: nothing runs, or the person said so. The application closes the services and quits.
    void closeAgreed();
    void addContextWanted();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void wire();
    void wireActions();
    void wireHeader();
    void wirePage(Page *page);
    void showPicture();
    void showShell();
    void showPage(Page *page);
    void choose(const PaletteEntry &entry);
    void back();
    void sendInterest();
    bool isNarrow() const;

    ContextsService &m_contexts;
    OperationsService &m_operations;
    Prompts &m_prompts;
    PictureSource m_source;
    std::optional<ShellState> m_state;

    ShellActions *m_actions;
    EnvironmentBand *m_band;
    HeaderStrip *m_header;
    Navigation *m_navigation;
    KeysButton *m_keysButton;
    PageHeader *m_pageHeader;
    Banner *m_banner;
    PageStack *m_pages;
    QWidget *m_pageColumn;
    FirstRunPage *m_firstRun;
    ActivityPanel *m_activity;
    StatusStrip *m_status;
    CommandPalette *m_palette;
    KeysSheet *m_keys;
    OperationPreviews *m_previews;
    QHash<PageId, PageId> m_outer; //!< inner pages: where the navigation stands meanwhile
    Interest m_interest;
    QPointer<QWidget> m_focusBefore;
    bool m_addingContext = false;
    bool m_mayClose = false;
};

} // namespace headgate
