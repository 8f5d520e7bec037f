// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/spans.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"

#include <QColor>
#include <QFont>
#include <QWidget>

class QPainter;

namespace headgate {

/*! Sentences of mixed weight, painted without a rich-text engine: QLabel's elides badly and accepts foreign markup.
 * `font` is the body; strong pieces get 600, code the fixed family. `strongColour` (invalid = text) tints the strong
 * ones. */
qreal spansWidth(const Spans &spans, const QFont &font);
//! Height when wrapped to `width`; at most `maxLines` lines (0 = as many as needed).
qreal spansHeight(const Spans &spans, const QFont &font, qreal width, int maxLines = 0);
//! Paints wrapped into `rect` from its top; the last line that fits is elided.
void paintSpans(QPainter *painter, const QRectF &rect, const Spans &spans, const QFont &font, int maxLines = 0,
    const QColor &strongColour = {});
//! One line, vertically centred, elided at the right; returns the width used.
qreal paintSpansLine(
    QPainter *painter, const QRectF &rect, const Spans &spans, const QFont &font, const QColor &strongColour = {});

//! A sentence as a widget: wraps, grows with its width, readable by screen readers and selectable by nobody (it has
//! copy actions near).
class SpansLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit SpansLabel(QWidget *parent = nullptr);
    void setSpans(Spans spans);
    const Spans &spans() const { return m_spans; }
    void setMaxLines(int lines);
    void setTextStyle(TextStyle style); //!< instead of Body
    void setTone(Tone tone);            //!< colour of the strong pieces

    bool hasHeightForWidth() const override { return m_maxLines != 1; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QFont usedFont() const;

    Spans m_spans;
    int m_maxLines = 0;
    TextStyle m_style = TextStyle::Body;
    Tone m_tone = Tone::Neutral;
};

} // namespace headgate
