// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contexts/contexteditor.h"
#include "models/contexts/contextsmodel.h"
#include "views/common/page.h"

class QPushButton;
class QScrollArea;
class QTableView;

namespace headgate {

class Banner;
class ConnectionChecks;
class ContextForm;
class FaceCard;
class PlainLabel;

/*! The contexts of this person: list left, form right, connection test below it. What was typed is kept when another
 * context is looked at; removing asks in a banner. */
class ContextsPage final : public Page
{
    Q_OBJECT
public:
    explicit ContextsPage(ContextsService &contexts, QWidget *parent = nullptr);
    ~ContextsPage() override;

    QString title() const override;
    QString summary() const override;
    QList<QAction *> headerActions() const override;
    std::vector<KeyHint> keys() const override;
    bool goBack() override;
    void addContext(); //!< an empty form with the focus in its name

private:
    QWidget *makeList();
    QWidget *makeForm();
    QWidget *makeFoot();
    void makeActions();
    void showContexts();
    void showState();
    void showOutcome(const ContextEditor::State &state);
    void select(const ContextId &id);
    void askRemoval();
    ContextId selectedId() const;

    ContextsService &m_contexts;
    ContextEditor m_editor;
    ContextsModel m_model;
    QTableView *m_table;
    QScrollArea *m_scroll = nullptr;
    ContextForm *m_form = nullptr;
    FaceCard *m_empty = nullptr;
    QWidget *m_emptySide = nullptr;
    ConnectionChecks *m_checks = nullptr;
    PlainLabel *m_checksTitle = nullptr;
    QWidget *m_checksCard = nullptr;
    Banner *m_banner = nullptr;
    PlainLabel *m_progress = nullptr;
    QAction *m_add, *m_save, *m_test, *m_revert, *m_remove, *m_open;
    bool m_removalAsked = false;
};

} // namespace headgate
