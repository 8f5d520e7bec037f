// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/secrets.h"
#include "domain/connectors/secretwords.h"

#include <algorithm>

namespace headgate {

namespace {

/*! One pass over a text of any size; every look back or ahead is bounded or consumes what it saw, so time is linear.
 * Values only. */
class Redactor
{
public:
    explicit Redactor(QStringView text)
        : m_text(text)
    {
    }
    QString run();

private:
    void lookAt(qsizetype at);
    void hide(qsizetype from, qsizetype to);
    void hideUserInfo(qsizetype authority);
    void hideOracleLogin(qsizetype login);
    void hideValueOf(qsizetype separator);
    void hideLoginScheme(qsizetype blank);
    void hidePrivateKey(qsizetype begin);
    void hideToken(qsizetype begin);

    QStringView nameBefore(qsizetype separator) const;
    std::pair<qsizetype, qsizetype> valueAfter(qsizetype separator, bool wholeLine) const;
    qsizetype endOfLine(qsizetype from) const;
    bool startsWord(qsizetype at) const { return at == 0 || !m_text[at - 1].isLetterOrNumber(); }
    bool has(qsizetype at, QLatin1String what) const { return m_text.mid(at, what.size()) == what; }
    QChar charAt(qsizetype at) const { return at < m_text.size() ? m_text[at] : QChar(); }

    QStringView m_text;
    QString m_out;
    qsizetype m_copied = 0; //!< m_text before this is in m_out; also where to go on
};

const auto mask = QStringView(u"••••••");

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t';
}

bool isNameChar(QChar c)
{
    return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-';
}

bool isTokenChar(QChar c)
{
    return isNameChar(c) || c == u'+' || c == u'/' || c == u'=' || c == u'~';
}

//! Numbers, switches and what was hidden before are no secrets.
bool isHarmless(QStringView value, Suspicion suspicion)
{
    if (value.isEmpty() || value == mask || value == u"null" || value == u"[hidden]"
        || isSecretReference(value.toString())) {
        return true;
    }
    const bool number = std::ranges::all_of(value, [](QChar c) { return c.isDigit(); });
    return suspicion == Suspicion::Weak && (value == u"true" || value == u"false" || number);
}

QString Redactor::run()
{
    for (qsizetype at = 0; at < m_text.size(); ++at) {
        lookAt(at);
        at = std::max(at, m_copied - 1);
    }
    if (m_copied == 0) {
        return m_text.toString();
    }
    m_out.append(m_text.mid(m_copied));
    return m_out;
}

void Redactor::lookAt(qsizetype at)
{
    switch (m_text[at].unicode()) {
    case u':':
        if (has(at, QLatin1String("://"))) {
            hideUserInfo(at + 3);
        } else if (at >= 16 && has(at - 16, QLatin1String("jdbc:oracle:thin"))) {
            hideOracleLogin(at + 1);
        } else {
            hideValueOf(at);
        }
        break;
    case u'=':
        hideValueOf(at);
        break;
    case u' ':
        hideLoginScheme(at);
        break;
    case u'-':
        hidePrivateKey(at);
        break;
    case u'e':
    case u'A':
        hideToken(at);
        break;
    default: // a letter, not an enumeration
        break;
    }
}

void Redactor::hide(qsizetype from, qsizetype to)
{
    m_out.append(m_text.mid(m_copied, from - m_copied));
    m_out.append(mask);
    m_copied = to;
}

//! user:password@ after "://". A password may hold slashes; what follows a host's colon is a port of digits.
void Redactor::hideUserInfo(qsizetype authority)
{
    constexpr qsizetype bound = 2048;
    const auto limit = std::min(m_text.size(), authority + bound);
    qsizetype colon = -1;
    qsizetype sign = -1;
    qsizetype slash = -1;
    for (auto at = authority; at < limit; ++at) {
        const auto c = m_text[at];
        if (c.isSpace() || c == u'"' || c == u'\'' || c == u'<' || c == u'>') {
            break;
        }
        if (c == u':' && colon < 0 && slash < 0) {
            colon = at;
        } else if ((c == u'/' || c == u'?' || c == u'#') && slash < 0) {
            slash = at;
        } else if (c == u'@' && (slash < 0 || colon >= 0)) {
            sign = at;
            if (slash >= 0) {
                break; // behind the first slash only the nearest one can still end a login
            }
        }
    }
    if (sign < 0) {
        return;
    }
    const auto secret = colon >= 0 && colon < sign ? colon + 1 : authority;
    const auto value = m_text.mid(secret, sign - secret);
    const auto beforeSlash = slash >= 0 && slash < sign ? m_text.mid(secret, slash - secret) : QStringView();
    const bool port = !beforeSlash.isEmpty() && std::ranges::all_of(beforeSlash, [](QChar c) { return c.isDigit(); });
    const bool onlyUser = secret == authority && value.size() < 20; // a long one is a token in the user's place
    if (!port && !onlyUser && !isHarmless(value, Suspicion::Strong)) {
        hide(secret, sign);
    }
}

//! jdbc:oracle:thin:scott/tiger@//host:1521/service
void Redactor::hideOracleLogin(qsizetype login)
{
    constexpr qsizetype bound = 256;
    const auto part = m_text.mid(login, bound);
    const auto slash = part.indexOf(u'/');
    const auto sign = part.indexOf(u'@');
    if (slash > 0 && sign > slash + 1) {
        hide(login + slash + 1, login + sign);
    }
}

QStringView Redactor::nameBefore(qsizetype separator) const
{
    constexpr qsizetype bound = 96;
    const auto first = std::max(m_copied, separator - bound);
    auto end = separator;
    while (end > first && (isBlank(m_text[end - 1]) || QStringView(u"\"'\\").contains(m_text[end - 1]))) {
        --end;
    }
    auto begin = end;
    while (begin > first && isNameChar(m_text[begin - 1])) {
        --begin;
    }
    return m_text.mid(begin, end - begin);
}

qsizetype Redactor::endOfLine(qsizetype from) const
{
    const auto end = m_text.indexOf(u'\n', from);
    return end < 0 ? m_text.size() : end;
}

std::pair<qsizetype, qsizetype> Redactor::valueAfter(qsizetype separator, bool wholeLine) const
{
    auto begin = separator + 1;
    while (isBlank(charAt(begin))) {
        ++begin;
    }
    const bool escaped = charAt(begin) == u'\\' && (charAt(begin + 1) == u'"' || charAt(begin + 1) == u'\'');
    begin += escaped ? 1 : 0;
    const auto quote = charAt(begin);
    if (quote == u'"' || quote == u'\'') {
        auto end = ++begin;
        while (end < m_text.size() && m_text[end] != quote) {
            end += m_text[end] == u'\\' && !escaped ? 2 : 1;
        }
        end = std::min(end, m_text.size());
        const bool closed = end < m_text.size();
        return {begin, closed ? end - (escaped && m_text[end - 1] == u'\\' ? 1 : 0) : m_text.size()};
    }
    auto end = begin;
    int open = 0;
    const auto ends = [&](QChar c) {
        if (c.isSpace() || QStringView(u"&;\"'<>").contains(c)) {
            return true;
        }
        open += QStringView(u"{[(").contains(c) ? 1 : 0;
        if (QStringView(u")}]").contains(c) && open > 0) {
            --open;
            return false;
        }
        // Commas and brackets may belong to a password, unless a blank, another one or the end follows.
        const auto next = charAt(end + 1);
        return QStringView(u",)}]").contains(c)
            && (next.isNull() || next.isSpace() || QStringView(u",)}]").contains(next));
    };
    while (end < m_text.size() && (wholeLine ? m_text[end] != u'\n' && m_text[end] != u'"' : !ends(m_text[end]))) {
        ++end;
    }
    return {begin, end};
}

void Redactor::hideValueOf(qsizetype separator)
{
    const auto name = nameBefore(separator);
    auto suspicion = suspicionOf(name);
    const auto before = name.data() > m_text.data() ? *(name.data() - 1) : QChar();
    const bool inQuery = m_text[separator] == u'=' && (before == u'?' || before == u'&');
    if (inQuery && (name == u"key" || name == u"auth" || name == u"code")) {
        suspicion = Suspicion::Weak;
    }
    if (suspicion == Suspicion::None) {
        return;
    }
    const bool header = name.compare(u"authorization", Qt::CaseInsensitive) == 0 || name.endsWith(u"ookie");
    const auto [begin, end] = valueAfter(separator, header);
    const auto value = m_text.mid(begin, end - begin);
    const bool quoted = begin > 0 && begin - 1 > separator && QStringView(u"\"'").contains(m_text[begin - 1]);
    // "Invalid token: expected a number" is a sentence, "token: eyJhbGciOi..." is not.
    const bool sentence
        = suspicion == Suspicion::Weak && m_text[separator] == u':' && !quoted && !header && !looksRandom(value);
    if (!sentence && !isHarmless(value, suspicion)) {
        hide(begin, end);
    }
}

//! "Bearer abc", "Basic dXNlcjpwdw==" wherever they stand.
void Redactor::hideLoginScheme(qsizetype blank)
{
    const auto before = m_text.left(blank).right(6);
    const bool bearer = before.compare(u"Bearer", Qt::CaseInsensitive) == 0;
    const bool basic = before.endsWith(u"Basic", Qt::CaseInsensitive);
    if (!bearer && !basic) {
        return;
    }
    auto end = blank + 1;
    while (end < m_text.size() && isTokenChar(m_text[end])) {
        ++end;
    }
    const auto token = m_text.mid(blank + 1, end - blank - 1);
    // "Basic authentication" is a pair of words; a login in base64 ends in "=" or mixes its letters.
    if (token.size() >= 8 && (bearer ? token != u"authentication" : token.endsWith(u'=') || looksRandom(token))) {
        hide(blank + 1, end);
    }
}

void Redactor::hidePrivateKey(qsizetype begin)
{
    if (!has(begin, QLatin1String("-----BEGIN")) || m_text.mid(begin, 64).indexOf(u"PRIVATE KEY") < 0) {
        return;
    }
    const auto end = m_text.indexOf(u"-----END", begin);
    hide(begin,
        end < 0 ? m_text.size()
                : std::min(m_text.size(),
                      m_text.indexOf(u"-----", end + 8) < 0 ? m_text.size() : m_text.indexOf(u"-----", end + 8) + 5));
}

//! JSON web tokens and access key ids, known by their first letters.
void Redactor::hideToken(qsizetype begin)
{
    const bool web = has(begin, QLatin1String("eyJ"));
    const bool access = has(begin, QLatin1String("AKIA"));
    if ((!web && !access) || !startsWord(begin)) {
        return;
    }
    auto end = begin;
    while (end < m_text.size() && isTokenChar(m_text[end])) {
        ++end;
    }
    if (web ? end - begin >= 30 : end - begin == 20) {
        hide(begin, end);
    }
}

} // namespace

QString redacted(const QString &text)
{
    return Redactor(text).run();
}

} // namespace headgate
