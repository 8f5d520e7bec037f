// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace headgate::bench {

//! Measured values of one thing; at least one.
class Samples
{
public:
    void add(double value) { m_values.push_back(value); }
    double median() const { return percentile(50); }
    double percentile(double percent) const; //!< nearest rank
    double most() const { return percentile(100); }
    qsizetype count() const { return qsizetype(m_values.size()); }

private:
    std::vector<double> m_values;
};

//! One line of the report. A row with a target is met when `judged` is not above it.
struct Row
{
    QString id; //!< "PB-01"
    QString what;
    QString measured; //!< in words, e.g. "median 21.4 ms, p99 27.0 ms of 30"
    double judged = 0;
    std::optional<double> target; //!< absent: a figure to compare with, nothing promised
    QString unit;
    bool blocking = false; //!< named as blocking: a miss makes the program fail
};

//! "median 21.4 ms, p99 27.0 ms (30 runs)"
QString inWords(const Samples &samples, const QString &unit);

//! Prints the table (red where a target is missed and the output is a terminal); false when a blocking row is missed.
bool print(const std::vector<Row> &rows);

} // namespace headgate::bench
