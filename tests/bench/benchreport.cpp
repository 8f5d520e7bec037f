// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/benchreport.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>

#include <unistd.h>

namespace headgate::bench {

double Samples::percentile(double percent) const
{
    auto sorted = m_values;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = size_t(std::ceil(percent / 100.0 * double(sorted.size())));
    return sorted.at(std::clamp<size_t>(rank, 1, sorted.size()) - 1);
}

QString inWords(const Samples &samples, const QString &unit)
{
    if (samples.count() == 1) {
        return QStringLiteral("%1 %2").arg(samples.median(), 0, 'f', 1).arg(unit);
    }
    return QStringLiteral("median %1 %4, p99 %2 %4 (%3 runs)")
        .arg(samples.median(), 0, 'f', 1)
        .arg(samples.percentile(99), 0, 'f', 1)
        .arg(samples.count())
        .arg(unit);
}

namespace {

QString verdict(const Row &row, bool coloured)
{
    if (!row.target) {
        return {};
    }
    const bool met = row.judged <= *row.target;
    const auto word
        = met ? QStringLiteral("met") : (row.blocking ? QStringLiteral("MISSED, blocking") : QStringLiteral("MISSED"));
    return coloured ? QString(QLatin1String(met ? "\033[32m" : "\033[31m") + word + QLatin1String("\033[0m")) : word;
}

} // namespace

bool print(const std::vector<Row> &rows)
{
    QTextStream out(stdout);
    const bool coloured = ::isatty(STDOUT_FILENO) != 0;
    bool good = true;
    for (const auto &row : rows) {
        const auto target = row.target ? QStringLiteral("target <= %1 %2").arg(*row.target).arg(row.unit)
                                       : QStringLiteral("for comparison");
        out << row.id.leftJustified(8) << row.what.leftJustified(74) << row.measured.leftJustified(48)
            << target.leftJustified(20) << verdict(row, coloured) << '\n';
        good = good && !(row.blocking && row.target && row.judged > *row.target);
    }
    return good;
}

} // namespace headgate::bench
