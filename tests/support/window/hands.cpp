// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/hands.h"

#include "views/operations/operationdialog.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>

#include <algorithm>

namespace headgate {

using namespace std::chrono_literals;

OperationRequest pauseOf(const WindowLab &lab, const char *connector)
{
    return {.kind = OperationKind::Pause,
        .connector = {lab.contexts->current(), {QStringLiteral("main")}, QString::fromLatin1(connector)}};
}

OperationDialog *openPreview(WindowLab &lab, const OperationRequest &request)
{
    Q_EMIT lab.window->currentPage()->actRequested(request);
    auto *dialog = lab.window->findChild<OperationDialog *>();
    lab.world.clock->advanceUntil(
        [dialog] { return dialog->viewModel().state().phase != OperationViewModel::Phase::Asking; }, 30s);
    return dialog;
}

QPushButton *buttonNamed(const QWidget *parent, const QString &text)
{
    const auto buttons = parent->findChildren<QPushButton *>();
    const auto at = std::ranges::find(buttons, text, &QPushButton::text);
    return at == buttons.end() ? nullptr : *at;
}

bool tabTo(QWidget *window, const QWidget *wanted)
{
    for (int i = 0; i < 80 && !wanted->hasFocus(); ++i) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window, Qt::Key_Tab);
    }
    return wanted->hasFocus();
}

void press(const WindowLab &lab, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    auto *focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : lab.window.get(), key, modifiers);
}

} // namespace headgate
