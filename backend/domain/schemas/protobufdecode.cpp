// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schemas/schemadecode.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>

#include <optional>
#include <vector>

namespace headgate {

namespace {

namespace pb = google::protobuf;

tl::unexpected<Error> fault(ErrorKind kind, const QString &why)
{
    return failure({.kind = kind, .message = why});
}

//! Without it the library writes to standard error.
class Silent final : public pb::io::ErrorCollector, public pb::DescriptorPool::ErrorCollector
{
public:
    void AddError(int, pb::io::ColumnNumber, const std::string &) override { }
    void AddError(
        const std::string &, const std::string &, const pb::Message *, ErrorLocation, const std::string &) override
    {
    }
};

const pb::FileDescriptor *add(pb::DescriptorPool &pool, const std::string &name, const QByteArray &text)
{
    if (const auto *known = pool.FindFileByName(name)) {
        return known; // google/protobuf/timestamp.proto and its like are there already
    }
    Silent silent;
    pb::io::ArrayInputStream in(text.constData(), int(text.size()));
    pb::io::Tokenizer tokens(&in, &silent);
    pb::compiler::Parser parser;
    parser.RecordErrorsTo(&silent);
    pb::FileDescriptorProto file;
    if (!parser.Parse(&tokens, &file)) {
        return nullptr;
    }
    file.set_name(name);
    return pool.BuildFileCollectingErrors(file, &silent);
}

//! Zigzag, as Confluent writes indexes.
std::optional<int> index(const QByteArray &bytes, qsizetype &at)
{
    constexpr int most = 5;
    std::uint32_t raw = 0;
    for (int i = 0; i < most && at < bytes.size(); ++i) {
        const auto byte = std::uint8_t(bytes[at++]);
        raw |= std::uint32_t(byte & 0x7fU) << (7 * i);
        if ((byte & 0x80U) == 0) {
            return int(raw >> 1U) ^ -int(raw & 1U);
        }
    }
    return {};
}

//! The way to the message: a count and as many indexes; a single zero stands for the first one.
const pb::Descriptor *messageIn(const pb::FileDescriptor &file, const QByteArray &bytes, qsizetype &at)
{
    constexpr int deepest = 32;
    const auto count = index(bytes, at);
    if (!count || *count < 0 || *count > deepest) {
        return nullptr;
    }
    std::vector<int> way;
    for (int i = 0; i < *count; ++i) {
        const auto step = index(bytes, at);
        if (!step) {
            return nullptr;
        }
        way.push_back(*step);
    }
    if (way.empty()) {
        way.push_back(0);
    }
    const pb::Descriptor *found = nullptr;
    for (const int step : way) {
        const int all = found ? found->nested_type_count() : file.message_type_count();
        if (step < 0 || step >= all) {
            return nullptr;
        }
        found = found ? found->nested_type(step) : file.message_type(step);
    }
    return found;
}

} // namespace

Result<QString> decodeProtobuf(const RegisteredSchema &schema, const QByteArray &bytes)
{
    [[maybe_unused]] static auto *const quiet = pb::SetLogHandler(nullptr); // it writes to standard error
    pb::DescriptorPool pool(pb::DescriptorPool::generated_pool());
    for (const auto &[name, text] : schema.references) {
        if (!add(pool, name.toStdString(), text)) {
            return fault(ErrorKind::InvalidInput,
                QStringLiteral("The Protobuf schema refers to %1, which cannot be read").arg(name));
        }
    }
    const auto *file = add(pool, "the.schema", schema.text);
    if (!file) {
        return fault(ErrorKind::InvalidInput, QStringLiteral("The Protobuf schema cannot be read"));
    }
    qsizetype at = 0;
    const auto *type = messageIn(*file, bytes, at);
    if (!type) {
        return fault(
            ErrorKind::InvalidAnswer, QStringLiteral("The bytes name a message that is not in the Protobuf schema"));
    }
    pb::DynamicMessageFactory factory(&pool);
    const std::unique_ptr<pb::Message> message(factory.GetPrototype(type)->New());
    if (!message->ParsePartialFromArray(bytes.constData() + at, int(bytes.size() - at))) {
        return fault(ErrorKind::InvalidAnswer, QStringLiteral("The bytes are not what the Protobuf schema says"));
    }
    pb::util::JsonPrintOptions options;
    options.add_whitespace = true;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = true; // a zero is a value, not nothing
    std::string json;
    if (!pb::util::MessageToJsonString(*message, &json, options).ok()) {
        return fault(ErrorKind::InvalidAnswer, QStringLiteral("The Protobuf message cannot be written as JSON"));
    }
    if (qsizetype(json.size()) > maxDecoded) {
        return fault(ErrorKind::TooLarge, QStringLiteral("More comes out than is shown"));
    }
    return QString::fromStdString(json).trimmed();
}

} // namespace headgate
