// SPDX-License-Identifier: GPL-3.0-or-later
#include "themetokens.h"
#include "views/colourscience.h"
#include "views/common/statelook.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace headgate;

namespace {

const QStringList surfaces {QStringLiteral("window"), QStringLiteral("surface"), QStringLiteral("sunken"),
    QStringLiteral("raised"), QStringLiteral("hover"), QStringLiteral("accentBg")};
const QStringList states {QStringLiteral("ok"), QStringLiteral("warn"), QStringLiteral("fail"),
    QStringLiteral("paused"), QStringLiteral("stopped"), QStringLiteral("unknown"), QStringLiteral("stale")};
const QStringList environments {QStringLiteral("development"), QStringLiteral("staging"), QStringLiteral("production")};
constexpr Sight sights[] {Sight::Normal, Sight::Deuteranopia, Sight::Protanopia};

} // namespace

/*! The palette's promises, measured from tokens.json itself, so that nobody spoils them by a small change. */
class TestPalette : public QObject
{
    Q_OBJECT

private:
    QJsonObject m_tokens;

    QColor at(const QString &theme, const QString &path) const
    {
        QJsonValue value = m_tokens.value(QStringLiteral("color")).toObject().value(theme);
        for (const auto &step : path.split(QLatin1Char('/'))) {
            value = value.toObject().value(step);
        }
        return QColor(value.toString());
    }
    void eachTheme() const
    {
        QTest::addColumn<QString>("theme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }
    //! `path` against every surface.
    void checkOnSurfaces(const QString &theme, const QString &path, double wanted) const
    {
        for (const auto &surface : surfaces) {
            const auto ratio = contrast(at(theme, path), at(theme, surface));
            QVERIFY2(
                ratio >= wanted, qPrintable(QStringLiteral("%1 %2 on %3: %4").arg(theme, path, surface).arg(ratio)));
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TOKENS));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_tokens = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(at(QStringLiteral("light"), QStringLiteral("state/ok/fg")).isValid());
    }
    void science();
    void headerIsTheFile_data() { eachTheme(); }
    void headerIsTheFile();
    void textContrast_data() { eachTheme(); }
    void textContrast();
    void graphicContrast_data() { eachTheme(); }
    void graphicContrast();
    void statesDiffer_data() { eachTheme(); }
    void statesDiffer();
    void seriesDiffer_data() { eachTheme(); }
    void seriesDiffer();
    void looksAreTheFiles();
};

//! Published pairs (Sharma et al., WCAG): the measure itself must be right before it judges.
void TestPalette::science()
{
    QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21) < 0.01);
    QCOMPARE(difference(Qt::red, Qt::red, Sight::Normal), 0.0);
    QVERIFY(difference(Qt::red, Qt::green, Sight::Normal) > 80);
    QVERIFY(difference(QColor(0xC0, 0x40, 0x40), QColor(0x70, 0x80, 0x20), Sight::Deuteranopia)
        < difference(QColor(0xC0, 0x40, 0x40), QColor(0x70, 0x80, 0x20), Sight::Normal));
}

void TestPalette::headerIsTheFile()
{
    QFETCH(QString, theme);
    const auto &c = theme == QLatin1String("dark") ? tokens::dark : tokens::light;
    QCOMPARE(c.window, at(theme, QStringLiteral("window")));
    QCOMPARE(c.link, at(theme, QStringLiteral("link")));
    QCOMPARE(c.fail.graphic, at(theme, QStringLiteral("state/fail/graphic")));
    QCOMPARE(c.stale.fg, at(theme, QStringLiteral("state/stale/fg")));
    QCOMPARE(c.production.bg, at(theme, QStringLiteral("environment/production/bg")));
}

void TestPalette::textContrast()
{
    QFETCH(QString, theme);
    for (const auto &role : {QStringLiteral("text"), QStringLiteral("textMuted"), QStringLiteral("link")}) {
        checkOnSurfaces(theme, role, 4.5);
    }
    for (const auto &state : states) {
        const QString path = QLatin1String("state/") + state;
        checkOnSurfaces(theme, path + QLatin1String("/fg"), 4.5);
        QVERIFY2(contrast(at(theme, path + QLatin1String("/fg")), at(theme, path + QLatin1String("/bg"))) >= 4.5,
            qPrintable(state));
    }
    QVERIFY(contrast(at(theme, QStringLiteral("onAccent")), at(theme, QStringLiteral("accent"))) >= 4.5);
    for (const auto &environment : environments) {
        const QString path = QLatin1String("environment/") + environment;
        QVERIFY2(contrast(at(theme, path + QLatin1String("/fg")), at(theme, path + QLatin1String("/bg"))) >= 4.5,
            qPrintable(environment));
    }
}

void TestPalette::graphicContrast()
{
    QFETCH(QString, theme);
    checkOnSurfaces(theme, QStringLiteral("controlBorder"), 3);
    checkOnSurfaces(theme, QStringLiteral("focus"), 3);
    for (const auto &state : states) {
        const QString path = QLatin1String("state/") + state;
        checkOnSurfaces(theme, path + QLatin1String("/graphic"), 3);
        QVERIFY2(contrast(at(theme, path + QLatin1String("/graphic")), at(theme, path + QLatin1String("/bg"))) >= 3,
            qPrintable(state));
    }
    for (const auto &environment : environments) {
        for (const auto &surface : {QStringLiteral("window"), QStringLiteral("surface")}) {
            const auto ratio = contrast(
                at(theme, QLatin1String("environment/") + environment + QLatin1String("/border")), at(theme, surface));
            QVERIFY2(ratio >= 3, qPrintable(environment));
        }
    }
}

void TestPalette::statesDiffer()
{
    QFETCH(QString, theme);
    const auto graphic = [&](const QString &state) {
        return at(theme, QLatin1String("state/") + state + QLatin1String("/graphic"));
    };
    for (const auto sight : sights) {
        for (qsizetype i = 0; i < states.size(); ++i) {
            for (qsizetype j = i + 1; j < states.size(); ++j) {
                const auto d = difference(graphic(states[i]), graphic(states[j]), sight);
                QVERIFY2(d >= 9, qPrintable(QStringLiteral("%1 and %2: %3").arg(states[i], states[j]).arg(d)));
            }
        }
        QVERIFY(difference(graphic(QStringLiteral("ok")), graphic(QStringLiteral("fail")), sight) >= 13);
        const auto production = at(theme, QStringLiteral("environment/production/bg"));
        QVERIFY(difference(production, graphic(QStringLiteral("fail")), sight) >= 20);
    }
}

void TestPalette::seriesDiffer()
{
    QFETCH(QString, theme);
    const auto series
        = m_tokens.value(QStringLiteral("chart"))
              .toObject()
              .value(theme == QLatin1String("dark") ? QStringLiteral("seriesDark") : QStringLiteral("seriesLight"))
              .toArray();
    QVERIFY(series.size() >= 6);
    for (int i = 0; i < 6; ++i) {
        for (int j = i + 1; j < 6; ++j) {
            const QColor one(series[i].toObject().value(QStringLiteral("color")).toString());
            const QColor two(series[j].toObject().value(QStringLiteral("color")).toString());
            for (const auto sight : sights) {
                QVERIFY2(difference(one, two, sight) >= 10, qPrintable(one.name() + QLatin1Char(' ') + two.name()));
            }
            QVERIFY(series[i].toObject().value(QStringLiteral("dash"))
                != series[j].toObject().value(QStringLiteral("dash")));
        }
    }
}

//! Shape and word of each state are the design's, and no two states share both glyph and word.
void TestPalette::looksAreTheFiles()
{
    const auto map = m_tokens.value(QStringLiteral("stateMap")).toObject();
    const std::pair<const char *, Standing> rows[] {{"RUNNING", Standing::Running}, {"FAILED", Standing::Failed},
        {"DEGRADED", Standing::Degraded}, {"UNASSIGNED", Standing::Unassigned}, {"RESTARTING", Standing::Restarting},
        {"PAUSED", Standing::Paused}, {"STOPPED", Standing::Stopped}, {"LAGGING", Standing::Lagging},
        {"UNREACHABLE", Standing::Unreachable}, {"UNKNOWN", Standing::Unknown}};
    QSet<QString> glyphs;
    for (const auto &[name, standing] : rows) {
        const auto wanted = map.value(QLatin1String(name)).toObject();
        QCOMPARE(lookOf(standing).icon, wanted.value(QStringLiteral("icon")).toString());
        QCOMPARE(lookOf(standing).word, wanted.value(QStringLiteral("word")).toString());
        glyphs.insert(lookOf(standing).icon);
    }
    QCOMPARE(glyphs.size(), int(std::size(rows)));
}

QTEST_GUILESS_MAIN(TestPalette)
#include "tst_palette.moc"
