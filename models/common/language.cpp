// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace headgate {

namespace {

void install(QCoreApplication &application, const QLocale &locale)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(locale, QStringLiteral("headgate"), QStringLiteral("_"), QStringLiteral(":/i18n"))) {
        application.installTranslator(translator);
    } else {
        delete translator;
    }
}

} // namespace

void installLanguage(QCoreApplication &application)
{
    install(application, QLocale(QLocale::English));
    if (const QLocale locale; locale.language() != QLocale::English && locale.language() != QLocale::C) {
        install(application, locale);
    }
}

} // namespace headgate
