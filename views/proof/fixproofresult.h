// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/records/fixproof.h"

#include <QWidget>

namespace headgate {

class FactGrid;
class Glyph;
class LinesBox;
class PlainLabel;
class SpansLabel;

//! What a proof says: the sentence, the records that are refused, and what is not proven.
class FixProofResult final : public QWidget
{
    Q_OBJECT
public:
    explicit FixProofResult(QWidget *parent = nullptr);
    void setProof(const FixProof &proof);

private:
    void showRefused(const FixProof &proof);

    Glyph *m_glyph;
    SpansLabel *m_verdict;
    PlainLabel *m_present;
    SpansLabel *m_warnings;
    LinesBox *m_refused;
    PlainLabel *m_more, *m_reach, *m_gaps;
};

} // namespace headgate
