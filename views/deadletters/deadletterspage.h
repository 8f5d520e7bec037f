// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "models/deadletters/deadletterviewmodel.h"
#include "views/common/page.h"

#include <QPointer>

class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace headgate {

class Banner;
class FaceCard;
class LetterPane;
class LettersList;
class RedriveBar;
class RedriveSheet;

/*! Dead letters of the context: causes, the records of one of them, one record; sending chosen ones again. What was
 * started goes on when the page is left. Space chooses a record. */
class DeadLettersPage final : public Page
{
    Q_OBJECT
public:
    DeadLettersPage(ContextsService &contexts, OperationsService &operations, DeadLetterService &letters,
        QWidget *parent = nullptr);
    ~DeadLettersPage() override;

    QString title() const override;
    QString summary() const override;
    QList<QAction *> headerActions() const override;
    std::vector<KeyHint> keys() const override;
    void setPicture(const ContextPicture &picture) override;
    void showPlace(const Place &place) override;
    void enterFilter() override;
    bool goBack() override;
    void setNarrow(bool narrow) override;

    DeadLetterViewModel &viewModel() { return m_model; }
    const DeadLetterViewModel &viewModel() const { return m_model; }

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QTableView *makeGroups();
    void layOut();
    void wire();
    void begin();
    void show();
    void showFace();
    void showBanner();
    void chooseGroup();
    void preview();
    void openSheet();

    DeadLetterViewModel m_model;
    ContextPicture m_picture;
    QAction *m_again, *m_preview, *m_connector;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_groups;
    LettersList *m_letters;
    RedriveBar *m_redrive;
    LetterPane *m_pane;
    Banner *m_banner;
    FaceCard *m_face;
    QWidget *m_faceSide;
    QSplitter *m_lists;
    QPointer<RedriveSheet> m_sheet;
    QString m_wanted; //!< connector whose cause is to be shown once it is known
    bool m_narrow = false, m_paneOpen = false;
};

} // namespace headgate
