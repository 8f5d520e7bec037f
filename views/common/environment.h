// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <QWidget>

class QPainter;

namespace headgate {

//! The edge of 4 px on every window, dialog and palette: production solid, staging long dashes, development short ones.
void paintEnvironmentBand(QPainter *painter, const QRect &rect, std::optional<Environment> environment);

//! Glyph and word in capitals on the environment's colour; returns the width. `height` of the box is the rectangle's.
int environmentTagWidth(Environment environment);
void paintEnvironmentTag(QPainter *painter, const QRect &rect, Environment environment);

class EnvironmentBand final : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentBand(QWidget *parent = nullptr);
    void setEnvironment(std::optional<Environment> environment);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Environment> m_environment;
};

//! Tag and context name in one frame: where an act would happen. On dialogs and the palette.
class EnvironmentTag final : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentTag(QWidget *parent = nullptr);
    void setContext(Environment environment, const QString &name);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Environment m_environment = Environment::Development;
    QString m_name;
};

//! "PRODUCTION eu-prod, Triage": every window title begins with the word.
QString windowTitleOf(std::optional<Environment> environment, const QString &context, const QString &what);

} // namespace headgate
