// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/secretwords.h"

#include <QSet>
#include <QStringList>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

using Word = QLatin1String;

template <std::size_t N> bool contains(const std::array<Word, N> &words, const QString &word)
{
    return std::ranges::find(words, word) != words.end();
}

//! "basicAuth.user_info" -> basic, auth, user, info
QStringList wordsOf(QStringView key)
{
    QStringList words(1);
    for (qsizetype i = 0; i < key.size(); ++i) {
        const auto c = key[i];
        const bool breaks = !c.isLetterOrNumber();
        const bool camel = c.isUpper() && i > 0 && key[i - 1].isLower();
        if ((breaks || camel) && !words.last().isEmpty()) {
            words.append(QString());
        }
        if (!breaks) {
            words.last().append(c.toLower());
        }
    }
    if (words.last().isEmpty()) {
        words.removeLast();
    }
    return words;
}

bool namesPlaceOrKind(const QString &lastWord)
{
    static constexpr std::array harmless {Word("url"), Word("uri"), Word("endpoint"), Word("location"), Word("path"),
        Word("file"), Word("filename"), Word("class"), Word("provider"), Word("type"), Word("algorithm"), Word("ms"),
        Word("name"), Word("enabled"), Word("enable"), Word("length"), Word("iterations"), Word("interval"),
        Word("size"), Word("exception"), Word("error"), Word("policy"), Word("scope"), Word("mechanism"),
        Word("protocol"), Word("format"), Word("mode"), Word("version"), Word("count"), Word("seconds"), Word("prefix"),
        Word("suffix"), Word("field"), Word("column"), Word("source"), Word("required"), Word("allowed"),
        Word("converter"), Word("verifier"), Word("validator"), Word("factory")};
    return contains(harmless, lastWord);
}

bool isSecretWord(const QString &word)
{
    static constexpr std::array strong {Word("passwd"), Word("passphrase"), Word("pwd"), Word("pass"), Word("apikey"),
        Word("accesskey"), Word("secretkey"), Word("accountkey"), Word("privatekey"), Word("sharedaccesskey"),
        Word("accesstoken"), Word("sig"), Word("signature"), Word("sharedaccesssignature"), Word("jaas")};
    return contains(strong, word) || word.endsWith(Word("password")) || word.endsWith(Word("secret"))
        || word.endsWith(Word("secrets"));
}

//! Two words that make a secret together: "access.key", "user.info" (login and password of basic auth),
//! "connection.string".
bool isSecretPair(const QString &first, const QString &second)
{
    static constexpr std::array keyOwners {Word("api"), Word("access"), Word("private"), Word("secret"),
        Word("account"), Word("shared"), Word("encryption"), Word("signing"), Word("keystore"), Word("license"),
        Word("master")};
    return (second == Word("key") && contains(keyOwners, first)) || (first == Word("user") && second == Word("info"))
        || (first == Word("connection") && second == Word("string"));
}

enum class Kind { Upper, Lower, Digit, Other };

Kind kindOf(QChar c)
{
    if (c >= u'0' && c <= u'9') {
        return Kind::Digit;
    }
    if (c >= u'A' && c <= u'Z') {
        return Kind::Upper;
    }
    return c >= u'a' && c <= u'z' ? Kind::Lower : Kind::Other;
}

bool isHexKey(QStringView value)
{
    const auto isHex = [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    };
    return value.size() >= 32 && std::ranges::all_of(value, isHex);
}

} // namespace

Suspicion suspicionOf(QStringView key)
{
    const auto words = wordsOf(key);
    if (words.isEmpty() || namesPlaceOrKind(words.last())) {
        return Suspicion::None;
    }
    auto suspicion = Suspicion::None;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isSecretWord(words[i]) || (i > 0 && isSecretPair(words[i - 1], words[i]))) {
            return Suspicion::Strong;
        }
        if (words[i].endsWith(Word("token")) || words[i].startsWith(Word("credential"))
            || words[i] == Word("authorization") || words[i] == Word("cookie") || words[i] == Word("license")) {
            suspicion = Suspicion::Weak;
        }
    }
    return suspicion;
}

bool looksRandom(QStringView value)
{
    if (value.size() < 20 || value.size() > 512) {
        return false;
    }
    if (isHexKey(value)) {
        return true;
    }
    QSet<QChar> distinct;
    int changes = 0;
    auto last = Kind::Other;
    for (const auto c : value) {
        const auto kind = kindOf(c);
        if (kind == Kind::Other && !QStringView(u"+/=_-").contains(c)) {
            return false;
        }
        changes += kind != last ? 1 : 0;
        last = kind;
        distinct.insert(c);
    }
    // Random base64 changes its kind at every second letter, "OrdersCdcSourceConnector" at every third.
    return distinct.size() >= 10 && changes * 10 >= value.size() * 4;
}

} // namespace headgate
