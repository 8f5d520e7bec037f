// SPDX-License-Identifier: GPL-3.0-or-later
#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/theme.h"
#include "views/gallery.h"

#include <QDir>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace headgate;

/*! The design language: what the palette promises, what components show and say. Pictures go to $HEADGATE_PICTURES. */
class TestComponents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        chooseApplicationFont();
        Theme::instance();
    }
    void galleryInBothThemes();
};

void TestComponents::galleryInBothThemes()
{
    for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
        Theme::instance().choose(choice);
        const std::unique_ptr<QWidget> gallery(makeGallery());
        gallery->show();
        QVERIFY(QTest::qWaitForWindowExposed(gallery.get()));
        gallery->findChild<QPushButton *>(QStringLiteral("focused"))->setFocus();
        const auto picture = gallery->grab().toImage();
        QCOMPARE(picture.pixelColor(2, 2), colours().window);
        if (const auto folder = qEnvironmentVariable("HEADGATE_PICTURES"); !folder.isEmpty()) {
            picture.save(
                folder + QLatin1String(choice == Theme::Choice::Dark ? "/gallery-dark.png" : "/gallery-light.png"));
        }
    }
}

QTEST_MAIN(TestComponents)
#include "tst_components.moc"
