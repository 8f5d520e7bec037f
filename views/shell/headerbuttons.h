// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/shell/shellstate.h"

#include <QAbstractButton>

namespace headgate {

//! Environment tag, name of the context and a chevron: where one is. Dashed and empty before the first context.
class ContextSwitcher final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ContextSwitcher(QWidget *parent = nullptr);
    void setContext(std::optional<Environment> environment, const QString &name);
    int leastWidth() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Environment> m_environment;
};

//! Glyph and word of the mode; armed turns amber with the minutes left.
class ModeButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ModeButton(QWidget *parent = nullptr);
    void setMode(Mode mode, const QString &text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Mode m_mode = Mode::ReadOnly;
};

//! A counter that filters: glyph, number, word. Zero is grey, glyph too. Checked while the page shows its filter.
class CounterButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit CounterButton(QWidget *parent = nullptr);
    void setCounter(const Counter &counter);
    const Counter &counter() const { return m_counter; }
    void setWordShown(bool shown);
    void setTight(bool tight); //!< almost no room around it
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Counter m_counter;
    int side() const;

    bool m_tight = false;
    bool m_wordShown = true;
};

//! At the navigation's foot: opens the `?` sheet. The rail shows the key alone.
class KeysButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit KeysButton(QWidget *parent = nullptr);
    void setRail(bool rail);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_rail = false;
};

//! Looks like a field, opens the command palette.
class SearchButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SearchButton(QWidget *parent = nullptr);
    enum class Shown { All, Keys, Glyph };
    void setShown(Shown shown);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString shortcut() const;
    Shown m_shown = Shown::All;
};

} // namespace headgate
