// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/shell/shellstate.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace headgate {

class KeyHintsLine;
class PlainLabel;
class SpansLabel;

/*! The strip of 28 px at the foot: left the running operation or the last outcome with the way to Activity, right what
 * is underneath. A sentence of the page (what is wrong with its filter, what was copied) stands there while it holds.
 */
class StatusStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusStrip(QWidget *parent = nullptr);
    void setState(const std::optional<ShellState> &state);
    void say(const QString &sentence); //!< empty: nothing to say any more
    QString text() const;              //!< what stands at the left

Q_SIGNALS:
    void activityWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void show();

    std::optional<ShellState> m_state;
    QString m_sentence;
    class GlyphLabel *m_glyph;
    SpansLabel *m_text;
    QPushButton *m_activity;
    KeyHintsLine *m_activityKey;
    class GlyphLabel *m_workers, *m_brokers;
    PlainLabel *m_nothing;
};

//! A glyph and a word beside each other, muted.
class GlyphLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit GlyphLabel(QWidget *parent = nullptr);
    void setContent(const QString &icon, const QColor &colour, const QString &text, const QString &toolTip = {});
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon, m_text;
    QColor m_colour;
};

} // namespace headgate
