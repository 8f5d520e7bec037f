// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/schemaregistry/restschemaregistry.h"

#include "clients/connect/callgate.h"
#include "clients/connect/workerring.h"
#include "domain/connectors/connectrequests.h"
#include "domain/connectors/secrets.h"

#include <nlohmann/json.hpp>

#include <set>

namespace headgate {

namespace {

constexpr qint64 maxBody = 8LL * 1024 * 1024;
constexpr size_t mostReferences = 50;
constexpr qsizetype mostSaid = 300;

//! The same doors as a Connect cluster's: addresses in turn, login, TLS.
ConnectClusterConfig doorsOf(const SchemaRegistryConfig &config)
{
    return {.name = {QStringLiteral("schema registry")},
        .workers = config.urls,
        .auth = config.auth,
        .user = config.user,
        .secret = config.secret,
        .tls = config.tls};
}

struct Reference
{
    QString name, subject;
    int version = 0;
};
struct Answered
{
    RegisteredSchema schema;
    std::vector<Reference> references;
};

QString textIn(const nlohmann::json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

tl::unexpected<Error> unreadable(const QString &why)
{
    return failure({.kind = ErrorKind::InvalidAnswer, .message = why});
}

Result<Answered> readAnswer(const QByteArray &body)
{
    const auto json = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object() || !json.contains("schema") || !json["schema"].is_string()) {
        return unreadable(QStringLiteral("The answer holds no schema: is this a schema registry?"));
    }
    Answered answered;
    answered.schema.text = textIn(json, "schema").toUtf8();
    const auto type = textIn(json, "schemaType"); // absent: Avro, which was there before the others
    if (type == QLatin1String("PROTOBUF")) {
        answered.schema.kind = SchemaKind::Protobuf;
    } else if (type == QLatin1String("JSON")) {
        answered.schema.kind = SchemaKind::Json;
    } else if (!type.isEmpty() && type != QLatin1String("AVRO")) {
        return unreadable(QStringLiteral("Schemas of type %1 cannot be read here").arg(type.left(40)));
    }
    const auto list = json.find("references");
    for (const auto &each : list != json.end() && list->is_array() ? *list : nlohmann::json::array()) {
        const auto version = each.is_object() ? each.find("version") : each.end();
        if (!each.is_object() || version == each.end() || !version->is_number_integer()) {
            return unreadable(QStringLiteral("A reference of the schema cannot be read"));
        }
        answered.references.push_back({textIn(each, "name"), textIn(each, "subject"), version->get<int>()});
    }
    return answered;
}

//! {"error_code": 40403, "message": "Schema 7 not found"}
Error errorOf(const HttpAnswer &answer)
{
    const auto json = nlohmann::json::parse(answer.body.begin(), answer.body.end(), nullptr, false);
    const bool registry = json.is_object() && json.contains("error_code");
    const auto said = registry ? redacted(textIn(json, "message")).left(mostSaid) : QString();
    const int status = answer.status;
    const auto kind = status == 401     ? ErrorKind::AuthenticationFailed
        : status == 403                 ? ErrorKind::NotPermitted
        : status == 404 && registry     ? ErrorKind::NotFound
        : status >= 300 && status < 400 ? ErrorKind::Redirected
        : status >= 500                 ? ErrorKind::ServerFailed
        : status == 404                 ? ErrorKind::InvalidAnswer
                                        : ErrorKind::Refused;
    return {.kind = kind,
        .message = !said.isEmpty()             ? said
            : kind == ErrorKind::InvalidAnswer ? QStringLiteral("No schema registry answers under this address")
                                               : QStringLiteral("HTTP %1").arg(status),
        .code = status,
        .retryable = status >= 500};
}

class RestSchemaRegistry final : public SchemaRegistry
{
public:
    RestSchemaRegistry(
        const SchemaRegistryConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
        : m_clock(clock)
        , m_ring(doorsOf(config), std::move(secrets), std::move(clock), maxBody)
    {
    }

    Task<RegisteredSchema> fetchSchema(std::int32_t id, CallOptions options) override
    {
        const CallGate::Scope scope(m_gate, options.stop);
        Deadline deadline(*m_clock, options.deadline);
        const auto path = "/schemas/ids/" + QByteArray::number(id);
        auto answered = co_await get(path, {deadline.left(), scope.stop()});
        if (!answered) {
            co_return failure(answered.error());
        }
        auto schema = std::move(answered->schema);
        schema.id = id;
        std::set<QString> seen;
        // Depth first, so that each stands before those that need it.
        struct Open
        {
            Reference of;
            QByteArray text;
            std::vector<Reference> rest;
        };
        std::vector<Open> way {{{}, {}, std::move(answered->references)}};
        while (true) {
            if (way.back().rest.empty()) {
                if (way.size() == 1) {
                    co_return std::move(schema);
                }
                schema.references.emplace_back(way.back().of.name, way.back().text);
                way.pop_back();
                continue;
            }
            const auto next = way.back().rest.front();
            way.back().rest.erase(way.back().rest.begin());
            if (!seen.insert(next.name).second) {
                continue;
            }
            if (seen.size() > mostReferences) {
                co_return failure({.kind = ErrorKind::TooLarge,
                    .message = QStringLiteral("The schema refers to more than %1 others").arg(mostReferences)});
            }
            const auto where
                = "/subjects/" + encodeSegment(next.subject) + "/versions/" + QByteArray::number(next.version);
            auto found = co_await get(where, {deadline.left(), scope.stop()});
            if (!found) {
                co_return failure(found.error());
            }
            way.push_back({next, found->schema.text, std::move(found->references)});
        }
    }

    QCoro::Task<> close() override { return m_gate.close(); }

private:
    Task<Answered> get(QByteArray path, CallOptions options)
    {
        Deadline deadline(*m_clock, options.deadline);
        const RestRequest request {"GET", std::move(path), {}};
        const auto doors = m_ring.order();
        auto last = m_ring.fault().value_or(Error {});
        for (size_t i = 0; i < doors.size(); ++i) {
            const auto share = i + 1 < doors.size() ? deadline.left() / 2 : deadline.left();
            const auto answer = co_await m_ring.askAnyStatus(doors[i], Lane::Read, request, {share, options.stop});
            const bool good = answer && answer->status >= 200 && answer->status < 300;
            auto read = good ? readAnswer(answer->body)
                : answer     ? Result<Answered>(failure(errorOf(*answer)))
                             : Result<Answered>(failure(answer.error()));
            if (read) {
                m_ring.worked(doors[i]);
                co_return std::move(*read);
            }
            last = m_ring.labelled(read.error(), doors[i], request);
            const bool another = last.kind == ErrorKind::Unreachable || last.kind == ErrorKind::DeadlineExceeded
                || last.kind == ErrorKind::TlsFailed || last.kind == ErrorKind::ServerFailed;
            if (!another) {
                break;
            }
        }
        co_return failure(last);
    }

    std::shared_ptr<Clock> m_clock;
    WorkerRing m_ring;
    CallGate m_gate; // last: checks that no call is left before the rest goes
};

} // namespace

std::unique_ptr<SchemaRegistry> makeRestSchemaRegistry(
    const SchemaRegistryConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
{
    return std::make_unique<RestSchemaRegistry>(config, std::move(secrets), std::move(clock));
}

} // namespace headgate
