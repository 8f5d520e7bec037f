// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/converter.h"

#include <QTest>

using namespace headgate;

namespace {

QByteArray repeated(const char *what, int times)
{
    return QByteArray(what).repeated(times);
}

void plainRow(const char *name, const QByteArray &bytes, const char *cause)
{
    QTest::newRow(name) << bytes << false << QString::fromUtf8(cause);
}

void envelopeRow(const char *json, const char *cause)
{
    QTest::newRow(json) << QByteArray(json) << true << QString::fromUtf8(cause);
}

void typedRow(const char *schema, const char *payload, const char *cause)
{
    const auto json = QByteArray("{\"schema\":{") + schema + "},\"payload\":" + payload + '}';
    QTest::newRow(json.constData()) << json << true << QString::fromUtf8(cause);
}

constexpr auto envelope = "JsonConverter with schemas.enable requires";

} // namespace

/*! What Connect's converters take and refuse. Every row was measured on the JsonConverter of Kafka 3.9.1 and 4.1.0; the
 * cause is the beginning of its innermost message. */
class TestConverter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void json_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("schemas");
        QTest::addColumn<QString>("cause"); // empty: it is taken
        plainRow("object", "{\"a\":1}", "");
        plainRow("what follows is not read", "{\"a\":1} x", "");
        plainRow("nor directly behind", "\"x\"y", "");
        plainRow("nor a second number", "1 2", "");
        plainRow(
            "number runs into a word", "123abc", "Unexpected character ('a' (code 97)): Expected space separating");
        plainRow("leading zeros", "007", "");
        plainRow("leading zeros inside", "[0123.5]", "");
        plainRow("negative leading zero", "-01", "");
        plainRow("no digit after the point", "1.", "Unexpected end-of-input");
        plainRow("no digit before the point", ".5", "Unexpected character ('.' (code 46)): expected a valid value");
        plainRow("plus", "+1", "Unexpected character ('+' (code 43))");
        plainRow("minus alone", "{\"a\":-}", "Unexpected character ('}' (code 125)) in numeric value: expected digit");
        plainRow("not a number", "{\"a\":NaN}", "Non-standard token 'NaN'");
        plainRow("beyond a double", "1e400", "");
        plainRow("beyond int64", "99999999999999999999999", "");
        plainRow("word", "bad", "Unrecognized token 'bad'");
        plainRow("words", "not json", "Unrecognized token 'not'");
        plainRow("cut word", "tru", "Unrecognized token 'tru'");
        plainRow("empty", "", "");
        plainRow("blank", "   ", "");
        plainRow("open object", "{", "Unexpected end-of-input: expected close marker for Object");
        plainRow("open array", "[1,2", "Unexpected end-of-input: expected close marker for Array");
        plainRow("name without quotes", "{a:1}", "Unexpected character ('a' (code 97)): was expecting double-quote");
        plainRow("comma at the end", "{\"a\":1,}", "Unexpected character ('}' (code 125)): was expecting double-quote");
        plainRow("comma at the end of a list", "[1,]", "Unexpected character (']' (code 93)): expected a value");
        plainRow("missing comma", "{\"a\":1 \"b\":2}", "Unexpected character ('\"' (code 34)): was expecting comma");
        plainRow("missing colon", "{\"a\" 1}", "Unexpected character ('1' (code 49)): was expecting a colon");
        plainRow("comment", "//c\n1", "Unexpected character ('/' (code 47))");
        plainRow("name twice", "{\"a\":1,\"a\":2}", "");
        plainRow("unknown escape", "\"\\q\"", "Unrecognized character escape 'q' (code 113)");
        plainRow("short escape", "\"\\u12\"", "Unexpected character ('\"' (code 34)): expected a hex-digit");
        plainRow("tab in a string", "\"a\tb\"", "Illegal unquoted character ((CTRL-CHAR, code 9))");
        plainRow("half a pair", "\"\\ud800\"", "");
        plainRow("byte order mark", "\xEF\xBB\xBF{\"a\":1}", "");
        plainRow("start byte", QByteArray("\"\xff\""), "Invalid UTF-8 start byte 0xff");
        plainRow("middle byte as start", QByteArray("\"\x80\""), "Invalid UTF-8 start byte 0x80");
        plainRow("five bytes", QByteArray("\"\xf8\x80\x80\x80\""), "Invalid UTF-8 start byte 0xf8");
        plainRow("cut character", QByteArray("\"\xe2\x82\""), "Invalid UTF-8 middle byte 0x22");
        plainRow("overlong", QByteArray("\"\xc0\x80\""), "");
        plainRow("UTF-16", QByteArray("\0{\0}", 4), "");
        plainRow("UTF-16, little end first", QByteArray("{\0}\0", 4), "");
        plainRow("a registry's frame", QByteArray("\0\0\0\0\1\2\3", 7), "Illegal character ((CTRL-CHAR, code 0))");
        plainRow("form feed", "\f{}", "Illegal character ((CTRL-CHAR, code 12))");
        plainRow("1000 levels", repeated("[", 1000) + repeated("]", 1000), "");
        plainRow("1001 levels", repeated("[", 1001) + repeated("]", 1001), "Document nesting depth (1001) exceeds");
        plainRow("1000 digits", repeated("1", 1000), "");
        plainRow("1001 digits", repeated("1", 1001), "Number value length (1001) exceeds");
        plainRow("long name", "{\"" + repeated("k", 50'001) + "\":1}", "Name length (50001) exceeds");
        envelopeRow("{\"a\":1}", envelope);
        envelopeRow("", envelope);
        envelopeRow("null", envelope);
        envelopeRow("{\"schema\":null,\"payload\":1}", "");
        envelopeRow("{\"payload\":1,\"schema\":null}", "");
        envelopeRow("{\"schema\":null,\"payload\":1,\"x\":2}", envelope);
        envelopeRow("{\"schema\":null}", envelope);
        envelopeRow("{\"schema\":1,\"payload\":1}", "Schema must contain 'type' field");
        envelopeRow("{\"schema\":{\"type\":\"nope\"},\"payload\":1}", "Unknown schema type: nope");
        typedRow("\"type\":\"int32\"", "\"x\"", ""); // becomes 0 there
        typedRow("\"type\":\"int32\"", "null", "Invalid null value for required INT32 field");
        typedRow("\"type\":\"int32\",\"optional\":true", "null", "");
        typedRow("\"type\":\"int32\",\"default\":\"x\"", "null", "");
        typedRow("\"type\":\"bytes\"", "\"AA==\"", "");
        typedRow("\"type\":\"bytes\"", "\"!\"", "Invalid bytes field");
        typedRow("\"type\":\"array\"", "[]", "Array schema did not specify the element type");
        typedRow(
            "\"type\":\"array\",\"items\":{\"type\":\"int32\"}", "[1,null]", "Invalid null value for required INT32");
        typedRow("\"type\":\"map\",\"keys\":{\"type\":\"string\"}", "{}", "Map schema did not specify the value type");
        typedRow("\"type\":\"map\",\"keys\":{\"type\":\"string\"},\"values\":{\"type\":\"int32\"}", "{\"a\":1}", "");
        typedRow("\"type\":\"map\",\"keys\":{\"type\":\"string\"},\"values\":{\"type\":\"int32\"}", "[]",
            "Maps with string fields should be encoded as JSON objects, but found ARRAY");
        typedRow("\"type\":\"map\",\"keys\":{\"type\":\"int32\"},\"values\":{\"type\":\"int32\"}", "[[1,2]]", "");
        typedRow("\"type\":\"map\",\"keys\":{\"type\":\"int32\"},\"values\":{\"type\":\"int32\"}", "[[1]]",
            "Found invalid map entry, expected length 2");
        typedRow("\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"int32\"}]", "{\"a\":1,\"z\":2}", "");
        typedRow("\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"int32\"}]", "{}",
            "Invalid null value for required INT32 field");
        typedRow("\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"int32\"}]", "3",
            "Structs should be encoded as JSON objects, but found NUMBER");
        typedRow("\"type\":\"struct\",\"fields\":[1]", "{}", "Struct schema's field name not specified properly");
        typedRow("\"type\":\"int64\",\"name\":\"org.apache.kafka.connect.data.Timestamp\"", "\"x\"",
            "Invalid type for Timestamp, underlying representation");
    }
    void json()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, schemas);
        QFETCH(QString, cause);
        const auto refusal = refusalOf(StockConverter::Json, schemas, bytes);
        QCOMPARE(refusal.has_value(), !cause.isEmpty());
        if (refusal) {
            const auto &last = refusal->back();
            QVERIFY2(last.message.startsWith(cause), qPrintable(last.message));
            QCOMPARE(refusal->front().exceptionClass, QStringLiteral("org.apache.kafka.connect.errors.DataException"));
        }
    }

    void fixedSizes_data()
    {
        QTest::addColumn<StockConverter>("converter");
        QTest::addColumn<int>("takes");
        QTest::newRow("boolean") << StockConverter::Boolean << 1;
        QTest::newRow("short") << StockConverter::Short << 2;
        QTest::newRow("integer") << StockConverter::Integer << 4;
        QTest::newRow("long") << StockConverter::Long << 8;
        QTest::newRow("float") << StockConverter::Float << 4;
        QTest::newRow("double") << StockConverter::Double << 8;
    }
    void fixedSizes()
    {
        QFETCH(StockConverter, converter);
        QFETCH(int, takes);
        for (int size = 0; size < 10; ++size) {
            QCOMPARE(refusalOf(converter, true, QByteArray(size, '\0')).has_value(), size != takes);
        }
        QVERIFY(!refusalOf(converter, true, std::nullopt));
    }

    void whatIsNoBooleanIsRefused() { QVERIFY(refusalOf(StockConverter::Boolean, true, QByteArray("\2"))); }

    void textAndBytesTakeEverything()
    {
        for (const auto converter : {StockConverter::String, StockConverter::ByteArray}) {
            QVERIFY(!refusalOf(converter, true, QByteArray("\xff\0\1", 3)));
            QVERIFY(!refusalOf(converter, true, QByteArray()));
        }
    }

    void choices_data()
    {
        QTest::addColumn<QString>("className");
        QTest::addColumn<int>("stock"); // -1: unknown
        QTest::newRow("json") << QStringLiteral("org.apache.kafka.connect.json.JsonConverter")
                              << int(StockConverter::Json);
        QTest::newRow("simple name") << QStringLiteral("StringConverter") << int(StockConverter::String);
        QTest::newRow("avro") << QStringLiteral("io.confluent.connect.avro.AvroConverter")
                              << int(StockConverter::Framed);
        QTest::newRow("somebody's own") << QStringLiteral("com.acme.JsonConverter") << -1;
        QTest::newRow("the worker's") << QString() << -1;
    }
    void choices()
    {
        QFETCH(QString, className);
        QFETCH(int, stock);
        const auto choice = converterChoice({{QStringLiteral("value.converter"), className}}, RecordSide::Value);
        QCOMPARE(choice.stock ? int(*choice.stock) : -1, stock);
        QVERIFY(choice.schemas); // Connect's default
    }
};

QTEST_GUILESS_MAIN(TestConverter)
#include "tst_converter.moc"
