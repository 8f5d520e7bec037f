// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/prompts.h"

#include "views/common/buttons.h"
#include "views/common/plainlabel.h"
#include "views/common/sheet.h"

#include <QVBoxLayout>

namespace headgate {

namespace {

void fill(Sheet *sheet, const Question &question)
{
    auto *title = new PlainLabel(question.title, TextStyle::Section);
    auto *text = new PlainLabel(question.text);
    text->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    auto *safe = makeButton(question.safeButton, ButtonKind::Safe);
    safe->setDefault(true);
    safe->setObjectName(QStringLiteral("safe"));
    row->addWidget(safe);
    QObject::connect(safe, &QPushButton::clicked, sheet, &QDialog::reject);
    if (!question.otherButton.isEmpty()) {
        auto *other = makeButton(question.otherButton, question.dangerous ? ButtonKind::Danger : ButtonKind::Normal);
        other->setObjectName(QStringLiteral("other"));
        row->addWidget(other);
        QObject::connect(other, &QPushButton::clicked, sheet, &QDialog::accept);
    }
    sheet->content()->addWidget(title);
    sheet->content()->addWidget(text);
    sheet->content()->addLayout(row);
    safe->setFocus();
}

} // namespace

void SheetPrompts::ask(QWidget *window, Question question, std::function<void(bool)> answered)
{
    auto *sheet = new Sheet(window);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->setObjectName(QStringLiteral("prompt"));
    sheet->setEnvironment(question.environment, question.context, question.title);
    fill(sheet, question);
    QObject::connect(sheet, &QDialog::finished, sheet,
        [answered = std::move(answered)](int result) { answered(result == QDialog::Accepted); });
    sheet->open();
}

} // namespace headgate
