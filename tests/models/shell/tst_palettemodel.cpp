// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shell/palettemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace headgate;

//! What the palette finds for what is typed.
class TestPaletteModel : public QObject
{
    Q_OBJECT

private:
    static std::vector<PaletteEntry> entries()
    {
        using Kind = PaletteEntry::Kind;
        const auto entry = [](Kind kind, const char *group, const char *text, const char *reason = "") {
            return PaletteEntry {kind, QString::fromLatin1(text), QString::fromLatin1(group), QString::fromLatin1(text),
                {}, {}, {}, QString::fromLatin1(reason)};
        };
        return {entry(Kind::Action, "On invoices", "Restart failed task 1..."),
            entry(Kind::Action, "On invoices", "Resume...", "not paused"),
            entry(Kind::Connector, "Connectors", "invoices-jdbc-sink"),
            entry(Kind::Connector, "Connectors", "inventory-sink"), entry(Kind::Context, "Contexts", "eu-prod")};
    }
    //! "[heading]" and entries, top to bottom.
    static QStringList shown(const PaletteModel &model)
    {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto text = model.index(row).data().toString();
            lines << (model.entryAt(row) ? text : QStringLiteral("[%1]").arg(text));
        }
        return lines;
    }

private Q_SLOTS:
    void finds_data();
    void finds();
    void headingsCannotBeChosen();
    void manyEntriesAreCut();
};

void TestPaletteModel::finds_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("rows");
    const auto row = [](const char *query, const QStringList &rows) {
        QTest::newRow(query) << QString::fromLatin1(query) << rows;
    };
    const auto q = [](const char *text) {
        return QString::fromLatin1(text);
    };
    row("jdbc", {q("[Connectors]"), q("invoices-jdbc-sink")});
    row("inv re", {q("[On invoices]"), q("Restart failed task 1..."), q("Resume...")});
    row("RESUME", {q("[On invoices]"), q("Resume...")});
    row("> in", {q("[On invoices]"), q("Restart failed task 1..."), q("Resume...")});
    row("@", {q("[Contexts]"), q("eu-prod")});
    row("nothing like it", {});
}

void TestPaletteModel::finds()
{
    QFETCH(QString, query);
    QFETCH(QStringList, rows);
    PaletteModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries(entries());
    model.setQuery(query);
    QCOMPARE(shown(model), rows);
    QCOMPARE(model.total(), 5);
    QCOMPARE(model.firstEntryRow(), rows.isEmpty() ? -1 : 1);
}

void TestPaletteModel::headingsCannotBeChosen()
{
    PaletteModel model;
    model.setEntries(entries());
    QCOMPARE(model.flags(model.index(0)), Qt::NoItemFlags);
    QVERIFY(model.flags(model.index(1)) & Qt::ItemIsSelectable);
    QVERIFY(model.index(2).data(Qt::AccessibleTextRole).toString().contains(QLatin1String("not paused")));
}

void TestPaletteModel::manyEntriesAreCut()
{
    std::vector<PaletteEntry> many(
        5000, PaletteEntry {.id = QStringLiteral("x"), .group = QStringLiteral("g"), .text = QStringLiteral("x")});
    PaletteModel model;
    model.setEntries(many);
    QCOMPARE(model.fitting(), 5000);
    QCOMPARE(model.rowCount(), 201);
}

QTEST_GUILESS_MAIN(TestPaletteModel)
#include "tst_palettemodel.moc"
