// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/numbertext.h"
#include "models/common/spans.h"

#include <QList>
#include <QWidget>

namespace headgate {

/*! A caption over a value: one fact of a card. The value is a sentence or one of the six faces of a number, optionally
 * with a spark line right of it. */
class FactLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit FactLabel(const QString &caption = {}, QWidget *parent = nullptr);
    void setCaption(const QString &caption);
    void setSpans(Spans value);
    void setNumber(const NumberText &value);
    void setSpark(QList<float> values, const QColor &colour);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say();

    QString m_caption;
    Spans m_spans;
    std::optional<NumberText> m_number;
    QList<float> m_spark;
    QColor m_sparkColour;
};

//! A caption over a figure of 20 px with its unit: at most three beside each other at the top of a pane or dialog.
class FigureLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit FigureLabel(const QString &caption = {}, QWidget *parent = nullptr);
    void setCaption(const QString &caption);
    void setNumber(const NumberText &value);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_caption;
    NumberText m_number;
};

} // namespace headgate
