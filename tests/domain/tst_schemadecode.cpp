// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schemas/schemadecode.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace headgate;

namespace {

const QByteArray customer = R"({"type":"record","name":"Customer","namespace":"shop","fields":[
    {"name":"id","type":"string"},
    {"name":"visits","type":["null","long"]},
    {"name":"tags","type":{"type":"array","items":"string"}},
    {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["PRIVATE","BUSINESS"]}},
    {"name":"limits","type":{"type":"map","values":"int"}},
    {"name":"parent","type":["null","Customer"]},
    {"name":"balance","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
    {"name":"mark","type":{"type":"fixed","name":"Mark","size":2}},
    {"name":"rate","type":"double"}]})";

const QByteArray proto = R"(syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
message Other { int32 n = 1; }
message Order {
  message Line { string sku = 1; int64 amount = 2; }
  string id = 1;
  repeated Line lines = 2;
  google.protobuf.Timestamp at = 3;
})";

QString compact(const QString &json)
{
    return QString::fromUtf8(QJsonDocument::fromJson(json.toUtf8()).toJson(QJsonDocument::Compact));
}

RegisteredSchema avro(const QByteArray &text)
{
    return {.id = 7, .kind = SchemaKind::Avro, .text = text};
}

} // namespace

class tst_SchemaDecode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void avroByHand_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("json"); // in brackets, so that a bare value is a document; empty: refused
        const auto row = [](const char *name, const char *schema, const char *hex, const char *json) {
            QTest::newRow(name) << QByteArray(schema) << QByteArray(hex) << QString::fromUtf8(json);
        };
        row("null", R"("null")", "", "[null]");
        row("true", R"("boolean")", "01", "[true]");
        row("two is no boolean", R"("boolean")", "02", "");
        row("minus one", R"("int")", "01", "[-1]");
        row("64", R"("int")", "8001", "[64]");
        row("least long", R"("long")", "ffffffffffffffffff01", "[-9223372036854775808]");
        row("eleven bytes of a long", R"("long")", "ffffffffffffffffffff01", "");
        row("double", R"("double")", "000000000000f83f", "[1.5]");
        row("NaN", R"("float")", "0000c07f", R"(["NaN"])");
        row("string", R"("string")", "06666f6f", R"(["foo"])");
        row("a string longer than there is", R"("string")", "08666f6f", "");
        row("a string of less than nothing", R"("string")", "01", "");
        row("bytes", R"("bytes")", "04dead", R"(["0xdead"])");
        row("second branch", R"(["null","string"])", "020261", R"(["a"])");
        row("no such branch", R"(["null","string"])", "04", "");
        row("array in two blocks", R"({"type":"array","items":"int"})", "0202020400", "[[1,2]]");
        row("array with its size", R"({"type":"array","items":"int"})",
            "03040204"
            "00",
            "[[1,2]]");
        row("a billion nulls", R"({"type":"array","items":"null"})", "80a8d6b90700", "");
        row("map", R"({"type":"map","values":"int"})",
            "02026102"
            "00",
            R"([{"a":1}])");
        row("enum", R"({"type":"enum","name":"E","symbols":["A","B"]})", "02", R"(["B"])");
        row("logical type as it is", R"({"type":"long","logicalType":"timestamp-millis"})", "02", "[1]");
        row("bytes left", R"("boolean")", "0100", "");
        row("nothing declared it", R"("Nobody")", "00", "");
        row("no JSON", "{", "00", "");
        row("record without end", R"({"type":"record","name":"L","fields":[{"name":"next","type":"L"}]})", "", "");
    }
    void avroByHand()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, hex);
        QFETCH(QString, json);
        const auto decoded = decodeAvro(avro(schema), QByteArray::fromHex(hex));
        QCOMPARE(decoded.has_value(), !json.isEmpty());
        if (decoded) {
            QCOMPARE(compact(QStringLiteral("[%1]").arg(*decoded)), compact(json));
        } else {
            QVERIFY(!decoded.error().message.isEmpty());
        }
    }

    void aRecordOfEverything()
    {
        const auto bytes = QByteArray::fromHex("00000004a0" // the frame, schema 1184
                                               "0443"
                                               "37"   // id "C7"
                                               "0254" // visits 42
                                               "0402610262"
                                               "00" // tags a, b
                                               "02" // BUSINESS
                                               "02046461"
                                               "14"
                                               "00" // limits da: 10
                                               "02" // a parent
                                               "0258"
                                               "00"
                                               "00"
                                               "00"
                                               "00"
                                               "00"
                                               "00"
                                               "ffff"
                                               "0000000000000000"
                                               "0401f4" // balance
                                               "beef"
                                               "0000000000000440");
        const auto decoded = decodeFramed(avro(customer), bytes);
        QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().message));
        QCOMPARE(compact(*decoded),
            compact(QStringLiteral(R"({"id":"C7","visits":42,"tags":["a","b"],"kind":"BUSINESS","limits":{"da":10},
                "parent":{"id":"X","visits":null,"tags":[],"kind":"PRIVATE","limits":{},"parent":null,"balance":"0x",
                "mark":"0xffff","rate":0.0},"balance":"0x01f4","mark":"0xbeef","rate":2.5})")));
    }

    void referencesAreKnownByTheirNames()
    {
        auto schema = avro(R"({"type":"record","name":"Order","fields":[{"name":"by","type":"shop.Kind"}]})");
        schema.references
            = {{QStringLiteral("kind"), R"({"type":"enum","name":"Kind","namespace":"shop","symbols":["A","B"]})"}};
        QCOMPARE(compact(decodeAvro(schema, QByteArray::fromHex("02")).value()), QStringLiteral(R"({"by":"B"})"));
        schema.references.clear();
        QCOMPARE(decodeAvro(schema, QByteArray::fromHex("02")).error().kind, ErrorKind::InvalidInput);
    }

    void jsonBehindTheFrame()
    {
        const RegisteredSchema schema {.id = 9, .kind = SchemaKind::Json, .text = "{}"};
        QCOMPARE(compact(decodeFramed(schema, QByteArray("\0\0\0\0\x09{\"a\":1}", 12)).value()),
            QStringLiteral(R"({"a":1})"));
        QVERIFY(!decodeFramed(schema, QByteArray("\0\0\0\0\x09nothing", 12)));
        QVERIFY(!decodeFramed(schema, QByteArray("\0\0\0\0\x09", 5) + QByteArray(5000, '[')));
        QVERIFY(!decodeFramed(schema, QByteArray("{\"a\":1}")));
        QVERIFY(!decodeFramed(schema, QByteArray("\0\0", 2)));
    }

    void protobufByHand_data()
    {
        QTest::addColumn<QByteArray>("hex"); // behind the frame's id
        QTest::addColumn<QString>("json");
        const auto row = [](const char *name, const char *hex, const char *json) {
            QTest::newRow(name) << QByteArray(hex) << QString::fromUtf8(json);
        };
        row("the first message, short",
            "00"
            "0805",
            R"({"n":5})");
        row("a zero is a value", "00", R"({"n":0})");
        row("the second",
            "0202"
            "0a024f37"
            "12060a014110ac02"
            "1a020801",
            R"({"id":"O7","lines":[{"sku":"A","amount":"300"}],"at":"1970-01-01T00:00:01Z"})");
        row("one inside another",
            "040200"
            "0a0141",
            R"({"sku":"A","amount":"0"})");
        row("no such message", "0206", "");
        row("a way of a million steps", "808092f401", "");
        row("cut",
            "0202"
            "0a05",
            "");
        row("nothing", "", "");
    }
    void protobufByHand()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, json);
        const RegisteredSchema schema {.id = 3, .kind = SchemaKind::Protobuf, .text = proto};
        const auto decoded = decodeFramed(schema, QByteArray("\0\0\0\0\x03", 5) + QByteArray::fromHex(hex));
        QVERIFY2(decoded.has_value() != json.isEmpty(), decoded ? "" : qPrintable(decoded.error().message));
        if (decoded) {
            QCOMPARE(compact(*decoded), compact(json));
        }
    }

    void aProtobufSchemaThatCannotBeRead()
    {
        const RegisteredSchema broken {.id = 3, .kind = SchemaKind::Protobuf, .text = "message {"};
        QCOMPARE(decodeProtobuf(broken, QByteArray(1, '\0')).error().kind, ErrorKind::InvalidInput);
        const RegisteredSchema lacking {.id = 3,
            .kind = SchemaKind::Protobuf,
            .text = R"(syntax="proto3"; import "x.proto"; message A { X x = 1; })"};
        QCOMPARE(decodeProtobuf(lacking, QByteArray(1, '\0')).error().kind, ErrorKind::InvalidInput);
        auto whole = lacking;
        whole.references = {{QStringLiteral("x.proto"), R"(syntax="proto3"; message X { int32 n = 1; })"}};
        QCOMPARE(compact(decodeProtobuf(whole, QByteArray::fromHex("000a020801")).value()),
            QStringLiteral(R"({"x":{"n":1}})"));
    }

    //! What takes few bytes to say must not take the memory of what it says.
    void whatWouldBeHugeIsRefused()
    {
        const auto kind = [](const RegisteredSchema &schema, const QByteArray &bytes) {
            const auto decoded = decodeFramed(schema, QByteArray(5, '\0') + bytes);
            return decoded ? std::nullopt : std::optional(decoded.error().kind);
        };
        const RegisteredSchema json {.id = 4, .kind = SchemaKind::Json, .text = "{}"};
        QByteArray nested(190, '[');
        for (int i = 0; i < 100'000; ++i) {
            nested += "1,";
        }
        nested += "1" + QByteArray(190, ']');
        QCOMPARE(kind(json, nested), std::optional(ErrorKind::TooLarge)); // 38 MB when it is indented
        QCOMPARE(kind(json, QByteArray(2 * 1024 * 1024, ' ')), std::optional(ErrorKind::TooLarge));
        // A million records of one field that takes no byte and has a long name.
        const auto name = QByteArray(500, 'n');
        const auto schema
            = avro("{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"" + name
                + "\",\"type\":\"null\"}]}}");
        QCOMPARE(kind(schema, QByteArray::fromHex("80897a00")), std::optional(ErrorKind::TooLarge));
    }

    //! Random bytes under every schema: an answer or an error, never a crash, never without end.
    void hostileBytes()
    {
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const RegisteredSchema schemas[] {avro(customer),
            avro(R"({"type":"array","items":{"type":"map","values":["null","bytes","string"]}})"),
            {.id = 3, .kind = SchemaKind::Protobuf, .text = proto}, {.id = 4, .kind = SchemaKind::Json, .text = "{}"}};
        int decoded = 0;
        for (int round = 0; round < 4000; ++round) {
            QByteArray bytes(5, '\0');
            for (int i = int(random.bounded(40)); i > 0; --i) {
                // Small numbers more often: they are lengths and branches that exist.
                bytes.append(char(random.bounded(3) == 0 ? random.bounded(256) : random.bounded(8)));
            }
            decoded += decodeFramed(schemas[round % 4], bytes) ? 1 : 0;
        }
        QVERIFY(decoded > 0);
    }
};

QTEST_APPLESS_MAIN(tst_SchemaDecode)
#include "tst_schemadecode.moc"
