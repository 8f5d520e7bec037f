// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <algorithm>
#include <utility>
#include <vector>

namespace headgate::test {

/*! A secret that is looked for wherever the program writes, in the forms in which text travels: as it is, in the other
 * case, Base64 (at each of the three places in a longer text), percent-encoded, JSON-escaped, UTF-16 (both orders),
 * broken over lines. Plain value. */
class Canary
{
public:
    //! Letters, digits and signs that each encoding writes differently; its first half alone would be a leak too.
    explicit Canary(QByteArray text = "C4n4ry+8/zQé7kW")
        : m_text(std::move(text))
    {
    }

    const QByteArray &bytes() const { return m_text; }
    QString text() const { return QString::fromUtf8(m_text); }

    //! Name and bytes of each form that is searched for as it stands.
    std::vector<std::pair<QByteArray, QByteArray>> forms() const
    {
        std::vector<std::pair<QByteArray, QByteArray>> all {{"plain", m_text.left(8)},
            {"percent", m_text.toPercentEncoding()}, {"JSON", escaped()}, {"UTF-16 LE", utf16(false)},
            {"UTF-16 BE", utf16(true)}};
        for (int before = 0; before < 3; ++before) { // only whole groups of three bytes look the same everywhere
            const auto coded = QByteArray(QByteArray(before, 'x') + m_text).toBase64(QByteArray::OmitTrailingEquals);
            const auto from = before == 0 ? 0 : 4;
            const auto to = coded.size() - coded.size() % 4 - 4;
            all.emplace_back("Base64", coded.mid(from, to - from));
        }
        return all;
    }

    //! The first form found in what was written, or nothing.
    QByteArray foundIn(const QByteArray &written) const
    {
        for (const auto &[name, form] : forms()) {
            if (written.contains(form)) {
                return name;
            }
        }
        if (written.toLower().contains(m_text.left(8).toLower())) {
            return "other case";
        }
        auto joined = written;
        for (const char *gap : {"\\\n", "\r", "\n", "\t", " "}) {
            joined.replace(gap, "");
        }
        return joined.contains(m_text) ? "broken over lines" : QByteArray();
    }
    //! For the failure's text: what stands around it, with the secret itself left out.
    QByteArray around(const QByteArray &written) const
    {
        const auto at = written.toLower().indexOf(m_text.left(8).toLower());
        return at < 0 ? QByteArray()
                      : QByteArray(written.mid(std::max<qsizetype>(0, at - 200), std::min<qsizetype>(at, 200)) + "[it]"
                            + written.mid(at + m_text.size(), 100));
    }

private:
    QByteArray escaped() const
    {
        QByteArray out;
        for (const auto unit : text()) {
            if (unit.unicode() < 0x80) {
                out += char(unit.unicode());
            } else {
                out += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
            }
        }
        return out;
    }
    QByteArray utf16(bool bigEndian) const
    {
        QByteArray out;
        for (const auto unit : text()) {
            const char low = char(unit.unicode() & 0xff), high = char(unit.unicode() >> 8);
            out.append(bigEndian ? high : low).append(bigEndian ? low : high);
        }
        return out;
    }

    QByteArray m_text;
};

} // namespace headgate::test
