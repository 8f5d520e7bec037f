// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/viewtest.h"
#include "themetokens.h"
#include "views/common/buttons.h"
#include "views/common/paintings.h"
#include "views/common/theme.h"
#include "views/gallery.h"

#include <QDir>
#include <QPainter>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace headgate;

/*! The design language: what the palette promises, what components show and say. Pictures go to $HEADGATE_PICTURES. */
class TestComponents : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void galleryInBothThemes();
    void aSparkLineTakesTwoSamples();
    void aButtonsSymbolHasTheColourOfItsText();
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

void TestComponents::aButtonsSymbolHasTheColourOfItsText()
{
    const auto strongest = [](const QPushButton &button) {
        const auto image = button.icon().pixmap(32, 32).toImage();
        QColor found;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const auto colour = image.pixelColor(x, y);
                found = colour.alpha() > found.alpha() || !found.isValid() ? colour : found;
            }
        }
        return found.rgb();
    };
    const std::unique_ptr<QPushButton> button(makeSmallButton(QStringLiteral("Copy")));
    setButtonSymbol(button.get(), QStringLiteral("copy"));
    QCOMPARE(strongest(*button), colours().text.rgb());
    setButtonKind(button.get(), ButtonKind::Primary);
    QCOMPARE(strongest(*button), colours().onAccent.rgb());
}

void TestComponents::aSparkLineTakesTwoSamples()
{
    const auto painted = [](const QList<float> &values) {
        QImage image(60, 20, QImage::Format_ARGB32);
        image.fill(Qt::white);
        const auto before = image;
        QPainter painter(&image);
        paintSpark(&painter, image.rect(), values, Qt::black);
        painter.end();
        return image != before;
    };
    QVERIFY(!painted({}));
    QVERIFY(!painted({7})); // a lone dot at the left would look like dirt
    QVERIFY(painted({7, 7}));
}

QTEST_MAIN(TestComponents)
#include "tst_components.moc"
