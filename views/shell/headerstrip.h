// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/shell/shellstate.h"
#include "views/common/plainlabel.h"

#include <QWidget>

namespace headgate {

class ContextSwitcher;
class CounterButton;
class ModeButton;
class SearchButton;

/*! The strip of 48 px below the environment band: where one is, what one may do, how things stand, how old that is. It
 * never scrolls or overflows: it measures itself and drops words, then the age's word, never numbers, environment or
 * mode. */
class HeaderStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit HeaderStrip(QWidget *parent = nullptr);
    //! nullopt: no context yet.
    void setState(const std::optional<ShellState> &state);
    //! The counter whose filter the page shows is checked.
    void setActiveFilter(const QString &filter);

    ContextSwitcher *switcher() const { return m_switcher; }
    ModeButton *mode() const { return m_mode; }
    SearchButton *search() const { return m_search; }

Q_SIGNALS:
    void counterPressed(const QString &filter);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();
    int neededWidth() const;

    ContextSwitcher *m_switcher;
    ModeButton *m_mode;
    QWidget *m_line;
    std::vector<CounterButton *> m_counters;
    PlainLabel *m_hint;
    class AgeLabel *m_age;
    SearchButton *m_search;
};

//! "Data 2 s old" in muted text; stale in sand with its glyph: word and colour.
class AgeLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit AgeLabel(QWidget *parent = nullptr);
    void setAge(const DataAge &age);
    const DataAge &age() const { return m_age; }
    void setShort(bool shortText);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString shown() const { return m_short && !m_age.stale ? m_age.shortText : m_age.text; }

    DataAge m_age;
    bool m_short = false;
};

} // namespace headgate
