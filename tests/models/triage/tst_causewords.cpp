// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/causewords.h"

#include <QSet>
#include <QTest>

using namespace headgate;

namespace {

constexpr int kinds = int(CauseKind::Unknown) + 1;

TraceExplanation trace(CauseKind kind)
{
    TraceExplanation explanation;
    explanation.kind = kind;
    explanation.chain
        = {{QStringLiteral("org.apache.kafka.connect.errors.ConnectException"), QStringLiteral("Exiting.")},
            {QStringLiteral("org.example.FirstException"), QStringLiteral("ERROR: the reason\nDetail: more")}};
    explanation.first = 1;
    return explanation;
}

} // namespace

class TestCauseWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sentences_data();
    void sentences();
    void everyKindHasItsOwnSentenceAndAdvice();
    void firstClauseIsStrong();
    void whatTheTraceNamesIsUsed_data();
    void whatTheTraceNamesIsUsed();
    void foreignTextStaysPlainAndShort();
};

void TestCauseWords::sentences_data()
{
    QTest::addColumn<CauseKind>("kind");
    QTest::addColumn<QString>("sentence");
    const auto row = [](CauseKind kind, const char *sentence) {
        QTest::newRow(sentence) << kind << QString::fromUtf8(sentence);
    };
    row(CauseKind::Deserialization, "A record cannot be read: the reason.");
    row(CauseKind::SchemaRegistry, "The schema registry gave no usable schema: the reason.");
    row(CauseKind::Transformation, "A transformation failed: the reason.");
    row(CauseKind::RecordRefused, "billing-db refused a record: the reason.");
    row(CauseKind::TargetUnreachable, "billing-db cannot be reached: the reason.");
    row(CauseKind::TargetSlow, "billing-db answers too slowly: the reason.");
    row(CauseKind::AuthenticationTarget, "billing-db refused the login: the reason.");
    row(CauseKind::AuthenticationKafka, "The brokers refused the connector's login: the reason.");
    row(CauseKind::AuthorizationKafka, "The brokers do not permit access to a topic or group: the reason.");
    row(CauseKind::TopicMissing, "A topic does not exist: the reason.");
    row(CauseKind::OffsetLost, "The position it wants to read from is gone: the reason.");
    row(CauseKind::DeadLetterQueue, "The dead letter topic cannot be written: the reason.");
    row(CauseKind::ConfigInvalid, "The configuration does not work: the reason.");
    row(CauseKind::FileAccess, "A file cannot be opened: the reason.");
    row(CauseKind::OutOfMemory, "The worker ran out of memory: the reason.");
    row(CauseKind::RecordTooLarge, "A record is larger than allowed: the reason.");
    row(CauseKind::GroupConflict, "It lost its place in the consumer group: the reason.");
    row(CauseKind::Unknown, "No known pattern: the reason.");
}

// Rows: N16
void TestCauseWords::sentences()
{
    QFETCH(CauseKind, kind);
    QFETCH(QString, sentence);
    QCOMPARE(plainText(causeSentence(trace(kind), QStringLiteral("billing-db"))), sentence);
}

void TestCauseWords::everyKindHasItsOwnSentenceAndAdvice()
{
    QSet<QString> advices;
    for (int kind = 0; kind < kinds; ++kind) {
        const auto advice = causeAdvice(trace(CauseKind(kind)));
        QCOMPARE(advice.isEmpty(), CauseKind(kind) == CauseKind::Unknown); // no advice where nothing is known
        advices.insert(advice);
    }
    QCOMPARE(advices.size(), kinds);
}

void TestCauseWords::firstClauseIsStrong()
{
    for (int kind = 0; kind < kinds; ++kind) {
        const auto spans = causeSentence(trace(CauseKind(kind)), {});
        QCOMPARE(std::ranges::count(spans, true, &Span::strong), 1);
    }
}

void TestCauseWords::whatTheTraceNamesIsUsed_data()
{
    QTest::addColumn<CauseKind>("kind");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("begins");
    QTest::newRow("host") << CauseKind::TargetUnreachable << QStringLiteral("db-7:5432")
                          << QStringLiteral("db-7:5432 cannot be reached");
    QTest::newRow("topic") << CauseKind::TopicMissing << QStringLiteral("topic invoices")
                           << QStringLiteral("topic invoices does not exist");
    QTest::newRow("file") << CauseKind::FileAccess << QStringLiteral("/data/out.txt")
                          << QStringLiteral("/data/out.txt cannot be opened");
    QTest::newRow("right") << CauseKind::AuthorizationKafka << QStringLiteral("group connect-a")
                           << QStringLiteral("The brokers do not permit access to group connect-a");
}

void TestCauseWords::whatTheTraceNamesIsUsed()
{
    QFETCH(CauseKind, kind);
    QFETCH(QString, subject);
    QFETCH(QString, begins);
    auto explanation = trace(kind);
    explanation.subject = subject;
    const auto sentence = plainText(causeSentence(explanation, QStringLiteral("billing-db")));
    QVERIFY2(sentence.startsWith(begins), qPrintable(sentence));
}

void TestCauseWords::foreignTextStaysPlainAndShort()
{
    auto explanation = trace(CauseKind::RecordRefused);
    explanation.chain[1].message = QString(QStringLiteral("%1 <b>x</b> \u202E") + QString(1'000'000, u'y'));
    const auto sentence = plainText(causeSentence(explanation, QStringLiteral("a %2 db")));
    QVERIFY(sentence.size() < 320);
    QVERIFY2(sentence.startsWith(QLatin1String("a %2 db refused a record: %1 <b>x</b> ")), qPrintable(sentence));
    QVERIFY(!sentence.contains(QChar(0x202E)));
}

QTEST_GUILESS_MAIN(TestCauseWords)
#include "tst_causewords.moc"
