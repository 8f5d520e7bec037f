// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/rowtablemodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTest>

using namespace headgate;

namespace {

struct Letter
{
    QString key;
    int left = 0;
    int right = 0;

    bool operator==(const Letter &) const = default;
};

//! Two value columns besides the key; tells precisely which column changed.
class LetterModel final : public RowTableModel<Letter, QString>
{
protected:
    const QString &keyOf(const Letter &row) const override { return row.key; }
    int columns() const override { return 3; }
    QVariant cell(const Letter &row, int column, int role) const override
    {
        return role != Qt::DisplayRole ? QVariant()
            : column == 0              ? QVariant(row.key)
                                       : QVariant(column == 1 ? row.left : row.right);
    }
    QVariant header(int column, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(column) : QVariant();
    }
    std::uint32_t changedColumns(const Letter &before, const Letter &after) const override
    {
        return (before.left != after.left ? 2U : 0U) | (before.right != after.right ? 4U : 0U);
    }
};

//! "a b2 c": keys with an optional number for the left column.
std::vector<Letter> letters(const QString &text)
{
    std::vector<Letter> rows;
    for (const auto &word : text.split(u' ', Qt::SkipEmptyParts)) {
        rows.push_back({word.left(1), word.mid(1).toInt(), 0});
    }
    return rows;
}

QString shown(const LetterModel &model)
{
    QStringList words;
    for (const auto &row : model.rows()) {
        words << (row.left == 0 ? row.key : QString(row.key + QString::number(row.left)));
    }
    return words.join(u' ');
}

//! Writes down every signal, so that a test reads like a picture: "+1-2" rows inserted, "-0-0" removed, "~2-2:1-1"
//! changed in columns.
class Witness : public QObject
{
public:
    explicit Witness(const LetterModel &model)
    {
        connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int a, int b) { note(u'+', a, b); });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int a, int b) { note(u'-', a, b); });
        connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &a, const QModelIndex &b) {
            note(u'~', a.row(), b.row());
            m_seen.back() += QStringLiteral(":%1-%2").arg(a.column()).arg(b.column());
        });
        connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_seen << QStringLiteral("reset"); });
        connect(&model, &QAbstractItemModel::layoutChanged, this, [this] { m_seen << QStringLiteral("layout"); });
    }
    QString seen() const { return m_seen.join(u' '); }

private:
    void note(QChar kind, int a, int b) { m_seen << QStringLiteral("%1%2-%3").arg(kind).arg(a).arg(b); }
    QStringList m_seen;
};

} // namespace

class TestRowTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void merge_data();
    void merge();
    void persistentIndexFollowsItsRow();
    void randomMergesEndRight();
    void tenThousandRowsChangeInOneSignal();
};

void TestRowTableModel::merge_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("signalsSeen");
    const auto row = [](const char *name, const char *before, const char *after, const char *seen) {
        QTest::newRow(name) << QString::fromLatin1(before) << QString::fromLatin1(after) << QString::fromLatin1(seen);
    };
    row("first picture", "", "a b c", "+0-2");
    row("nothing changed, nothing said", "a b c", "a b c", "");
    row("one value", "a b c", "a b7 c", "~1-1:1-1");
    row("neighbours in one run", "a b c d", "a b1 c1 d", "~1-2:1-1");
    row("two runs", "a b c d", "a1 b c1 d", "~0-0:1-1 ~2-2:1-1");
    row("insert in front, middle, end", "b d", "a b c d e", "+0-0 +2-2 +4-4");
    row("remove from the end on", "a b c d e", "b d", "-4-4 -2-2 -0-0");
    row("run removed", "a b c d", "a d", "-1-2");
    row("all gone", "a b c", "", "-0-2");
    row("all others", "a b", "c d", "-0-1 +0-1");
    row("everything at once", "a b c", "b9 c d", "-0-0 ~0-0:1-1 +2-2");
    row("unsorted input", "", "c a b", "+0-2");
    row("double key: one is kept", "", "a1 a2 b", "+0-1");
}

void TestRowTableModel::merge()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, signalsSeen);
    LetterModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(letters(before));
    const Witness witness(model);
    model.setRows(letters(after));
    QCOMPARE(witness.seen(), signalsSeen);
}

void TestRowTableModel::persistentIndexFollowsItsRow()
{
    LetterModel model;
    model.setRows(letters(QStringLiteral("b d f")));
    const QPersistentModelIndex selected(model.index(1, 0));
    model.setRows(letters(QStringLiteral("a b c d5 e")));
    QVERIFY(selected.isValid());
    QCOMPARE(selected.data().toString(), QStringLiteral("d"));
    model.setRows(letters(QStringLiteral("a b")));
    QVERIFY(!selected.isValid());
}

void TestRowTableModel::randomMergesEndRight()
{
    const auto seed = QRandomGenerator::global()->generate();
    qInfo() << "seed" << seed;
    QRandomGenerator random(seed);
    LetterModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int round = 0; round < 300; ++round) {
        QStringList words;
        for (char16_t c = u'a'; c <= u'z'; ++c) {
            if (random.bounded(3) > 0) {
                const auto value = random.bounded(3);
                words << (value == 0 ? QString(QChar(c)) : QString(QChar(c) + QString::number(value)));
            }
        }
        model.setRows(letters(words.join(u' ')));
        QCOMPARE(shown(model), words.join(u' '));
    }
}

void TestRowTableModel::tenThousandRowsChangeInOneSignal()
{
    std::vector<Letter> rows;
    for (int i = 0; i < 10'000; ++i) {
        rows.push_back({QStringLiteral("%1").arg(i, 5, 10, QLatin1Char('0')), 0, 0});
    }
    LetterModel model;
    model.setRows(rows);
    const Witness witness(model);
    for (auto &row : rows) {
        row.right = 1;
    }
    model.setRows(rows);
    QCOMPARE(witness.seen(), QStringLiteral("~0-9999:2-2"));
}

QTEST_GUILESS_MAIN(TestRowTableModel)
#include "tst_rowtablemodel.moc"
