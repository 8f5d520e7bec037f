// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace headgate {

/*! What goes to the terminal: lines, or one JSON document. Faults go to stderr as a sentence, with --json to stdout as
 * `error`. Text from outside is made harmless by whoever gives it (models/common/showntext). Main thread. */
class Report
{
public:
    explicit Report(bool json)
        : m_json(json)
    {
    }
    bool isJson() const { return m_json; }
    void line(const QString &text = {}) const;      //!< nothing with --json
    void note(const QString &text) const;           //!< to stderr, also with --json
    void document(const QJsonObject &object) const; //!< nothing without --json
    void fault(const Error &error) const;

private:
    bool m_json;
};

QJsonObject toJson(const Error &error);

/*! Rows as aligned columns, two blanks between; the last column is not padded. An empty row stays an empty line, a row
 * of one cell runs over all columns. */
QStringList aligned(const std::vector<QStringList> &rows);

} // namespace headgate
