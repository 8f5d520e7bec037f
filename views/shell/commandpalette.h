// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "models/shell/palettemodel.h"

#include <QFrame>

class QLineEdit;
class QListView;

namespace headgate {

class EnvironmentBand;
class EnvironmentTag;
class PlainLabel;

/*! Everything by its name: actions (disabled ones with their reason), pages, contexts, connectors. A child of the
 * window, so that it needs no window manager. Enter runs; an action of the platform opens its preview and never sends.
 */
class CommandPalette final : public QFrame
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *window);
    void openWith(std::vector<PaletteEntry> entries, std::optional<Environment> environment, const QString &context);
    void setQuery(const QString &query);
    const PaletteModel &model() const { return m_model; }

Q_SIGNALS:
    void chosen(const headgate::PaletteEntry &entry);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void move(int by);
    void choose();
    void place();

    PaletteModel m_model;
    EnvironmentBand *m_band;
    EnvironmentTag *m_tag;
    QLineEdit *m_query;
    QListView *m_list;
    PlainLabel *m_count;
};

} // namespace headgate
