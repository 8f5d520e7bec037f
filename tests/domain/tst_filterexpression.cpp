// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/filterexpression.h"
#include "support/cast/cast.h"

#include <QTest>

#include <random>

using namespace headgate;

namespace {

//! "!state=failed text ~fuzzy": an expression as a picture.
QString shown(const FilterExpression &expression)
{
    QStringList words;
    for (const auto &term : expression.terms) {
        const QString sign = term.negated ? QStringLiteral("!") : QString();
        switch (term.kind) {
        case FilterTerm::Kind::Text:
            words.append(sign + QLatin1Char('[') + term.value + QLatin1Char(']'));
            break;
        case FilterTerm::Kind::Fuzzy:
            words.append(sign + QLatin1Char('~') + term.value);
            break;
        case FilterTerm::Kind::Key:
            words.append(sign + term.key + QLatin1Char('=') + term.value);
            break;
        }
    }
    return words.join(u' ');
}

} // namespace

class TestFilterExpression : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void faultHasAColumn_data();
    void faultHasAColumn();
    void finds_data();
    void finds();
    void statesOfTomorrowAreFound();
    void everyTextParsesOrFails();
};

// Rows: UX-29
void TestFilterExpression::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("picture");
    // clang-format off
    QTest::newRow("nothing")       << ""                            << "";
    QTest::newRow("blanks")        << " \t "                        << "";
    QTest::newRow("word")          << "orders"                      << "[orders]";
    QTest::newRow("two words")     << "orders  sink"                << "[orders] [sink]";
    QTest::newRow("not")           << "!orders"                     << "![orders]";
    QTest::newRow("key")           << "state:failed"                << "state=failed";
    QTest::newRow("key's case")    << "STATE:failed"                << "state=failed";
    QTest::newRow("not key")       << "!team:CRM"                   << "!team=CRM";
    QTest::newRow("config")        << "config.Errors.Log:true"      << "config.Errors.Log=true";
    QTest::newRow("value's colon") << "worker:host:8083"            << "worker=host:8083";
    QTest::newRow("fuzzy")         << "-f ordsnk"                   << "~ordsnk";
    QTest::newRow("not fuzzy")     << "!-f ordsnk x"                << "!~ordsnk [x]";
    QTest::newRow("fuzzy colon")   << "-f a:b"                      << "~a:b";
    QTest::newRow("-foo is a word")<< "-foo"                        << "[-foo]";
    QTest::newRow("quoted")        << "\"a b\" c"                   << "[a b] [c]";
    QTest::newRow("quoted colon")  << "\"a:b\""                     << "[a:b]";
    QTest::newRow("quoted value")  << "team:\"Web analytics\" x"    << "team=Web analytics [x]";
    QTest::newRow("escape")        << "\"a\\\"b\\\\\""              << "[a\"b\\]";
    QTest::newRow("quote inside")  << "a\"b"                        << "[a\"b]";
    QTest::newRow("letters")       << "überweisung"                 << "[überweisung]";
    // clang-format on
}

void TestFilterExpression::parses()
{
    QFETCH(QString, text);
    const auto filter = parseFilter(text);
    QVERIFY2(filter, qPrintable(filter ? QString() : filter.error().message));
    QTEST(shown(*filter), "picture");
}

// Rows: UX-29
void TestFilterExpression::faultHasAColumn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    // clang-format off
    QTest::newRow("unknown key")    << "a colour:red"  << 2;
    QTest::newRow("no key")         << ":x"            << 0;
    QTest::newRow("config alone")   << "config.:x"     << 0;
    QTest::newRow("no value")       << "state: x"      << 6;
    QTest::newRow("no value, end")  << "state:"        << 6;
    QTest::newRow("empty quotes")   << "state:\"\""    << 6;
    QTest::newRow("bad type")       << "type:pump"     << 5;
    QTest::newRow("open quote")     << "a \"b c"       << 2;
    QTest::newRow("open value")     << "team:\"b c"    << 5;
    QTest::newRow("behind a quote") << "\"a\"b"        << 3;
    QTest::newRow("not alone")      << "a ! b"         << 2;
    QTest::newRow("not at end")     << "a !"           << 2;
    QTest::newRow("fuzzy alone")    << "-f"            << 0;
    QTest::newRow("empty word")     << "\"\""          << 0;
    // clang-format on
}

void TestFilterExpression::faultHasAColumn()
{
    QFETCH(QString, text);
    const auto filter = parseFilter(text);
    QVERIFY(!filter);
    QCOMPARE(filter.error().kind, ErrorKind::InvalidInput);
    QTEST(filter.error().code, "column");
}

// Rows: UX-29
void TestFilterExpression::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char *text, const char *names) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(names).split(u' ', Qt::SkipEmptyParts);
    };
    // clang-format off
    row("invoices",                     "invoices-jdbc-sink");
    row("JDBC sink",                    "invoices-jdbc-sink payments-ledger-jdbc-sink");
    row("jdbc !sink",                   "consents-jdbc-source prices-jdbc-source");
    row("-f lgcrm",                     "legacy-crm-sink");
    row("state:failed",                 "invoices-jdbc-sink");
    row("state:fail",                   "invoices-jdbc-sink");
    row("state:paused",                 "consents-jdbc-source loyalty-redis-sink");
    row("state:lagging",                "clickstream-http-sink");
    row("state:degraded type:source",   "salesforce-accounts-source stock-levels-mongo-source");
    row("team:\"web analytics\"",       "clickstream-http-sink sessions-elastic-sink");
    row("owner:billing",                "invoices-jdbc-sink");
    row("topic:orders",                 "orders-cdc-source orders-s3-sink");
    row("class:Snowflake",              "refunds-snowflake-sink");
    row("config.tasks.max:6 !shipments","clickstream-http-sink orders-s3-sink sessions-elastic-sink");
    row("config.none:6",                "");
    row("worker:connect-eu-3 crm",      "");
    row("worker:connect-eu-3 sales",    "salesforce-accounts-source");
    row("zzz",                          "");
    // clang-format on
}

void TestFilterExpression::finds()
{
    QFETCH(QString, text);
    const auto filter = parseFilter(text);
    QVERIFY(filter);
    QStringList names;
    for (const auto &facts : cast::snapshot().connectors) {
        if (matches(*filter, facts)) {
            names.append(facts.ref.name);
        }
    }
    QTEST(names, "names");
}

// Rows: UX-04
void TestFilterExpression::statesOfTomorrowAreFound()
{
    ConnectorFacts facts;
    facts.standing = Standing::Unknown;
    facts.status.connector = parseState(QStringLiteral("BANANA"));
    QVERIFY(matches(parseFilter(QStringLiteral("state:banana")).value(), facts));
    QVERIFY(matches(parseFilter(QStringLiteral("state:unknown")).value(), facts));
    QVERIFY(!matches(parseFilter(QStringLiteral("state:cherry")).value(), facts));
}

// Rows: UX-29
void TestFilterExpression::everyTextParsesOrFails()
{
    const auto seed = std::random_device {}();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const QString alphabet = QStringLiteral("ab:!\"\\ -f\t\n.") + QChar(0) + QChar(0x202e) + QChar(0xd800)
        + QStringLiteral("state:config.type:sink");
    const auto rows = cast::snapshot().connectors;
    for (int i = 0; i < 50'000; ++i) {
        QString text;
        for (auto length = random() % 24; length > 0; --length) {
            text.append(alphabet[static_cast<qsizetype>(random() % static_cast<unsigned>(alphabet.size()))]);
        }
        const auto filter = parseFilter(text);
        if (!filter) {
            QVERIFY2(filter.error().code >= 0 && filter.error().code <= text.size(), qPrintable(text));
            QVERIFY(!filter.error().message.isEmpty());
            continue;
        }
        for (const auto &term : filter->terms) {
            QVERIFY2(!term.value.isEmpty(), qPrintable(text));
        }
        // Words are and-ed: the whole says yes exactly where each word does.
        const auto &facts = rows[random() % rows.size()];
        const bool each
            = std::ranges::all_of(filter->terms, [&](const auto &term) { return matches({{term}}, facts); });
        QCOMPARE(matches(*filter, facts), each);
    }
}

QTEST_GUILESS_MAIN(TestFilterExpression)
#include "tst_filterexpression.moc"
