// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/replayviewmodel.h"
#include "views/common/page.h"

class QScrollArea;

namespace headgate {

class Banner;
class EffectBlock;
class FaceCard;
class PartitionsBlock;
class PositionBlock;
class RunPane;
class SourceBlock;

/*! One change of position: where to, what that does, the run with its steps, the way back. It can be left at any time;
 * the operation lives in the service. Keys: Ctrl+Enter counts again, Alt+1 to Alt+4 go to the blocks. */
class ReplayPage final : public Page
{
    Q_OBJECT
public:
    ReplayPage(
        ContextsService &contexts, OperationsService &operations, ReplayService &replay, QWidget *parent = nullptr);
    ~ReplayPage() override;

    QString title() const override;
    QString summary() const override;
    QList<QAction *> headerActions() const override;
    std::vector<KeyHint> keys() const override;
    void setPicture(const ContextPicture &picture) override;
    void showPlace(const Place &place) override;
    std::optional<ConnectorRef> selected() const override;
    void setNarrow(bool narrow) override;

    ReplayViewModel &viewModel() { return m_model; }

private:
    QWidget *makeBlocks();
    void wire();
    void show();
    void showBanner();
    void showEmpty();
    void openFile();
    void saveFile();
    void goToBlock(int number);

    ReplayViewModel m_model;
    QAction *m_open, *m_save;
    PositionBlock *m_position;
    SourceBlock *m_source;
    PartitionsBlock *m_partitions;
    EffectBlock *m_effect;
    Banner *m_banner;
    FaceCard *m_face;
    QScrollArea *m_left;
    QScrollArea *m_right;
    RunPane *m_run;
};

} // namespace headgate
