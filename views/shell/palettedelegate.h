// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/shell/palettemodel.h"

#include <QStyledItemDelegate>

namespace headgate {

//! Rows of the palette: glyph, text with the matched letters heavy, note, shortcut or the reason why not.
class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit PaletteDelegate(const PaletteModel &model, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    const PaletteModel &m_model;
};

} // namespace headgate
