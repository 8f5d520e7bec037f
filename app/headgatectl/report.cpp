// SPDX-License-Identifier: GPL-3.0-or-later
#include "report.h"

#include "domain/connectors/secrets.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"

#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace headgate {

namespace {

void put(std::FILE *to, const QString &text)
{
    const QByteArray bytes = text.toUtf8() + '\n';
    std::fwrite(bytes.data(), 1, static_cast<std::size_t>(bytes.size()), to);
    std::fflush(to);
}

QString kindWord(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorKind::DeadlineExceeded:
        return QStringLiteral("deadline-exceeded");
    case ErrorKind::Unreachable:
        return QStringLiteral("unreachable");
    case ErrorKind::TlsFailed:
        return QStringLiteral("tls-failed");
    case ErrorKind::AuthenticationFailed:
        return QStringLiteral("authentication-failed");
    case ErrorKind::NotPermitted:
        return QStringLiteral("not-permitted");
    case ErrorKind::NotFound:
        return QStringLiteral("not-found");
    case ErrorKind::Conflict:
        return QStringLiteral("conflict");
    case ErrorKind::Rebalancing:
        return QStringLiteral("rebalancing");
    case ErrorKind::Starting:
        return QStringLiteral("starting");
    case ErrorKind::NotSupported:
        return QStringLiteral("not-supported");
    case ErrorKind::InvalidInput:
        return QStringLiteral("invalid-input");
    case ErrorKind::InvalidAnswer:
        return QStringLiteral("invalid-answer");
    case ErrorKind::TooLarge:
        return QStringLiteral("too-large");
    case ErrorKind::Redirected:
        return QStringLiteral("redirected");
    case ErrorKind::Refused:
        return QStringLiteral("refused");
    case ErrorKind::ServerFailed:
        return QStringLiteral("server-failed");
    case ErrorKind::OutcomeUnknown:
        return QStringLiteral("outcome-unknown");
    case ErrorKind::Locked:
        return QStringLiteral("locked");
    case ErrorKind::StorageFailed:
        return QStringLiteral("storage-failed");
    case ErrorKind::SecretsUnavailable:
        return QStringLiteral("secrets-unavailable");
    case ErrorKind::ModeForbids:
        return QStringLiteral("mode-forbids");
    case ErrorKind::Internal:
        return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace

QJsonObject toJson(const Error &error)
{
    const auto text = errorText(error, Reader::Terminal);
    return {{QStringLiteral("kind"), kindWord(error.kind)}, {QStringLiteral("message"), redacted(error.message)},
        {QStringLiteral("target"), error.target}, {QStringLiteral("request"), error.request},
        {QStringLiteral("code"), error.code}, {QStringLiteral("sentence"), text.sentence()}};
}

void Report::line(const QString &text) const
{
    if (!m_json) {
        put(stdout, text);
    }
}

void Report::note(const QString &text) const
{
    put(stderr, QLatin1String("headgatectl: ") + text);
}

void Report::document(const QJsonObject &object) const
{
    if (m_json) {
        put(stdout, QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed());
    }
}

void Report::fault(const Error &error) const
{
    if (m_json) {
        document({{QStringLiteral("error"), toJson(error)}});
    } else {
        note(errorText(error, Reader::Terminal).sentence());
    }
}

QStringList aligned(const std::vector<QStringList> &rows)
{
    std::vector<qsizetype> widths;
    for (const auto &row : rows) {
        widths.resize(std::max(widths.size(), static_cast<std::size_t>(row.size())), 0);
        for (qsizetype i = 0; row.size() > 1 && i < row.size(); ++i) {
            auto &width = widths[static_cast<std::size_t>(i)];
            width = std::max(width, row[i].size());
        }
    }
    QStringList lines;
    for (const auto &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            line += i + 1 < row.size()
                ? QString(row[i].leftJustified(widths[static_cast<std::size_t>(i)]) + QLatin1String("  "))
                : row[i];
        }
        while (line.endsWith(u' ')) {
            line.chop(1);
        }
        lines.append(line);
    }
    return lines;
}

} // namespace headgate
