// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <functional>
#include <optional>

class QWidget;

namespace headgate {

/*! A question with two answers. The safe one is the default: Enter and Esc take it. */
struct Question
{
    QString title;
    QString text;
    QString safeButton;
    QString otherButton; //!< empty: there is only something to read
    bool dangerous = false;
    std::optional<Environment> environment {}; //!< whose band it wears
    QString context {};

    bool operator==(const Question &) const = default;
};

/*! Modal questions, behind a seam so that tests can answer them. Never a nested event loop: the answer comes later,
 * true for the other button, false for the safe one. GUI thread. */
class Prompts
{
public:
    virtual ~Prompts() = default;
    virtual void ask(QWidget *window, Question question, std::function<void(bool)> answered) = 0;
};

//! The real ones: a sheet over the window.
class SheetPrompts final : public Prompts
{
public:
    void ask(QWidget *window, Question question, std::function<void(bool)> answered) override;
};

} // namespace headgate
