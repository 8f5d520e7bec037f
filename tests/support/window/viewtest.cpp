// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/viewtest.h"

#include "models/common/language.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>

namespace headgate {

void ViewTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("headgate-test"));
    QSettings().clear();
    installLanguage(*qApp);
    chooseApplicationFont();
    Theme::instance().choose(Theme::Choice::Light);
}

void ViewTest::cleanup()
{
    Theme::instance().choose(Theme::Choice::Light);
}

void ViewTest::cleanupTestCase()
{
    QSettings().clear();
}

} // namespace headgate
