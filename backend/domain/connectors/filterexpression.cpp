// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/filterexpression.h"

#include <algorithm>
#include <array>

namespace headgate {

namespace {

using Kind = FilterTerm::Kind;

constexpr auto configPrefix = QLatin1String("config.");

struct StandingWord
{
    QLatin1String word;
    Standing standing;
};
constexpr std::array standings {StandingWord {QLatin1String("failed"), Standing::Failed},
    StandingWord {QLatin1String("unreachable"), Standing::Unreachable},
    StandingWord {QLatin1String("degraded"), Standing::Degraded},
    StandingWord {QLatin1String("unassigned"), Standing::Unassigned},
    StandingWord {QLatin1String("lagging"), Standing::Lagging},
    StandingWord {QLatin1String("restarting"), Standing::Restarting},
    StandingWord {QLatin1String("unknown"), Standing::Unknown},
    StandingWord {QLatin1String("paused"), Standing::Paused},
    StandingWord {QLatin1String("stopped"), Standing::Stopped},
    StandingWord {QLatin1String("running"), Standing::Running}};

//! Reads the line once from left to right. Values only; lives for one call.
class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text)
    {
    }
    Result<FilterExpression> parse();

private:
    Result<FilterTerm> term();
    Result<FilterTerm> keyTerm(const QString &key, qsizetype begin);
    Result<QString> word(bool stopAtColon);
    void skipBlanks();
    bool atEnd() const { return m_at >= m_text.size(); }
    bool atWordEnd() const { return atEnd() || m_text[m_at].isSpace(); }
    static tl::unexpected<Error> fault(qsizetype column, const QString &what);

    const QString &m_text;
    qsizetype m_at = 0;
};

tl::unexpected<Error> Parser::fault(qsizetype column, const QString &what)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = what, .code = static_cast<int>(column)});
}

void Parser::skipBlanks()
{
    while (!atEnd() && m_text[m_at].isSpace()) {
        ++m_at;
    }
}

Result<FilterExpression> Parser::parse()
{
    FilterExpression expression;
    for (skipBlanks(); !atEnd(); skipBlanks()) {
        auto next = term();
        if (!next) {
            return tl::unexpected(next.error());
        }
        expression.terms.push_back(*std::move(next));
    }
    return expression;
}

//! A word up to a blank (or colon), quoted or not. In quotes, a backslash takes the next letter as it is.
Result<QString> Parser::word(bool stopAtColon)
{
    QString out;
    if (atEnd() || m_text[m_at] != u'"') {
        while (!atWordEnd() && !(stopAtColon && m_text[m_at] == u':')) {
            out.append(m_text[m_at++]);
        }
        return out;
    }
    const auto begin = m_at++;
    while (!atEnd() && m_text[m_at] != u'"') {
        m_at += m_text[m_at] == u'\\' && m_at + 1 < m_text.size() ? 1 : 0;
        out.append(m_text[m_at++]);
    }
    if (atEnd()) {
        return fault(begin, QStringLiteral("The quote is not closed"));
    }
    ++m_at;
    if (!atWordEnd()) {
        return fault(m_at, QStringLiteral("A blank is missing behind the quote"));
    }
    return out;
}

Result<FilterTerm> Parser::keyTerm(const QString &key, qsizetype begin)
{
    static constexpr std::array keys {QLatin1String("state"), QLatin1String("type"), QLatin1String("owner"),
        QLatin1String("team"), QLatin1String("topic"), QLatin1String("worker"), QLatin1String("class")};
    const auto name = key.toLower();
    const bool config = name.startsWith(configPrefix) && name.size() > configPrefix.size();
    if (!config && std::ranges::none_of(keys, [&](QLatin1String known) { return name == known; })) {
        return fault(
            begin, QStringLiteral("There is no key \"%1\"; put a name with a colon into quotes").arg(key.left(40)));
    }
    const auto at = ++m_at; // behind the colon
    auto value = word(false);
    if (!value) {
        return tl::unexpected(value.error());
    }
    if (value->isEmpty()) {
        return fault(at, QStringLiteral("A value is missing behind \"%1:\"").arg(name.left(40)));
    }
    if (name == QLatin1String("type") && parseConnectorType(value->toLower()) == ConnectorType::Unknown) {
        return fault(at, QStringLiteral("A type is source or sink"));
    }
    // A configuration key counts with its letters' case, our own keys don't.
    return FilterTerm {.kind = Kind::Key,
        .key = config ? QString(configPrefix + key.mid(configPrefix.size())) : name,
        .value = *value};
}

Result<FilterTerm> Parser::term()
{
    const auto begin = m_at;
    const bool negated = m_text[m_at] == u'!';
    m_at += negated ? 1 : 0;
    const bool fuzzy
        = QStringView(m_text).mid(m_at, 2) == u"-f" && (m_at + 2 >= m_text.size() || m_text[m_at + 2].isSpace());
    if (fuzzy) {
        m_at += 2;
        skipBlanks();
    }
    const auto at = m_at;
    const bool quoted = !atEnd() && m_text[m_at] == u'"';
    auto text = word(!fuzzy);
    if (!text) {
        return tl::unexpected(text.error());
    }
    Result<FilterTerm> answer = FilterTerm {.kind = fuzzy ? Kind::Fuzzy : Kind::Text, .value = *text};
    if (!fuzzy && !quoted && !atEnd() && m_text[m_at] == u':') {
        answer = keyTerm(*text, at);
    } else if (text->isEmpty()) {
        return fault(begin, QStringLiteral("A word is missing"));
    }
    if (answer) {
        answer->negated = negated;
    }
    return answer;
}

bool holds(const QString &text, const QString &part)
{
    return text.contains(part, Qt::CaseInsensitive);
}

bool isFuzzyMatch(QStringView name, QStringView letters)
{
    qsizetype next = 0;
    for (const auto c : name) {
        if (next < letters.size() && c.toCaseFolded() == letters[next].toCaseFolded()) {
            ++next;
        }
    }
    return next == letters.size();
}

//! By standing where the word begins one; else by the worker's own words, so that a state of tomorrow can be found.
bool hasState(const ConnectorFacts &facts, const QString &value)
{
    bool known = false;
    for (const auto &[word, standing] : standings) {
        if (QString(word).startsWith(value, Qt::CaseInsensitive)) {
            known = true;
            const bool counted = standing == Standing::Degraded && facts.standing == Standing::Unassigned;
            if (facts.standing == standing || counted) {
                return true;
            }
        }
    }
    const auto says = [&](const State &state) {
        return state.raw.startsWith(value, Qt::CaseInsensitive);
    };
    return !known
        && (says(facts.status.connector)
            || std::ranges::any_of(facts.status.tasks, [&](const TaskStatus &task) { return says(task.state); }));
}

bool hasConfig(const ConnectorFacts &facts, const QString &key, const QString &value)
{
    const auto *found = facts.info ? findConfig(facts.info->config, key) : nullptr;
    return found && holds(*found, value);
}

bool hasWorker(const ConnectorFacts &facts, const QString &value)
{
    return holds(facts.status.workerId, value)
        || std::ranges::any_of(facts.status.tasks, [&](const TaskStatus &task) { return holds(task.workerId, value); });
}

bool hasValue(const ConnectorFacts &facts, const FilterTerm &term)
{
    const auto &[key, value] = std::tie(term.key, term.value);
    if (key == QLatin1String("state")) {
        return hasState(facts, value);
    }
    if (key == QLatin1String("type")) {
        return facts.status.type == parseConnectorType(value.toLower());
    }
    if (key == QLatin1String("owner")) {
        return holds(facts.owner, value);
    }
    if (key == QLatin1String("team")) {
        return holds(facts.team, value);
    }
    if (key == QLatin1String("topic")) {
        return std::ranges::any_of(facts.topics, [&](const QString &topic) { return holds(topic, value); });
    }
    if (key == QLatin1String("worker")) {
        return hasWorker(facts, value);
    }
    return hasConfig(
        facts, key == QLatin1String("class") ? QStringLiteral("connector.class") : key.mid(configPrefix.size()), value);
}

bool matchesTerm(const FilterTerm &term, const ConnectorFacts &facts)
{
    switch (term.kind) {
    case Kind::Text:
        return holds(facts.ref.name, term.value);
    case Kind::Fuzzy:
        return isFuzzyMatch(facts.ref.name, term.value);
    case Kind::Key:
        return hasValue(facts, term);
    }
    return false;
}

} // namespace

Result<FilterExpression> parseFilter(const QString &text)
{
    return Parser(text).parse();
}

bool matches(const FilterExpression &filter, const ConnectorFacts &facts)
{
    return std::ranges::all_of(
        filter.terms, [&](const FilterTerm &term) { return matchesTerm(term, facts) != term.negated; });
}

} // namespace headgate
