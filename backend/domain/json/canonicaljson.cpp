// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json/canonicaljson.h"

#include <QString>

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <vector>

namespace headgate {

namespace {

constexpr size_t kDeepest = 200;

std::string quotedText(const std::string &text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

//! Takes the parser's events and writes each value as text, numbers with their own digits.
class Writer : public nlohmann::json_sax<nlohmann::json>
{
public:
    bool null() override { return add("null"); }
    bool boolean(bool value) override { return add(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
    bool number_float(number_float_t /*value*/, const string_t &digits) override { return add(digits); }
    bool string(string_t &value) override { return add(quotedText(value)); }
    bool binary(binary_t & /*value*/) override { return false; }
    bool start_object(size_t /*size*/) override { return open(true); }
    bool start_array(size_t /*size*/) override { return open(false); }
    bool key(string_t &name) override
    {
        m_open.back().name = name;
        return !m_open.back().members.contains(QString::fromStdString(name));
    }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(size_t /*at*/, const std::string & /*last*/, const nlohmann::detail::exception &error) override
    {
        m_error = QString::fromLatin1(error.what());
        return false;
    }

    const std::string &text() const { return m_text; }
    QString error() const { return m_error; }

private:
    struct Open
    {
        bool object = false;
        std::string name;                       // of the member that comes
        std::map<QString, std::string> members; // QString orders by UTF-16 units
        std::vector<std::string> elements;
    };

    bool add(std::string text)
    {
        if (m_open.empty()) {
            m_text = std::move(text);
        } else if (m_open.back().object) {
            m_open.back().members.emplace(
                QString::fromStdString(m_open.back().name), quotedText(m_open.back().name) + ":" + text);
        } else {
            m_open.back().elements.push_back(std::move(text));
        }
        return true;
    }
    bool open(bool object)
    {
        m_open.push_back({.object = object});
        return m_open.size() <= kDeepest;
    }
    bool close()
    {
        const auto done = std::move(m_open.back());
        m_open.pop_back();
        std::string inside;
        const auto append = [&](const std::string &each) {
            inside += (inside.empty() ? "" : ",") + each;
        };
        for (const auto &[name, member] : done.members) {
            append(member);
        }
        for (const auto &element : done.elements) {
            append(element);
        }
        return add(done.object ? "{" + inside + "}" : "[" + inside + "]");
    }

    std::vector<Open> m_open;
    std::string m_text;
    QString m_error = QStringLiteral("A name stands twice, or it is nested too deeply");
};

} // namespace

Result<QByteArray> canonicalJson(const QByteArray &text)
{
    Writer writer;
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &writer)) {
        return failure({.kind = ErrorKind::InvalidInput, .message = writer.error()});
    }
    return QByteArray::fromStdString(writer.text());
}

} // namespace headgate
