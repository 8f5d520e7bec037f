// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

#include <QWidget>

class QCheckBox;
class QScrollArea;

namespace headgate {

class FactGrid;
class LinesBox;
class PlainLabel;

/*! What a preview says about others, and about what stands still: who shares workers, topics or group; the
 * position, and whether it is saved before. */
class ImpactBlock final : public QWidget
{
    Q_OBJECT
public:
    explicit ImpactBlock(int captionWidth, QWidget *parent = nullptr);
    void setPreview(const OperationPreview &preview);
    bool savesPositions() const;

private:
    void showBlast(const OperationPreview &preview);

    QWidget *m_stop;
    FactGrid *m_position;
    QCheckBox *m_save;
    PlainLabel *m_summary;
    QScrollArea *m_area;
    LinesBox *m_lines;
};

} // namespace headgate
